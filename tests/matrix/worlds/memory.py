"""What of memory stands in the world of the matrix: talk of our city that uses words of another's."""

from house.alex.models import Entry
from house.memory import actions, offers
from house.memory.models import Consent
from house.memory.offers import Offered, Span
from house.partners.viewing import viewer_for

# Word → who may meet it, as a phrase of the table.
SECRETS = {"zzspan": "premium"}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    kind = "matrix.thing"
    offers.register(offers.Source(kind, "A thing of the matrix", Entry))
    partner, premium = world.persons["partner"], world.persons["premium"]
    thing = Entry.objects.get(slug="entry-public")
    offer = actions.offer(
        kind,
        thing,
        Offered(
            "case_study",
            {"language": "en", "audience": "alliance", "candour": "sealed"},
            [Span("approach", "What zzspan did.", kind, thing.pk, "/", premium.pk)],
        ),
        by=viewer_for(partner),
        key="matrix",
    )
    asked = Consent.objects.get(offer=offer)
    return {
        "consent": {"asked": {"code": asked.code}},
        "offer": {"asking": {"code": offer.code}},
    }
