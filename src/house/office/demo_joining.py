"""Invented cities that want to join, and what two cities of the demonstration say of themselves."""

import datetime

from django.utils import timezone

from house.partners.actions import applications as verbs
from house.partners.actions.welcome import save_profile
from house.partners.models import Application, CityProfile, Level, Stage
from house.partners.places import place_of
from house.partners.viewing import operator
from house.people.models import Person
from house.vocabulary.models import City, Topic

# every row in this file: an operator seeds a demonstration

APPLICANTS = (
    {
        "kind": "city",
        "city_name": "Port Mirren",
        "country_name": "Caldonia",
        "name": "Una Fraser",
        "role": "Head of transport",
        "department": "Roads and Harbour",
        "email": "una.fraser@portmirren.example",
        "level": Level.PARTNER,
        "languages": ["en"],
        "days": 3,
        "stage": Stage.RECEIVED,
        "topics": ["mobility"],
        "why": "Four companies put shared scooters on our quays last spring. We wrote a permit in a hurry, "
        "and it does not hold. We would rather see what others regret before we write the second one.",
        "shares": "A free ferry that pays for itself by carrying parcels at night.",
    },
    {
        "kind": "city",
        "city_name": "Port Mirren",
        "country_name": "Caldonia",
        "name": "Calum Reid",
        "role": "Adviser to the mayor",
        "email": "calum.reid@portmirren.example",
        "languages": ["en", "fr"],
        "days": 2,
        "stage": Stage.RECEIVED,
        "topics": ["digital-city"],
        "why": "The mayor read about the alliance and asked me to write to you.",
        "shares": "",
    },
    {
        "kind": "city",
        "city_name": "Valdoro",
        "country_name": "Esperia",
        "name": "Inés Calderón",
        "role": "Director of housing",
        "department": "Housing",
        "email": "ines.calderon@valdoro.example",
        "level": Level.PREMIUM,
        "languages": ["es", "en"],
        "days": 24,
        "stage": Stage.TALK,
        "topics": ["housing", "tourism"],
        "next_step": "Call about seats for three departments",
        "in": 2,
        "why": "Every third flat of the old town is let by the night. Our register exists, nobody checks it.",
        "shares": "A register of lettings that the neighbours can read.",
    },
    {
        "kind": "city",
        "city_name": "Nordhavn am Fjell",
        "country_name": "Skarland",
        "name": "Signe Halvorsen",
        "role": "City manager",
        "email": "signe@nordhavn.example",
        "level": Level.ASSOCIATE,
        "languages": ["da", "en"],
        "days": 40,
        "stage": Stage.AGREED,
        "topics": ["sharing-economy"],
        "next_step": "Send the agreement",
        "in": -1,
        "why": "We are nine thousand people. We want to read what larger cities learnt before we spend.",
        "shares": "A library of tools in every school, and why two of five closed.",
    },
    {
        "kind": "person",
        "city_name": "Valdoro",
        "country_name": "Esperia",
        "name": "Mateo Ruiz",
        "role": "Researcher of short lets",
        "department": "University of Valdoro",
        "email": "mateo@uni-valdoro.example",
        "languages": ["es"],
        "days": 6,
        "stage": Stage.RECEIVED,
        "topics": ["tourism"],
        "why": "I study what short lets do to rents, and look for cities that share their data.",
        "shares": "",
    },
    {
        "kind": "city",
        "city_name": "Eastmoor",
        "country_name": "Caldonia",
        "name": "Priya Nair",
        "role": "Councillor",
        "email": "priya.nair@eastmoor.example",
        "languages": ["en"],
        "days": 70,
        "stage": Stage.DECLINED,
        "topics": [],
        "why": "We would like to use your logo for our marketplace.",
        "shares": "",
    },
)


def seed_applications() -> None:
    """Once: a house that has any application is left alone."""
    if Application.objects.exists():
        return
    office = Person.objects.filter(email="office@example.org").first()
    for row in APPLICANTS:
        _seed(dict(row), office)
    _seed_profile()


def _seed(row: dict, office: Person | None) -> None:
    days, stage, topics = row.pop("days"), row.pop("stage"), row.pop("topics")
    step, due = row.pop("next_step", ""), row.pop("in", None)
    at = timezone.now() - datetime.timedelta(days=days)
    made = Application.objects.create(
        **row,
        consented_at=at,
        stage_at=at,
        place=place_of(None, row["city_name"], row["country_name"]),
    )
    made.topics.set(Topic.objects.filter(pk__in=topics))
    made = verbs.count_in(made)
    if stage != Stage.RECEIVED:
        verbs.move(made, stage, by=operator(), seen=made.version)
    if due is not None:
        day = timezone.localdate() + datetime.timedelta(days=due)
        verbs.care_for(
            made,
            by=operator(),
            seen=made.version,
            looked_after_by=office,
            next_step=step,
            next_on=day,
        )
    Application.objects.filter(pk=made.pk).update(made_at=at, proven_at=at, stage_at=at)


def _seed_profile() -> None:
    """Amsterdam has told; Gothenburg has begun and told nothing: a filled and an empty guide."""
    city = City.objects.filter(pk="ams").first()
    if city is None or CityProfile.objects.filter(city=city).exists():
        return
    save_profile(
        city,
        by=operator(),
        seen=0,
        topics=Topic.objects.filter(
            pk__in=["short-term-rental", "platform-work", "city-platforms"]
        ),
        interests="What other cities ask of platforms in return for access to the street. "
        "(Written for the demonstration.)",
        challenges="Checking night limits without reading everybody's data.\n\n"
        "Talking with riders who have no employer.",
        strengths="Agreements with sharing platforms through the city pass.",
        languages=["nl", "en"],
        audience="public",
    )
    if City.objects.filter(pk="got").exists():
        CityProfile.objects.get_or_create(city_id="got")
