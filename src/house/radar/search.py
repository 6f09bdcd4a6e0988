"""How picked stories are found: by the curator's note and by the words of those who tell them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Model

from house.access.viewer import Viewer
from house.ground.html import to_text
from house.radar.models import Item, Story
from house.retrieval.documents import Document
from house.retrieval.facts import Facts
from house.retrieval.passages import PIECE, Section, cut
from house.retrieval.sources import Source

KIND = "story"
MOST_ITEMS = 8  # sources of one story whose words are found


def documents(pks: Sequence[int]) -> Iterator[Document]:
    """What is picked, in a fixed number of queries."""
    # every row: the index holds every audience and is asked with tokens
    stories = Story.objects.filter(pk__in=pks).picked().prefetch_related("topics", "cities")
    items: dict[int, list[Item]] = defaultdict(list)
    # every row: as above
    for item in Item.objects.filter(story__in=stories).for_story():
        items[item.story_id].append(item)
    for story in stories:
        yield _document(story, items[story.pk])


def document(story: Model) -> Document | None:
    return next(documents([story.pk]), None)


def _document(story: Story, items: Sequence[Item]) -> Document:
    cities = story.cities.all()
    return Document(
        kind=KIND,
        pk=story.pk,
        version=len(items),
        title=story.title,
        language=story.language,
        audience=story.audience,
        facets={
            "kind": (KIND,),
            "topic": tuple(topic.pk for topic in story.topics.all()),
            "city": tuple(city.slug for city in cities),
            "country": tuple({city.country for city in cities}),
            "language": tuple({item.language for item in items} or {story.language}),
        },
        period=(story.first_at.date(), story.last_at.date()),
        passages=tuple(cut(_sections(story, items), prefix=f"{PIECE}{story.code}")),
    )


def _sections(story: Story, items: Sequence[Item]) -> Iterator[Section]:
    yield Section(story.note, language=story.note_language, anchor="note")
    for item in items[:MOST_ITEMS]:
        words = to_text(item.summary)
        yield Section(
            f"{item.title}\n\n{words}".strip(),
            (item.source.name,),
            language=item.language,
            anchor=f"item-{item.code}",
        )


def facts(story: Model, viewer: Viewer) -> Facts:
    assert isinstance(story, Story)  # noqa: S101 -- the registry's promise, told to mypy
    city = next(iter(story.cities.all()), None)
    return Facts(
        title=story.title,
        url=story.get_absolute_url(),
        kind=KIND,
        city=city.label() if city else "",
        city_slug=city.slug if city else "",
        country=city.country_name if city else "",
        year=story.first_at.year,
    )


def proves(story: Model, anchor: str) -> bool:
    """Others' headlines and summaries are found, and never quoted as an answer of the house."""
    return False


SOURCE = Source(
    kind=KIND,
    model=Story,
    document=document,
    cards=lambda stories: stories.prefetch_related("topics", "cities"),
    documents=documents,
    facts=facts,
    proves=proves,
)
