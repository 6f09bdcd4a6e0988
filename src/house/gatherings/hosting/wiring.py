"""What hosting tells the floors below."""

from house.access import policy
from house.gatherings.hosting import briefing, letters
from house.gatherings.hosting.access import OfferPolicy
from house.gatherings.models.hosting import HostingOffer
from house.partners import briefs, planned


def register() -> None:
    policy.register(HostingOffer, OfferPolicy())
    letters.register_letters()
    briefs.register(briefing.tell)
    planned.register(briefing.planned)
