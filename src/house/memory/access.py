from django.db.models import Q

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.memory.models import Consent


class PeerQuestionPolicy(Policy):
    """Its asker and the office; a room that puts it to peers makes its own thing with its own door."""

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.is_office:
            return EVERYTHING
        return Q(asker_id=viewer.person_id) if viewer.person_id is not None else NOTHING


class OfferPolicy(Policy):
    """Who offered it, whoever is asked for her words, and those who review what is offered."""

    acts = frozenset({"withdraw"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("alex.review"):
            return EVERYTHING
        if viewer.person_id is None:
            return NOTHING
        # every row: her own answers, which the rule itself asks for
        asked = Consent.objects.filter(person=viewer.person_id).values("offer")
        return Q(offered_by_id=viewer.person_id) | Q(pk__in=asked)

    def may_withdraw(self, viewer: Viewer, offer: object) -> bool:
        mine = viewer.person_id is not None and (
            viewer.person_id in (offer.offered_by_id, offer.author_id)  # type: ignore[attr-defined]
        )
        return mine or viewer.can("alex.review")


class OwnPolicy(Policy):
    """One's own: not even the office learns what somebody agreed to or refused."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(person_id=viewer.person_id) if viewer.person_id is not None else NOTHING


class SpanPolicy(Policy):
    """One's own words. Others meet them in the draft, without whose they are."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(author_id=viewer.person_id) if viewer.person_id is not None else NOTHING
