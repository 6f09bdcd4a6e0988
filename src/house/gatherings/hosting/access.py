from django.db.models import Model, Q
from django.utils.translation import gettext as _

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.gatherings.access import runs
from house.gatherings.models.hosting import OPEN_OFFERS, HostingOffer, OfferState


class OfferPolicy(Policy):
    """The people of the city who may host, and the office. Other cities hear of it when there is an event."""

    acts = frozenset({"edit", "withdraw", "decide", "call_off", "talk", "plan"})

    def seen_by(self, viewer: Viewer) -> Q:
        if runs(viewer):
            return EVERYTHING
        if viewer.can("gatherings.host") and viewer.city_ids:
            return Q(city_id__in=viewer.city_ids)
        return NOTHING

    def may_edit(self, viewer: Viewer, offer: Model) -> bool:
        """The city's own words: the office talks about them and does not write them."""
        assert isinstance(offer, HostingOffer)  # noqa: S101 -- the registry's promise, told to mypy
        own = viewer.can("gatherings.host") and offer.city_id in viewer.city_ids
        return own and offer.state in OPEN_OFFERS

    may_withdraw = may_edit

    def may_decide(self, viewer: Viewer, offer: Model) -> bool:
        assert isinstance(offer, HostingOffer)  # noqa: S101 -- the registry's promise, told to mypy
        return runs(viewer) and offer.state in OPEN_OFFERS

    def may_call_off(self, viewer: Viewer, offer: Model) -> bool:
        assert isinstance(offer, HostingOffer)  # noqa: S101 -- the registry's promise, told to mypy
        return runs(viewer) and offer.state == OfferState.ACCEPTED

    def may_talk(self, viewer: Viewer, offer: Model) -> bool:
        """Whoever sees it, whatever became of it: there may be something to say afterwards."""
        assert isinstance(offer, HostingOffer)  # noqa: S101 -- the registry's promise, told to mypy
        own = viewer.can("gatherings.host") and offer.city_id in viewer.city_ids
        return viewer.person_id is not None and (own or runs(viewer))

    def may_plan(self, viewer: Viewer, offer: Model) -> bool:
        """Tasks: both sides write them once the offer is accepted."""
        assert isinstance(offer, HostingOffer)  # noqa: S101 -- the registry's promise, told to mypy
        return offer.state == OfferState.ACCEPTED and self.may_talk(viewer, offer)

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        assert isinstance(thing, HostingOffer)  # noqa: S101 -- the registry's promise, told to mypy
        if act in {"edit", "withdraw"} and not thing.is_open:
            return _("This offer was decided."), _("Write in the talk below it, or offer anew.")
        if act == "plan" and thing.state != OfferState.ACCEPTED:
            return _("Tasks begin when an offer is accepted."), ""
        if act in {"decide", "call_off"} and runs(viewer):
            return _("This offer does not stand like that any more."), _("Look at it again.")
        return (
            _("Only the city that offers, and the foundation's office, may do this."),
            "",
        )
