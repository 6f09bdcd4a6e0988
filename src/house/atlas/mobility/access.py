"""The index is open to all. Corrections are between a city and the curators until one is accepted."""

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.atlas.mobility.models import Correction, IndexCity, State


class IndexCityPolicy(Policy):
    acts = frozenset({"correct"})

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING

    def may_correct(self, viewer: Viewer, place: Model) -> bool:
        """People of the city itself."""
        assert isinstance(place, IndexCity)  # noqa: S101 -- the registry's promise, told to mypy
        return viewer.can("atlas.correct") and place.city_id in viewer.city_ids

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        return (
            _("A city corrects its own figures, and no other city's."),
            _("If you know better, tell a colleague of that city or the foundation."),
        )


class CorrectionPolicy(Policy):
    """Accepted: everybody, as the value it gave. Otherwise people of the city, and who decides."""

    acts = frozenset({"decide", "withdraw"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("atlas.curate"):
            return EVERYTHING
        seen = Q(state=State.ACCEPTED)
        return seen | _own(viewer)

    def may_decide(self, viewer: Viewer, correction: Model) -> bool:
        """A curator; not of her own city's figures."""
        assert isinstance(correction, Correction)  # noqa: S101 -- the registry's promise, told to mypy
        own = correction.city_id in viewer.city_ids or (
            correction.made_by_id is not None and correction.made_by_id == viewer.person_id
        )
        return viewer.can("atlas.curate") and correction.state == State.WAITING and not own

    def may_withdraw(self, viewer: Viewer, correction: Model) -> bool:
        assert isinstance(correction, Correction)  # noqa: S101 -- the registry's promise, told to mypy
        mine = viewer.can("atlas.correct") and correction.city_id in viewer.city_ids
        return mine and correction.state == State.WAITING

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        assert isinstance(thing, Correction)  # noqa: S101 -- the registry's promise, told to mypy
        if thing.state != State.WAITING:
            return _("This correction is settled."), _("A new one can be made.")
        return _("Somebody else decides this."), ""


def _own(viewer: Viewer) -> Q:
    """A city's own, whoever of its people made it; visitors have none."""
    if viewer.person_id is None or not viewer.can("atlas.correct"):
        return NOTHING
    return Q(city_id__in=viewer.city_ids)


class MatchPolicy(Policy):
    """Decisions by hand are open; who took them is not shown."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING
