"""Questions about stories and sources. Each begins at the door."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from house.access.viewer import Viewer
from house.radar.models import Item, Source, Standing, State, Step, Story, StoryQuerySet
from house.vocabulary.languages import name_of
from house.vocabulary.models import City, Topic

FILTERS = ("topic", "city", "language", "source")
MOST_CHOICES = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A story with those who tell it, the first one first."""

    story: Story
    items: list[Item]

    @property
    def first(self) -> Item | None:
        return self.items[0] if self.items else None

    @property
    def others(self) -> list[Item]:
        """Other sources than the first, each once."""
        seen = {self.items[0].source_id} if self.items else set()
        return [i for i in self.items[1:] if not (i.source_id in seen or seen.add(i.source_id))]  # type: ignore[func-returns-value]  # add gives None


def listed(viewer: Viewer) -> StoryQuerySet:
    """What the list shows to anybody, curators too: neither dropped nor merged."""
    found: StoryQuerySet = Story.objects.visible_to(viewer)
    return found.filter(state__in=[State.NEW, State.PICKED])


def narrowed(stories: StoryQuerySet, viewer: Viewer, asked: dict[str, str]) -> StoryQuerySet:
    for name, column in (("topic", "topics"), ("city", "cities"), ("language", "language")):
        if asked.get(name):
            stories = stories.filter(**{column: asked[name]})
    if asked.get("source"):
        told = Item.objects.visible_to(viewer).filter(source__code=asked["source"])
        stories = stories.filter(pk__in=told.order_by().values("story"))
    return stories


def told_by(stories: Iterable[Story], viewer: Viewer) -> list[Told]:
    """Each with its items; one query for all."""
    rows = list(stories)
    items: dict[int, list[Item]] = defaultdict(list)
    found = Item.objects.visible_to(viewer).filter(story__in=rows).defer("sketch", "vector")
    for item in found.for_story():
        items[item.story_id].append(item)
    return [Told(story, items[story.pk]) for story in rows]


def choices(viewer: Viewer) -> dict[str, list[tuple[str, str, int]]]:
    """What the list can be narrowed to, with how many stories of it this viewer may read."""
    stories = listed(viewer).order_by()
    topics, cities = _counted(stories, "topics"), _counted(stories, "cities")
    labels = Topic.objects.visible_to(viewer).in_bulk([pk for pk, _n in topics])
    names = City.objects.visible_to(viewer).in_bulk([pk for pk, _n in cities])
    return {
        "topic": [(pk, labels[pk].label(), n) for pk, n in topics if pk in labels],
        "city": [(pk, names[pk].label(), n) for pk, n in cities if pk in names],
        "language": [(tag, name_of(tag), n) for tag, n in _counted(stories, "language")],
        "source": _sources(viewer),
    }


def _counted(stories: StoryQuerySet, column: str) -> list[tuple[str, int]]:
    counts = stories.values_list(column).annotate(n=Count("pk", distinct=True))
    return sorted(((pk, n) for pk, n in counts if pk), key=lambda row: (-row[1], row[0]))[
        :MOST_CHOICES
    ]


def _sources(viewer: Viewer) -> list[tuple[str, str, int]]:
    rows = Item.objects.visible_to(viewer).filter(story__in=listed(viewer).order_by())
    counts = rows.order_by().values_list("source__code", "source__name")
    found = counts.annotate(n=Count("story", distinct=True)).order_by("-n", "source__name")
    return list(found[:MOST_CHOICES])


def waiting(viewer: Viewer) -> StoryQuerySet:
    """What nobody has looked at, the newest first."""
    found: StoryQuerySet = Story.objects.visible_to(viewer).filter(state=State.NEW)
    return found.prefetch_related("topics", "cities").order_by("-last_at", "-pk")


def last_steps(viewer: Viewer, *, limit: int = 8) -> Sequence[Step]:
    """What was done lately and can be taken back."""
    steps = Step.objects.visible_to(viewer).filter(undone_at__isnull=True)
    return list(steps.select_related("story", "other", "by").order_by("-pk")[:limit])


def sources(viewer: Viewer, show: str = "") -> QuerySet[Source]:
    """Those in trouble first."""
    found: QuerySet[Source] = Source.objects.visible_to(viewer).select_related("city")
    if show in SHOWN:
        found = found.filter(SHOWN[show])
    return found.order_by("-failures", "name", "pk")


SHOWN = {
    "failing": Q(standing=Standing.ACTIVE, failures__gt=0),
    "paused": Q(standing=Standing.PAUSED),
    "gone": Q(standing=Standing.GONE),
}


def health(viewer: Viewer) -> dict[str, int]:
    """How many sources fare how."""
    rows = Source.objects.visible_to(viewer)
    counts = {name: Count("pk", filter=rule) for name, rule in SHOWN.items()}
    return rows.aggregate(all=Count("pk"), **counts)
