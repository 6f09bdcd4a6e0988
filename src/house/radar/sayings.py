"""What a story of the radar says, for who quotes it: the summaries that its sources' own feeds gave."""

from collections.abc import Mapping
from typing import Any

from house.access.viewer import Viewer
from house.ground.html import to_text
from house.memory.sayings import OUTSIDE, Saying, register
from house.radar.models import Item, Story


def of_story(arguments: Mapping[str, Any], viewer: Viewer) -> Saying | None:
    story = Story.objects.visible_to(viewer).picked().filter(code=arguments["code"]).first()
    if story is None:
        return None
    items = Item.objects.visible_to(viewer).filter(story=story).for_story()
    words = [story.title, *(to_text(item.summary) for item in items)]
    return Saying(story.title, story.get_absolute_url(), ("\n".join(words),))


def of_item(arguments: Mapping[str, Any], viewer: Viewer) -> Saying | None:
    """By the address of the article itself, where a feed brought it."""
    items = Item.objects.visible_to(viewer).filter(url=arguments["address"], story__isnull=False)
    item = items.for_story().first()
    if item is None:
        return None
    return Saying(
        item.title, item.url, (f"{item.title}\n{to_text(item.summary)}",), item.source.name
    )


def tell() -> None:
    register("radar:story", of_story)
    register(OUTSIDE, of_item)
