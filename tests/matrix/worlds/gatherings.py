"""What of gatherings stands in the world of the matrix."""

import datetime

from django.utils import timezone

from house.gatherings.models import Event

# Word → who may meet it, as a phrase of the table.
SECRETS = {
    "zzseminar": "inside",
    "zzcitytalk": "ours, office",
    "zzsketch": "office",
    "zzcalled": "inside",
}

FACTS = {
    "openday": {"audience": "public"},
    "seminar": {},
    "citytalk": {"audience": "city"},
    "sketch": {"state": "draft", "published_at": None},
    "called": {"state": "cancelled"},
}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    events = {}
    for word, facts in FACTS.items():
        begins = timezone.now() + datetime.timedelta(days=20)
        told = {"state": "published", "published_at": timezone.now(), **facts}
        if facts.get("audience") == "city":
            told["city"] = cities["ours"]
        event = Event.objects.create(
            slug=f"event-{word}", title=f"Meeting zz{word}", summary=f"About zz{word}.",
            author=world.persons["office"], starts_at=begins, ends_at=begins + datetime.timedelta(hours=1),
            zone="Europe/Berlin", mode="online", **told,
        )  # fmt: skip
        events[word] = {"slug": event.slug}
    return {"event": events}
