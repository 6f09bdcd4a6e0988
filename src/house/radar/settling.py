"""What a feed brought becomes items, and items become stories. Told twice, it changes nothing."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from house.ground.html import to_text
from house.radar import likeness, tagging
from house.radar.likeness import Book, Mark, canonical_url
from house.radar.models import Item, Source, State, Story
from house.radar.reading import Entry, Feed
from house.retrieval import outbox
from house.retrieval.embedding import passage_text
from house.vocabulary.models import City, Topic

# every row in this file: the house puts together what feeds tell, for everybody

FRESH = datetime.timedelta(days=30)  # older items of a feed are no news
COMPARED = 5000  # items of the days around


@dataclass(slots=True)
class Made:
    """An item on its way, with the plain words of its summary."""

    item: Item
    words: str
    towns: frozenset[str]


def settle(source: Source, feed: Feed, now: datetime.datetime) -> int:
    """Gives how many items are new."""
    entries = _news(source, feed, now)
    if not entries:
        return 0
    made = [_made(source, entry, now) for entry in entries]
    # An address that leads everywhere in this feed tells nothing apart.
    often = Counter(each.item.canonical for each in made)
    for each in made:
        if often[each.item.canonical] > 1:
            each.item.canonical = ""
    _give_meaning(made)
    return _keep(source, made)


def _news(source: Source, feed: Feed, now: datetime.datetime) -> list[tuple[str, Entry]]:
    keyed = {likeness.digest(entry.key): entry for entry in reversed(feed.entries)}
    known = set(
        Item.objects.filter(source=source, key__in=list(keyed)).values_list("key", flat=True)
    )
    return [
        (key, entry)
        for key, entry in keyed.items()
        if key not in known and (entry.published_at is None or entry.published_at >= now - FRESH)
    ]


def _made(source: Source, told: tuple[str, Entry], now: datetime.datetime) -> Made:
    key, entry = told
    words = to_text(entry.summary)
    language = tagging.language_of(entry.title, words, told=entry.language or source.language)
    cities = tagging.cities_named(entry.title, words, language)
    item = Item(
        source=source,
        key=key,
        title=entry.title,
        url=entry.url,
        canonical=likeness.digest(canonical_url(entry.url)),
        author=entry.author,
        summary=entry.summary,
        language=language,
        published_at=min(entry.published_at or now, now),
        is_dated=entry.published_at is not None,
        seen_at=now,
        sketch=likeness.sketch_of(entry.title, words),
        topics=tagging.topics_named(entry.title, words, language),
        cities=cities or ([source.city_id] if source.city_id else []),
    )
    return Made(item, words, tagging.places_named(f"{entry.title}. {words}", language))


def _give_meaning(made: Sequence[Made]) -> None:
    texts = [passage_text(each.item.title, "", each.words[:1200]) for each in made]
    vectors = tagging.vectors_of(texts)
    if vectors is None:
        return
    topics = tagging.described_topics()
    for each, vector in zip(made, vectors, strict=True):
        each.item.vector = likeness.vector_of(vector)
        each.item.topics = tagging.confirmed(vector, each.item.topics, topics)


@transaction.atomic
def _keep(source: Source, made: Sequence[Made]) -> int:
    # One after another: two feeds settled at once would begin the same story twice.
    Source.objects.select_for_update().order_by("pk").first()
    book = _book([each.item.published_at for each in made])
    touched: dict[int, Story] = {}
    kept = 0
    # Before they have keys of their own, new items are told apart by numbers that no row has.
    for number, each in enumerate(sorted(made, key=lambda one: one.item.published_at), start=1):
        mark = _mark(each.item, each.words, each.towns, key=-number)
        found = book.find(mark)
        story = touched.get(found or 0) or Story.objects.filter(pk=found).first() or _begin(each)
        item = each.item
        item.story = story
        _row, is_new = Item.objects.get_or_create(
            source=source, key=item.key, defaults=_facts(item)
        )
        kept += is_new
        touched[story.pk] = story
        book.add(mark, story=story.pk)
    for story in touched.values():
        refresh(story)
    return kept


def _facts(item: Item) -> dict[str, object]:
    names = [
        f.attname for f in Item._meta.concrete_fields if f.attname not in {"id", "source_id", "key"}
    ]
    return {name: getattr(item, name) for name in names}


def _begin(made: Made) -> Story:
    item = made.item
    return Story.objects.create(
        title=item.title,
        language=item.language,
        first_at=item.published_at,
        last_at=item.published_at,
    )


def _book(moments: Sequence[datetime.datetime]) -> Book:
    """What was told in the days around, in the order in which it was told."""
    around = (min(moments) - likeness.WINDOW, max(moments) + likeness.WINDOW)
    rows = Item.objects.filter(published_at__range=around).order_by("-published_at", "-pk")
    book = Book()
    for item in reversed(rows.defer("author")[:COMPARED]):
        words = to_text(item.summary)
        towns = (
            tagging.places_named(f"{item.title}. {words}", item.language) if item.vector else None
        )
        book.add(_mark(item, words, towns or frozenset(), key=item.pk), story=item.story_id)
    return book


def _mark(item: Item, words: str, towns: frozenset[str], *, key: int) -> Mark:
    return Mark(
        key=key,
        source=item.source_id,
        title=item.title,
        text=words,
        language=item.language,
        published_at=item.published_at,
        canonical=item.canonical,
        sketch=bytes(item.sketch),
        vector=bytes(item.vector),
        cities=towns,
    )


def refresh(story: Story) -> None:
    """What a story says of its items: when, how many, whose words; and until picked, what it is about."""
    items = list(Item.objects.filter(story=story).order_by("published_at", "pk"))
    if items:
        story.title, story.language = items[0].title, items[0].language
        story.first_at, story.last_at = items[0].published_at, items[-1].published_at
        story.sources = len({item.source_id for item in items})
        story.save(update_fields=["title", "language", "first_at", "last_at", "sources"])
    if story.state == State.PICKED:
        outbox.touch("story", story.pk)
    else:
        _tag(story, items)


def _tag(story: Story, items: Sequence[Item]) -> None:
    topics = Counter(topic for item in items for topic in item.topics)
    cities = Counter(city for item in items for city in item.cities)
    best = [slug for slug, _n in topics.most_common(tagging.MOST_TOPICS)]
    story.topics.set(Topic.objects.filter(pk__in=best))
    named = [code for code, _n in cities.most_common(tagging.MOST_CITIES)]
    story.cities.set(City.objects.filter(pk__in=named))
