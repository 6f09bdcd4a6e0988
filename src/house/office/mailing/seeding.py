"""An alliance and a week of what happened in it, made straight in the tables."""

import datetime
import random
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from house.access.candour import Candour
from house.agora import telling as agora
from house.agora.models import Answer, Kind, Post
from house.alex import telling as alex
from house.alex.models import Entry, Version
from house.notices import rhythms
from house.notices.models import Happening, Rhythm, Subscription
from house.partners.models import Level, Partnership, Seat
from house.people.models import Person
from house.vocabulary.models import City, Topic

# every row in this file: a benchmark makes them

CITIES, POSTS, ANSWERS, ENTRIES = 200, 90, 130, 30
AT_ONCE = 2000
WORDS = [
    "bike", "lane", "permit", "rental", "harbour", "data", "platform", "worker", "pay", "floor",
    "courier", "scooter", "parking", "licence", "energy", "roof", "school", "meal", "waste",
    "repair", "library", "tool", "share", "car", "night", "noise", "tourist", "housing", "tax",
    "heat", "tree", "street", "market",
]  # fmt: skip


def seed(persons: int) -> None:
    dice = random.Random(persons)  # noqa: S311 -- a benchmark's dice
    cities = _cities(dice)
    topics = [Topic(slug=f"topic-{n}", labels={"en": f"Topic {n}"}) for n in range(100)]
    Topic.objects.bulk_create(topics)
    people = _persons(persons, cities)
    _following(people, topics, dice)
    _happened(people[:CITIES], topics, dice)


def _cities(dice: random.Random) -> list[City]:
    zones = (
        "Europe/Amsterdam",
        "America/New_York",
        "Asia/Seoul",
        "Australia/Sydney",
        "America/Bogota",
    )
    cities = [
        City(
            code=f"b{n}", slug=f"bench-{n}", name=f"City {n}", country="NL", country_name="Netherlands",
            latitude=0, longitude=0, time_zone=dice.choice(zones), languages=["en"],
        )
        for n in range(CITIES)
    ]  # fmt: skip
    City.objects.bulk_create(cities)
    levels = (Level.ASSOCIATE, Level.PARTNER, Level.PARTNER, Level.PREMIUM)
    Partnership.objects.bulk_create(
        Partnership(city=city, level=levels[n % 4], starts_on=datetime.date(2020, 1, 1))
        for n, city in enumerate(cities)
    )
    return cities


def _persons(count: int, cities: list[City]) -> list[Person]:
    people = [
        Person(
            email=f"bench{n}@example.org", name=f"Person {n}", city=cities[n % CITIES],
            time_zone=cities[n % CITIES].time_zone,
        )
        for n in range(count)
    ]  # fmt: skip
    Person.objects.bulk_create(people, batch_size=AT_ONCE)
    partnerships = {each.city_id: each for each in Partnership.objects.all()}
    Seat.objects.bulk_create(
        [
            Seat(partnership=partnerships[each.city_id], person=each, title="Adviser")
            for each in people
        ],
        batch_size=AT_ONCE,
    )
    return people


def _following(people: list[Person], topics: list[Topic], dice: random.Random) -> None:
    """Three to eight topics, the own city, sometimes a kind or the words of a search."""
    targets = []
    for person in people:
        hers = [f"topic:{topic.pk}" for topic in dice.sample(topics, dice.randint(3, 8))]
        hers.append(f"city:{person.city_id}")
        if dice.random() < 0.2:
            hers.append("kind:agora.success")
        if dice.random() < 0.1:
            hers.append("search:" + " ".join(dice.sample(WORDS, 2)))
        targets += [Subscription(person=person, target=target) for target in hers]
    Subscription.objects.bulk_create(targets, batch_size=AT_ONCE)
    now = timezone.now()
    Rhythm.objects.bulk_create(
        [
            Rhythm(
                person=person,
                zone=person.time_zone,
                quiet_from=None,
                quiet_until=None,
                next_digest_at=now,
            )
            for person in people
        ],
        batch_size=AT_ONCE,
    )
    rhythms.keep_up()


def _happened(writers: list[Person], topics: list[Topic], dice: random.Random) -> None:
    posts = [_post(n, dice.choice(writers), dice) for n in range(POSTS)]
    Post.objects.bulk_create(posts)
    tagged = {post.pk: dice.sample(topics, 2) for post in posts}
    for post in posts:
        post.topics.set(tagged[post.pk])
    answers = [_answer(dice.choice(posts), dice.choice(writers), dice) for _n in range(ANSWERS)]
    Answer.objects.bulk_create(answers)
    entries = [_entry(n, dice.choice(writers), dice) for n in range(ENTRIES)]
    told = [
        _happening(
            agora.NAMES[Kind(post.kind)], post, post.shown_city_id, tagged[post.pk], post.thread
        )
        for post in posts
    ]
    told += [
        _happening("agora.answered", a, a.shown_city_id, tagged[a.post_id], a.post.thread)
        for a in answers
    ]
    told += [
        _happening(alex.PUBLISHED, e, e.shown_city_id, dice.sample(topics, 2), f"alex.entry:{e.pk}")
        for e in entries
    ]
    dice.shuffle(told)
    Happening.objects.bulk_create(told)


def _said(author: Person, dice: random.Random) -> dict[str, Any]:
    candour = dice.choice((Candour.PERSON, Candour.CITY, Candour.CITY, Candour.SEALED))
    shown = None if candour == Candour.SEALED else author.city
    return {
        "author": author, "city": author.city, "shown_city": shown, "candour": candour,
        "body": _words(dice, 120), "published_at": timezone.now(),
    }  # fmt: skip


def _post(number: int, author: Person, dice: random.Random) -> Post:
    kinds = (Kind.QUESTION, Kind.QUESTION, Kind.SUCCESS, Kind.STRUGGLE)
    audience = "city" if dice.random() < 0.1 else "alliance"
    return Post(
        **_said(author, dice), kind=dice.choice(kinds), title=f"{_words(dice, 6).capitalize()} {number}?",
        audience=audience, state="open",
    )  # fmt: skip


def _answer(post: Post, author: Person, dice: random.Random) -> Answer:
    return Answer(**_said(author, dice), post=post)


def _entry(number: int, author: Person, dice: random.Random) -> Entry:
    facts = {
        "title": f"Case {number}", "summary": _words(dice, 30), "audience": "alliance", "author": author,
        "city": author.city,
    }  # fmt: skip
    entry = Entry.objects.create(
        **facts, kind="case_study", slug=f"case-{number}", candour="city", shown_city=author.city
    )
    entry.current = Version.objects.create(**facts, entry=entry, number=1, digest=f"{number:064d}")
    entry.state, entry.published_at = "published", timezone.now()
    entry.save()
    return entry


def _happening(
    kind: str, thing: Any, city: str | None, topics: list[Topic], thread: str
) -> Happening:
    return Happening(
        key=f"{kind}:{thing.pk}", kind=kind, thing=thing.pk, actor_id=thing.author_id, city_id=city,
        topics=[topic.pk for topic in topics], thread=thread,
    )  # fmt: skip


def _words(dice: random.Random, count: int) -> str:
    pick: Callable[[list[str]], str] = dice.choice
    return " ".join(pick(WORDS) for _n in range(count))
