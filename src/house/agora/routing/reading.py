"""The facts for the judge, read through the asker's doors and of nothing that somebody keeps back.

Where the asker hides her city nothing is read that only her city may see, and nothing is compared with
her city, her hours or her languages: whoever is asked must not be able to work out why it was she.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, Q
from django.utils import timezone

from house.access.candour import Candour, names_city
from house.access.viewer import Viewer
from house.agora.models import Answer, Helped, Post
from house.agora.models.routing import Invitation, Willingness
from house.agora.routing import matter, words
from house.agora.routing.experience import declined, on_topics
from house.agora.routing.facts import Experience, Load, Peer, Question, Town, Work
from house.memory.deeds import deeds_of, written_by
from house.notices.reaching import beyond_reach
from house.partners.models import CityProfile
from house.people.models import Person
from house.people.roll import belongs
from house.retrieval import offers
from house.retrieval.asking import Question as Asked
from house.retrieval.asking import understand_prose
from house.retrieval.search import passages_for
from house.vocabulary.models import City, CityFact

PASSAGES = 120
READ = 1000  # characters of what is asked


@dataclass(frozen=True, slots=True)
class Asking:
    """What is to be put to people: a post, or what somebody is still writing."""

    text: str
    language: str
    candour: str
    topics: frozenset[str] = frozenset()
    post: int | None = None

    @property
    def hides_city(self) -> bool:
        return not names_city(self.candour)


def asking_of(post: Post) -> Asking:
    topics = frozenset(topic.pk for topic in post.topics.all())
    return Asking(f"{post.title}\n{post.body}", post.language, post.candour, topics, post.pk)


def reader_for(asking: Asking, viewer: Viewer) -> Viewer:
    """With whose eyes is looked: of a hidden asker with those of any member."""
    if not asking.hides_city:
        return viewer
    return Viewer(
        is_member=viewer.is_member,
        is_office=viewer.is_office,
        is_curator=viewer.is_curator,
        is_expert=viewer.is_expert,
        capabilities=viewer.capabilities - {"office.people"},
        table=viewer.table,
        reads_inside=viewer.reads_inside,
    )


def question_of(asking: Asking, asker: Person, *, by_meaning: bool) -> Question:
    topics = asking.topics
    if asking.hides_city or asker.city is None:
        return Question(topics, asking.language, by_meaning=by_meaning)
    town = towns([asker.city])[asker.city.pk]
    spoken = tuple(asker.languages)
    return Question(topics, asking.language, spoken, town, asker.time_zone, by_meaning)


def peers_for(asking: Asking, viewer: Viewer) -> tuple[list[Peer], bool]:
    """Everybody who might be asked, and whether texts were compared by meaning.

    In a number of queries that does not depend on how many they are.
    """
    reader = reader_for(asking, viewer)
    rows = _people(asking, reader, viewer)
    cities = City.objects.visible_to(reader).in_bulk({row["city_id"] for row in rows})
    places = towns(cities.values())
    topics = _topics(row["pk"] for row in rows if "topics" not in row["withheld"])
    asked = understand_prose(asking.text[:READ], language=asking.language)
    about, by_meaning = _near(asked, asking, reader)
    posts = {thing: much for thing, much in about.items() if isinstance(thing, Post)}
    works, of_cities = _works(about, posts, reader)
    in_topic = on_topics(asking.topics, reader, but=asking.post)
    not_answered = declined(posts)
    written = written_by(reader) + _answered(reader)
    says = offering(
        asked, {r["pk"]: r["can_help_with"] for r in rows if "can_help_with" not in r["withheld"]}
    )
    city_says = _cities_say(asked, reader)
    loads = loads_of([row["pk"] for row in rows])
    found = [
        Peer(
            person=pk,
            town=places.get(row["city_id"]),
            says=says.get(pk, 0.0),
            city_says=city_says.get(row["city_id"], 0.0),
            topics=topics.get(pk, frozenset()),
            languages=() if "languages" in row["withheld"] else tuple(row["languages"]),
            zone="UTC" if "time_zone" in row["withheld"] else row["time_zone"],
            works=tuple(works[pk] + of_cities[row["city_id"]]),
            written=written[pk],
            in_topic=in_topic.get(pk, Experience()),
            declined=not_answered.get(pk, 0.0),
            load=loads[pk],
        )
        for row in rows
        for pk in (row["pk"],)
    ]
    return found, by_meaning


def _people(asking: Asking, reader: Viewer, viewer: Viewer) -> list[dict[str, Any]]:
    """Listed people of cities; of the asker's own only where nobody may tell that it is hers."""
    listed = Person.objects.visible_to(reader).filter(belongs(), is_listed=True, city__isnull=False)
    if not asking.hides_city:
        listed = listed.exclude(city__in=viewer.city_ids)
    return list(
        listed.exclude(pk=viewer.person_id).values(
            "pk", "city_id", "withheld", "can_help_with", "languages", "time_zone"
        )
    )


def _topics(persons: Iterable[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    # every row: of people who came through their door and do not keep it back
    pairs = Person.topics.through.objects.filter(person__in=list(persons))
    for person, topic in pairs.values_list("person_id", "topic_id"):
        found[person].add(topic)
    return {person: frozenset(topics) for person, topics in found.items()}


def towns(cities: Iterable[City]) -> dict[str, Town]:
    known = list(cities)
    # every row: figures that the cities' own pages show
    facts = CityFact.objects.filter(name="population", city__in=known)
    people = dict(facts.values_list("city_id", "value"))
    return {
        city.pk: Town(
            city.pk,
            city.country,
            city.time_zone.partition("/")[0],
            people.get(city.pk, 0.0),
            frozenset(city.terrain),
            tuple(city.languages),
        )
        for city in known
    }


def _cities_say(asked: Asked, reader: Viewer) -> dict[str, float]:
    """City → how much what it says it is good at is about the question."""
    profiles = list(
        CityProfile.objects.visible_to(reader)
        .exclude(strengths="")
        .values_list("city", "strengths")
    )
    found = offering(asked, {n: text for n, (_city, text) in enumerate(profiles)})
    return {profiles[n][0]: score for n, score in found.items()}


def offering(asked: Asked, texts: Mapping[int, str]) -> dict[int, float]:
    """Key → how much what is offered there is about the question: by meaning where that is known."""
    return matter.offering(words.about(asked, texts), offers.near(asked, texts))


def offered_texts() -> list[str]:
    """What people and cities say they can help with, of those whom colleagues may find by it."""
    # every row: for vectors that are compared only with texts read through a reader's doors
    people = Person.objects.filter(belongs(), is_listed=True).exclude(can_help_with="")
    told = people.values_list("can_help_with", "withheld")
    # every row: as above
    cities = CityProfile.objects.exclude(strengths="").values_list("strengths", flat=True)
    return [text for text, withheld in told if "can_help_with" not in withheld] + list(cities)


def _near(asked: Asked, asking: Asking, reader: Viewer) -> tuple[dict[Any, float], bool]:
    """What is near the question in ALEX and the Agora, how much it is about it, and whether by meaning."""
    found = passages_for(asked, viewer=reader, limit=PASSAGES)
    by_meaning = found.mode == "both"
    much = matter.about(
        np.array([passage.coverage for passage in found.passages], np.float32),
        np.array([passage.near for passage in found.passages], np.float32) if by_meaning else None,
        np.array([passage.late for passage in found.passages]) - found.background,
    )
    about: dict[Any, float] = {}
    for passage, score in zip(found.passages, much.tolist(), strict=True):
        thing = passage.thing
        if not (isinstance(thing, Post) and thing.pk == asking.post):
            about[thing] = max(about.get(thing, 0.0), score)
    return about, by_meaning


def _works(
    about: Mapping[Any, float], posts: Mapping[Post, float], reader: Viewer
) -> tuple[Mapping[int, list[Work]], Mapping[str, list[Work]]]:
    """What was done with it, by person and by city."""
    of_person: dict[int, list[Work]] = defaultdict(list)
    of_city: dict[str, list[Work]] = defaultdict(list)
    for thing, deed in deeds_of(list(about), reader):
        work = Work(deed.kind, about[thing], str(thing), thing.get_absolute_url())  # type: ignore[attr-defined]
        if deed.person is not None:
            of_person[deed.person].append(work)
        elif deed.city:
            of_city[deed.city].append(work)
    for person, work in _answers(posts, reader):
        of_person[person].append(work)
    return of_person, of_city


def _answers(about: Mapping[Post, float], reader: Viewer) -> Iterable[tuple[int, Work]]:
    """Who asked and answered in these threads, of those who let their names be known there."""
    helped = set(
        Helped.objects.visible_to(reader)
        .filter(post__in=list(about), answer__isnull=False, is_hidden=False)
        .values_list("answer", flat=True)
    )
    for post, much in about.items():
        if post.candour == Candour.PERSON:
            yield post.author_id, Work("asked", much, post.title, post.get_absolute_url())
    by_pk = {post.pk: post for post in about}
    signed = Answer.objects.visible_to(reader).filter(
        post__in=list(about), candour=Candour.PERSON, is_hidden=False
    )
    for answer in signed:
        post = by_pk[answer.post_id]
        is_accepted = answer.pk == post.accepted_id
        kind = "accepted" if is_accepted else "helped" if answer.pk in helped else "answered"
        yield answer.author_id, Work(kind, about[post], post.title, post.get_absolute_url())


def _answered(reader: Viewer) -> Counter[int]:
    signed = Answer.objects.visible_to(reader).filter(candour=Candour.PERSON, is_hidden=False)
    rows = signed.order_by().values("author").annotate(n=Count("pk"))
    return Counter(dict(rows.values_list("author", "n")))


def loads_of(persons: Iterable[int], on: date | None = None) -> dict[int, Load]:
    """How much each was asked. What was settled before she had to do anything still reached her once.

    Away is who said so here or in her notices, and who does not want to be told of invitations.
    """
    on = on or timezone.now().date()
    keys = list(persons)
    month, year = (timezone.now() - timedelta(days=days) for days in (30, 365))
    # every row: numbers that decide who is spared, shown to nobody
    rows = Invitation.objects.filter(person__in=keys).order_by().values("person")
    counted = rows.annotate(
        waiting=Count("pk", filter=Q(state__in=Invitation.OPEN)),
        month=Count("pk", filter=Q(asked_at__gt=month)),
        year=Count("pk", filter=Q(asked_at__gt=year)),
    )
    told = {row["person"]: row for row in counted}
    # every row: as above
    willing = Willingness.objects.in_bulk(keys)
    away = beyond_reach(keys, "agora.invited")
    return {
        pk: Load(
            told[pk]["waiting"] if pk in told else 0,
            told[pk]["month"] if pk in told else 0,
            told[pk]["year"] if pk in told else 0,
            willing[pk].per_month if pk in willing else Willingness.USUAL,
            is_away=pk in away or (pk in willing and willing[pk].is_away(on)),
        )
        for pk in keys
    }
