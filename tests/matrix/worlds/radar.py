"""What of radar stands in the world of the matrix."""

from django.utils import timezone

from house.partners.viewing import viewer_for
from house.radar import actions
from house.radar.models import Item, Source, Story

# Word → who may meet it, as a phrase of the table.
SECRETS = {
    "zzpickinner": "inside",
    "zzunseen": "inside",
    "zzthrown": "curator, office",
    "zzmoans": "curator, office",
}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    by, now = viewer_for(world.persons["curator"]), timezone.now()
    source = Source.objects.create(
        name="A paper",
        url="https://paper.example/feed",
        failures=1,
        trouble="unreachable:zzmoans",
    )
    stories = {}
    for state, word in (
        ("open", "everyword"),
        ("inner", "zzpickinner"),
        ("raw", "zzunseen"),
        ("dropped", "zzthrown"),
    ):
        story = Story.objects.create(title=f"The {word}", first_at=now, last_at=now)
        Item.objects.create(
            story=story, source=source, key=word, title=f"The {word}", published_at=now,
            url=f"https://paper.example/{state}", summary=f"<p>About {word}.</p>",
        )  # fmt: skip
        stories[state] = story
    for state, audience in (("open", "public"), ("inner", "alliance")):
        actions.pick(stories[state], by=by, note="Read it.", language="en", audience=audience)
    actions.drop(stories["dropped"], by=by)
    codes = {state: {"code": story.code} for state, story in stories.items()}
    told = {state: codes[state] for state in ("open", "inner", "raw")}
    return {"story": codes, "told": told, "radarsource": {"read": {"code": source.code}}}
