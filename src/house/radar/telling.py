"""What is told of the radar: picks, to those who follow their topics, a city or all; and to the magazine."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.ground.html import to_text
from house.ground.text import shorten
from house.memory import tellers
from house.memory.tellers import Tellable, Teller
from house.notices import happenings
from house.notices.happenings import Kind, Told
from house.radar.models import Item, Story

KIND = "radar.picked"


def register() -> None:
    happenings.register(
        Kind(
            KIND,
            gettext_lazy("Picked for the radar"),
            Story,
            "radar.read",
            "radar",
            told,
        )
    )
    tellers.register(
        Teller("radar", gettext_lazy("Stories of the radar"), ("outside",), "radar.read", moved)
    )


def tell_of_pick(story: Story, *, by: Viewer) -> None:
    # every row: keys of the vocabulary, for whom to tell
    cities = list(story.cities.values_list("pk", flat=True))
    happenings.tell(
        KIND,
        story,
        key=f"{KIND}:{story.code}",
        by=by,
        topics=story.topics.values_list("pk", flat=True),
        city=cities[0] if cities else None,
    )


def told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    """What was dropped or taken back since is not told."""
    picked = Story.objects.visible_to(viewer).picked().filter(pk__in=pks)
    return {
        story.pk: Told(
            _("Outside the alliance: %(title)s") % {"title": shorten(story.title, 160)},
            story.get_absolute_url(),
            shorten(story.note, 240),
            credit=_("The foundation's radar"),
            language=story.note_language,
        )
        for story in picked
    }


def moved(since: datetime.datetime, until: datetime.datetime, viewer: Viewer) -> Iterator[Tellable]:
    """What was picked between the two moments. The quote is the first source's own, and linked to it."""
    picked = Story.objects.visible_to(viewer).picked()
    picked = picked.filter(picked_at__gte=since, picked_at__lt=until)
    stories = list(picked.prefetch_related("topics", "cities"))
    first: dict[int, Item] = {}
    items = Item.objects.visible_to(viewer).filter(story__in=stories)
    for item in items.for_story():
        first.setdefault(item.story_id, item)
    for story in stories:
        yield _tellable(story, first.get(story.pk))


def _tellable(story: Story, item: Item | None) -> Tellable:
    words = to_text(item.summary) if item else ""
    return Tellable(
        kind="story",
        key=story.pk,
        sort="outside",
        title=story.title,
        url=story.get_absolute_url(),
        when=story.picked_at or story.last_at,
        language=story.language,
        cities=tuple(city.pk for city in story.cities.all()),
        topics=tuple(topic.pk for topic in story.topics.all()),
        counts={"sources": story.sources},
        quote=_first_words(words),
        quote_url=item.url if item else "",
        credit=item.source.name if item else "",
        words=words,
    )


def _first_words(words: str) -> str:
    """As they stand: cut at a space, with nothing put behind."""
    line = words.partition("\n")[0]
    return line if len(line) <= 300 else line[:300].rsplit(" ", 1)[0]
