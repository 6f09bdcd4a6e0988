"""What of calendars and of answers by mail stands in the world of the matrix."""

from house.notices.feeds import digest_of
from house.notices.models import CalendarFeed, HeldReply

# Word → who may meet it, as a phrase of the table.
SECRETS = {"zzfeed": "partner", "zzheld": "partner"}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    for state, kind in (("hers", "partner"), ("suspended", "suspended"), ("ended", "ended")):
        # Of a city where nothing takes place: who knows the address is meant to read what it holds.
        CalendarFeed.objects.create(
            person=world.persons[kind], name="A feed", digest=digest_of(f"secret-{state}"),
            sort="city", city=cities["gone"],
        )  # fmt: skip
    looked_after = CalendarFeed.objects.create(
        person=world.persons["partner"], name="Zzfeed", digest=digest_of("another")
    )
    held = HeldReply.objects.create(
        person=world.persons["partner"], subject="Zzheld", text="zzheld", original="zzheld",
        why="unproven", key="matrix",
    )  # fmt: skip
    states = ("hers", "suspended", "ended")
    return {
        "feed": {state: {"secret": f"secret-{state}"} for state in states},
        "heldreply": {"hers": {"code": held.code}},
        "feedrow": {"hers": {"code": looked_after.code}},
    }
