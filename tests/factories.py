"""One object each, valid, nothing else."""

import datetime

import factory

from house.partners.models import Level, Partnership, Seat
from house.people.models import Person
from house.vocabulary.models import City, Topic


class CityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = City
        django_get_or_create = ("code",)

    code = factory.Sequence("c{}".format)
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

    slug = factory.Sequence("topic-{}".format)
    labels = factory.LazyAttribute(lambda topic: {"en": topic.slug.replace("-", " ")})


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    email = factory.Sequence("person{}@example.org".format)
    name = factory.Sequence("Person {}".format)


class PartnershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partnership

    city = factory.SubFactory(CityFactory)
    level = Level.PARTNER
    starts_on = datetime.date(2020, 1, 1)


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Seat

    partnership = factory.SubFactory(PartnershipFactory)
    person = factory.SubFactory(PersonFactory)
    title = "Policy adviser"
