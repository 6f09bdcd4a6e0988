import datetime
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.access.viewer import VISITOR
from house.front import queries
from house.front.desk import desk_of
from house.front.first_steps import way_of
from house.front.invitation import FUTURES, JOINING, PROMISES, QUESTIONS, REASONS, WHY
from house.front.moments import clock_in
from house.front.offers import offers
from house.front.structured import the_alliance
from house.ground.jsonld import in_script
from house.partners import rights
from house.people.models import Person
from house.showcase import queries as showcases
from house.vocabulary.worldmap import pins

DECADE = range(2020, 2030)


@require_safe
@route(OPEN)
def home(request: HttpRequest) -> HttpResponse:
    """The front page for visitors; her own desk for whoever is signed in."""
    return dashboard(request) if request.viewer.person_id else front_page(request)


def front_page(request: HttpRequest) -> HttpResponse:
    failure = queries.told_failure(VISITOR)
    newest = queries.newest(VISITOR)
    if failure is not None:
        newest = newest.exclude(pk=failure.pk)
    cities = queries.cities_with_population(VISITOR)
    world, europe = pins(city for city, _population in cities)
    context = {
        "questions": QUESTIONS,
        "failure": failure,
        "differently": failure.current.fields.get("differently", "")
        if failure and failure.current
        else "",
        "entries": newest.filter(language="en")[:3],
        "cities": cities,
        "world": world,
        "europe": europe,
        "summits": queries.summits(VISITOR),
        "showcases": showcases.shown(VISITOR)[:3],
        "voices": showcases.voices(VISITOR)[:3],
        "jsonld": in_script(the_alliance()),
        "years": [(year, year < _this_year(), year == _this_year()) for year in DECADE],
        "reasons": REASONS,
        "offers": offers(),
        "joining": JOINING,
        "contact": f"mailto:{settings.CONTACT_EMAIL}",
    }
    return render(request, "front/home.html", context)


@require_safe
@route(OPEN)
def mission(request: HttpRequest) -> HttpResponse:
    """What the alliance is for, and why one joins."""
    context = {
        "futures": FUTURES,
        "promises": PROMISES,
        "why": WHY,
        "contact": f"mailto:{settings.CONTACT_EMAIL}",
    }
    return render(request, "front/mission.html", context)


def dashboard(request: HttpRequest) -> HttpResponse:
    viewer, person = request.viewer, cast("Person", request.user)
    city = person.city
    context = {
        "person": person,
        "reading": rights.decide(viewer, "alex.read"),
        "hour": timezone.localtime().hour,
        "drafts": queries.drafts_of(viewer)[:6],
        "reviews": queries.awaiting_review(viewer)[:6],
        "asks": queries.questions_of_freshness(viewer)[:6],
        "entries": queries.newest(viewer)[:8],
        "kept": queries.kept_questions(viewer).filter(asked_at=None)[:4],
        "desk": desk_of(viewer),
        "city": city,
        "way": way_of(person, viewer) if viewer.city_ids else None,
        "there": clock_in(city.time_zone) if city else "",
        "write_url": reverse("alex:entry_new")
        if rights.decide(viewer, "alex.write").allowed
        else "",
    }
    return render(request, "front/dashboard.html", context)


def _this_year() -> int:
    return datetime.datetime.now(datetime.UTC).year
