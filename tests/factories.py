"""One object each, valid, nothing else. What is numbered has as many digits each: it sorts as it was made."""

import datetime

import factory
from django.utils import timezone

from house.alex.models import Entry, State, Version
from house.partners.models import Application, Level, Partnership, Seat
from house.partners.places import place_of
from house.people.models import Person
from house.vocabulary.models import City, Topic


class CityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = City
        django_get_or_create = ("code",)

    code = factory.Sequence("c{:05d}".format)
    slug = factory.LazyAttribute(lambda city: f"city-{city.code}")
    name = factory.LazyAttribute(lambda city: f"City {city.code}")
    country = "NL"
    country_name = "Netherlands"
    latitude = 52.37
    longitude = 4.9
    time_zone = "Europe/Amsterdam"
    languages = ["nl"]


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic
        django_get_or_create = ("slug",)

    slug = factory.Sequence("topic-{:05d}".format)
    labels = factory.LazyAttribute(lambda topic: {"en": topic.slug.replace("-", " ")})


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    email = factory.Sequence("person{:05d}@example.org".format)
    name = factory.Sequence("Person {:05d}".format)


def mid_period():
    """A first day by which no quarter and no year of a partnership ends or begins these weeks."""
    day = timezone.now().date() - datetime.timedelta(days=45)
    return day.replace(year=2020, day=min(day.day, 28))


class PartnershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partnership

    city = factory.SubFactory(CityFactory)
    level = Level.PARTNER
    starts_on = factory.LazyFunction(mid_period)


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Seat

    partnership = factory.SubFactory(PartnershipFactory)
    person = factory.SubFactory(PersonFactory)
    title = "Policy adviser"


class EntryFactory(factory.django.DjangoModelFactory):
    """Published to the public with one version, unless another `state` is asked for."""

    class Meta:
        model = Entry

    kind = "case_study"
    state = State.PUBLISHED
    title = factory.Sequence("Entry {:05d}".format)
    summary = "What it is about."
    slug = factory.LazyAttribute(lambda entry: entry.title.lower().replace(" ", "-"))
    audience = "public"
    author = factory.SubFactory(PersonFactory)

    @classmethod
    def _create(cls, model, *_args, **facts):
        topics, fields = facts.pop("topics", ()), facts.pop("fields", {})
        told = {key: facts.pop(key) for key in ("sections", "outcome_why") if key in facts}
        state, published_at = facts.pop("state"), facts.pop("published_at", timezone.now())
        if facts.get("candour", "city") in {"person", "city"}:
            facts.setdefault("shown_city", facts.get("city"))
        entry = model.objects.create(**facts, state=State.DRAFT)
        entry.topics.set(topics)
        if state not in {State.DRAFT, State.SUBMITTED, State.IN_REVIEW}:
            entry.published_at = published_at
            entry.current = VersionFactory(
                entry=entry,
                topics=[topic.pk for topic in topics],
                fields=fields,
                **told,
            )
        entry.state = state
        entry.save()
        return entry


class VersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Version

    number = 1
    digest = factory.Sequence("{:064d}".format)

    @classmethod
    def _create(cls, model, *_args, **facts):
        entry = facts["entry"]
        for key in (
            "title",
            "summary",
            "language",
            "outcome",
            "audience",
            "city",
            "circle",
            "author",
        ):
            facts.setdefault(key, getattr(entry, key))
        return model.objects.create(**facts)


class ApplicationFactory(factory.django.DjangoModelFactory):
    """Of a city that the house does not know, its address proven."""

    class Meta:
        model = Application

    city_name = factory.Sequence("Hafenstadt {:05d}".format)
    country_name = "Nirgendland"
    place = factory.LazyAttribute(lambda it: place_of(it.city, it.city_name, it.country_name))
    city = None
    name = "Frieda Canary"
    role = "Head of mobility"
    email = factory.Sequence("applicant{:05d}@hafenstadt.example".format)
    why = "canary-why"
    shares = "canary-shares"
    consented_at = factory.LazyFunction(timezone.now)
    proven_at = factory.LazyFunction(timezone.now)
    stage_at = factory.LazyFunction(timezone.now)
