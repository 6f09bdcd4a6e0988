"""Sessions and visits for programs: free times, booking, cancelling; asking for a visit."""

import datetime
import uuid
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Header, Query, Router, Schema
from ninja.responses import Status

from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.paging import page_of
from house.ground.text import clean
from house.meetings import queries, slots
from house.meetings.actions import booking, visits
from house.meetings.actions.booking import Asked
from house.meetings.actions.visits import Wish
from house.meetings.models import Availability, Format, Session, Visit
from house.partners.calling import Calling
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import City, Topic

sessions, visits_router = Router(), Router()


class CityRef(Schema):
    code: str
    slug: str
    name: str


class SlotOut(Schema):
    expert: str = Field(description="The code that a booking names")
    name: str
    languages: list[str]
    topics: list[str]
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    zone: str


class SlotList(Schema):
    items: list[SlotOut]
    next: str | None


class SlotFilters(Schema):
    expert: str = ""
    topic: str = ""
    length: int = Field(60, ge=15, le=240, description="Minutes")
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    cursor: str = ""


class SessionOut(Schema):
    code: str
    url: str
    expert: str
    city: CityRef
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    zone: str
    state: str
    sequence: int
    unit: str = Field(description='"" while it is held; then "used", "released" or "refunded"')


class SessionList(Schema):
    items: list[SessionOut]
    next: str | None


class SessionIn(Schema):
    expert: str = Field(description="Its code, as free times tell it")
    starts_at: datetime.datetime
    length: int = Field(60, ge=15, le=240)
    goal: str = Field(min_length=1, max_length=2000)
    tried: str = Field("", max_length=5000)
    questions: str = Field("", max_length=5000)
    others: str = Field("", max_length=300)
    language: str = "en"
    topic: str = ""
    city: str = Field("", description="The slug, for who has a seat in several cities")


class CancelIn(Schema):
    word: str = Field("", max_length=500)


class VisitOut(Schema):
    code: str
    url: str
    city: CityRef
    state: str
    goals: str
    days: list[str]
    day: datetime.date | None
    asked_at: datetime.datetime


class VisitList(Schema):
    items: list[VisitOut]
    next: str | None


class VisitIn(Schema):
    goals: str = Field(min_length=1, max_length=5000)
    teams: str = Field(min_length=1, max_length=2000)
    days: list[datetime.date] = Field(min_length=1, max_length=6)
    formats: list[Format] = Field(default=[], max_length=10)
    languages: list[str] = Field(default=["en"], max_length=10)
    access_needs: str = Field("", max_length=1000)
    contact_name: str = Field(min_length=1, max_length=120)
    contact_way: str = Field(min_length=1, max_length=200)
    place: str = Field("", max_length=200)
    means_it: bool = Field(False, description="Also where a day is a weekend or a holiday")
    city: str = Field("", description="The slug, for who has a seat in several cities")


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    return viewer


def _city(viewer: Viewer, slug: str) -> City:
    """The one that was named, else the caller's only one."""
    own = City.objects.visible_to(viewer).filter(pk__in=viewer.city_ids)
    if slug:
        return get_object_or_404(own, slug=slug)
    if len(viewer.city_ids) != 1:
        raise Refused(
            "Say for which city: you have a seat in several, or in none.", remedy='Send "city".'
        )
    return own.get()


def _session(found: Session) -> dict[str, Any]:
    return {
        "code": found.code, "url": found.get_absolute_url(), "expert": found.expert.name,
        "city": found.city, "starts_at": found.starts_at, "ends_at": found.ends_at, "zone": found.zone,
        "state": found.state, "sequence": found.sequence, "unit": found.unit,
    }  # fmt: skip


@sessions.get(
    "/free", response=SlotList, operation_id="meetings_free", auth=Calling("meetings.book"),
    url_name="one_on_ones_free",
)  # fmt: skip
def free(request: HttpRequest, asked: Query[SlotFilters]) -> dict[str, Any]:
    """Free times of all experts or of one, the next first."""
    viewer, now = _viewer(request), timezone.now()
    found = Availability.objects.visible_to(viewer).open().exclude(person=viewer.person_id)
    if asked.expert:
        found = found.filter(code=asked.expert)
    if asked.topic:
        found = found.filter(topics=asked.topic)
    experts = [each for each in found.for_cards() if asked.length in each.lengths]
    length = datetime.timedelta(minutes=asked.length)
    diaries = queries.diaries_of(experts, now)
    times = [
        (span.starts_at, each)
        for each in experts
        for span in slots.free_slots(
            diaries[each.pk],
            length,
            now,
            since=_aware(asked.since),
            until=_aware(asked.until),
            most=500,
        )
    ]
    times.sort(key=lambda pair: (pair[0], pair[1].pk))
    return page_of(times, asked.cursor, lambda pair: _slot(pair[1], pair[0], length), size=100)


def _aware(moment: datetime.datetime | None) -> datetime.datetime | None:
    if moment is not None and timezone.is_naive(moment):
        raise Refused("A time needs its zone, such as 2027-03-01T10:00:00Z.")
    return moment


def _slot(
    expert: Availability, starts_at: datetime.datetime, length: datetime.timedelta
) -> dict[str, Any]:
    return {
        "expert": expert.code, "name": expert.person.name, "languages": expert.languages,
        "topics": [topic.pk for topic in expert.topics.all()], "starts_at": starts_at,
        "ends_at": starts_at + length, "zone": expert.zone,
    }  # fmt: skip


@sessions.get(
    "", response=SessionList, operation_id="meetings_sessions", auth=Calling("meetings.book"),
    url_name="one_on_ones",
)  # fmt: skip
def mine(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """The sessions that the caller may see, the latest first."""
    found = Session.objects.visible_to(_viewer(request)).for_lists()
    return page_of(found.order_by("-starts_at", "-pk"), cursor, _session)


@sessions.post(
    "", response={201: SessionOut}, operation_id="meetings_book", auth=Calling("meetings.book"),
    url_name="one_on_ones",
)  # fmt: skip
def book(
    request: HttpRequest,
    body: SessionIn,
    idempotency_key: Annotated[str, Header(max_length=100)] = "",
) -> Status[dict[str, Any]]:
    """Take a free time and hold a unit of the city. The same `Idempotency-Key` books once."""
    viewer = _viewer(request)
    expert = get_object_or_404(Availability.objects.visible_to(viewer), code=body.expert)
    topic = Topic.objects.visible_to(viewer).filter(pk=body.topic).first() if body.topic else None
    asked = Asked(
        goal=clean(body.goal), tried=body.tried, questions=body.questions, others=body.others,
        language=body.language if body.language in LANGUAGES else "en", topic=topic,
        key=f"api:{idempotency_key or uuid.uuid4().hex}",
    )  # fmt: skip
    made = booking.book(
        expert, city=_city(viewer, body.city), starts_at=body.starts_at,
        length=datetime.timedelta(minutes=body.length), asked=asked, by=viewer,
    )  # fmt: skip
    return Status(201, _session(made))


@sessions.post(
    "/{code}/cancel", response=SessionOut, operation_id="meetings_cancel", auth=Calling("meetings.book"),
    url_name="one_on_one_cancel",
)  # fmt: skip
def cancel(request: HttpRequest, code: str, body: CancelIn) -> dict[str, Any]:
    """Take a session back. Twice is once; `unit` tells what became of the city's unit."""
    viewer = _viewer(request)
    found = get_object_or_404(Session.objects.visible_to(viewer), code=code)
    return _session(booking.cancel(found, by=viewer, word=body.word))


def _visit(found: Visit) -> dict[str, Any]:
    return {
        "code": found.code, "url": found.get_absolute_url(), "city": found.city, "state": found.state,
        "goals": found.goals, "days": found.days, "day": found.day, "asked_at": found.asked_at,
    }  # fmt: skip


@visits_router.get(
    "",
    response=VisitList,
    operation_id="meetings_visits",
    auth=Calling("meetings.book"),
    url_name="visits",
)
def visit_list(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """The visits that the caller may see, the latest first."""
    return page_of(Visit.objects.visible_to(_viewer(request)).for_lists(), cursor, _visit)


@visits_router.post(
    "", response={201: VisitOut}, operation_id="meetings_ask_visit", auth=Calling("visits.request"),
    url_name="visits",
)  # fmt: skip
def ask_visit(
    request: HttpRequest,
    body: VisitIn,
    idempotency_key: Annotated[str, Header(max_length=100)] = "",
) -> Status[dict[str, Any]]:
    """Ask for a full-day visit; a unit is held at once. The same `Idempotency-Key` asks once."""
    viewer = _viewer(request)
    told = body.dict(exclude={"city", "days", "formats", "languages"})
    wish = Wish(
        **told, days=tuple(body.days), formats=tuple(str(each) for each in body.formats),
        languages=tuple(each for each in body.languages if each in LANGUAGES) or ("en",),
        key=f"api:{idempotency_key or uuid.uuid4().hex}",
    )  # fmt: skip
    return Status(201, _visit(visits.ask(_city(viewer, body.city), wish, by=viewer)))
