"""What of a person a viewer is shown: less than her profile, where she kept something from colleagues."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from house.access.viewer import Viewer
from house.people.models import Person
from house.vocabulary.models import City, Topic


@dataclass(frozen=True, slots=True)
class Card:
    """Empty is what she did not tell or keeps: a reader can't know which."""

    name: str
    code: str
    city: City | None
    job_title: str
    photo_url: str
    can_help_with: str
    looks_for: str
    languages: tuple[str, ...]
    time_zone: str
    topics: tuple[Topic, ...]
    is_foundation: bool

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.code])


def sees_all_of(viewer: Viewer, person: Person) -> bool:
    return viewer.person_id == person.pk or viewer.can("office.people")


def shows(person: Person, name: str, viewer: Viewer) -> bool:
    return name not in person.withheld or sees_all_of(viewer, person)


def card_of(person: Person, viewer: Viewer, *, with_topics: bool = False) -> Card:
    """The caller fetched the person through her door, joined to her city."""
    kept = frozenset() if sees_all_of(viewer, person) else frozenset(person.withheld)

    def told(name: str, empty: Any = "") -> Any:
        return empty if name in kept else getattr(person, name)

    has_photo = bool(told("photo"))
    return Card(
        name=person.name,
        code=person.code,
        city=person.city,
        job_title=told("job_title"),
        photo_url=reverse("people:photo", args=[person.code]) if has_photo else "",
        can_help_with=told("can_help_with"),
        looks_for=told("looks_for"),
        languages=tuple(told("languages", ())),
        time_zone=told("time_zone"),
        topics=tuple(person.topics.all()) if with_topics and "topics" not in kept else (),
        is_foundation=person.is_foundation,
    )
