"""Events for programs: what the pages show to whoever calls; registering by the same actions."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Header, Query, Router, Schema
from ninja.responses import Status

from house.access.routes import SIGNED_IN
from house.access.viewer import Viewer
from house.gatherings import actions
from house.gatherings.models import Event, Registration, RegistrationState
from house.gatherings.programme.snapshot import names_of
from house.gatherings.queries import place_in_line, registration_of, taken, version_of
from house.ground.paging import page_of
from house.partners.calling import Calling

router = Router()


class EventFilters(Schema):
    kind: str = ""
    topic: str = ""
    city: str = ""
    when: str = "coming"  # or "past"
    cursor: str = ""


class EventOut(Schema):
    id: str
    slug: str
    url: str
    kind: str
    state: str
    title: str
    summary: str
    starts_at: str
    ends_at: str
    zone: str
    mode: str
    place: str
    city: str | None
    languages: list[str]
    topics: list[str]
    audience: str
    is_demonstration: bool


class SeatOut(Schema):
    seat: str
    places: int | None
    taken: int
    waiting: int


class RegistrationOut(Schema):
    event: str
    seat: str
    state: str
    place_in_line: int | None
    offer_until: str | None


class SessionOut(Schema):
    code: str
    guid: str
    title: str
    kind: str
    starts_at: str
    minutes: int
    room: str
    track: str
    language: str
    speakers: list[str]


class EventDetailOut(EventOut):
    description: str
    seats: list[SeatOut]
    programme_version: int
    sessions: list[SessionOut]
    registration: RegistrationOut | None


class EventList(Schema):
    items: list[EventOut]
    next: str | None


class RegisterIn(Schema):
    seat: str
    answers: dict[str, str] = {}
    needs: str = ""


def caller(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.auth  # type: ignore[attr-defined]  # set by ninja
    return viewer


@router.get("", response=EventList, operation_id="gatherings_events", auth=Calling())
def events(request: HttpRequest, asked: Query[EventFilters]) -> dict[str, Any]:
    """Events that the caller may see: what comes, the next first; or with `when=past` the last first."""
    seen = Event.objects.visible_to(caller(request))
    found = seen.past() if asked.when == "past" else seen.coming()
    wanted = {"kind": asked.kind, "topics": asked.topic, "host_city__slug": asked.city}
    found = found.filter(**{column: value for column, value in wanted.items() if value})
    return page_of(found.for_cards(), asked.cursor, card)


@router.get("/{slug}", response=EventDetailOut, operation_id="gatherings_event", auth=Calling())
def event(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One event, its programme as readers see it, and how the caller stands. Never where to enter."""
    viewer = caller(request)
    found = event_of(viewer, slug)
    version = version_of(found, viewer)
    mine = registration_of(found, viewer)
    return {
        **card(found),
        "description": found.description,
        "seats": _seats(found),
        "programme_version": found.programme,
        "sessions": _sessions(version.content, names_of(found)) if version else [],
        "registration": standing(mine, found) if mine else None,
    }


@router.post(
    "/{slug}/registration",
    response={201: RegistrationOut},
    operation_id="gatherings_register",
    auth=Calling("gatherings.attend"),
)
def event_register(
    request: HttpRequest,
    slug: str,
    body: RegisterIn,
    idempotency_key: Annotated[str, Header(max_length=100)] = "",
) -> Status[dict[str, Any]]:
    """A place, or the end of the line; taking an offer is the same call.

    One person has one registration for an event, so sending it again, with or without the same
    `Idempotency-Key`, changes nothing but the answers.
    """
    viewer = caller(request)
    found = event_of(viewer, slug)
    mine = registration_of(found, viewer)
    if mine is not None and mine.state == RegistrationState.OFFERED:
        mine.event = found
        made = actions.accept_offer(mine, by=viewer)
    else:
        made = actions.register(
            found, by=viewer, seat=body.seat, answers=body.answers, needs=body.needs
        )
    return Status(201, standing(made, found))


@router.post(
    "/{slug}/registration/give-back",
    response=RegistrationOut,
    operation_id="gatherings_unregister",
    auth=Calling(SIGNED_IN),
)
def event_give_back(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Give back what the caller holds or waits for. Twice changes nothing."""
    viewer = caller(request)
    found = event_of(viewer, slug)
    mine = get_object_or_404(
        Registration.objects.visible_to(viewer), event=found, person=viewer.person_id
    )
    mine.event = found
    return standing(actions.cancel_registration(mine, by=viewer), found)


def event_of(viewer: Viewer, slug: str) -> Event:
    found: Event = get_object_or_404(Event.objects.visible_to(viewer).out().for_cards(), slug=slug)
    return found


def card(found: Event) -> dict[str, Any]:
    return {
        "id": found.code,
        "slug": found.slug,
        "url": found.get_absolute_url(),
        "kind": found.kind,
        "state": found.state,
        "title": found.title,
        "summary": found.summary,
        "starts_at": found.starts_at.isoformat(),
        "ends_at": found.ends_at.isoformat(),
        "zone": found.zone,
        "mode": found.mode,
        "place": found.place,
        "city": found.host_city.slug if found.host_city else None,
        "languages": found.languages,
        "topics": [topic.pk for topic in found.topics.all()],
        "audience": found.audience,
        "is_demonstration": found.is_demonstration,
    }


def standing(mine: Registration, found: Event) -> dict[str, Any]:
    waits = mine.state == RegistrationState.WAITING
    return {
        "event": found.slug,
        "seat": mine.seat,
        "state": mine.state,
        "place_in_line": place_in_line(mine) if waits else None,
        "offer_until": mine.offer_until.isoformat() if mine.offer_until else None,
    }


def _seats(found: Event) -> list[dict[str, Any]]:
    counts = taken(found)
    rows = []
    for kind in found.seat_kinds:
        of: Mapping[str, int] = counts.get(kind.value, {})
        rows.append(
            {
                "seat": kind.value,
                "places": found.seats(kind),
                "taken": of.get("confirmed", 0) + of.get("offered", 0),
                "waiting": of.get("waiting", 0),
            }
        )
    return rows


def _sessions(content: dict[str, Any], names: dict[str, str]) -> list[dict[str, Any]]:
    rooms = {row["code"]: row["name"] for row in content["rooms"]}
    tracks = {row["code"]: row["name"] for row in content["tracks"]}
    return [
        {
            **{
                key: session[key]
                for key in ("code", "guid", "title", "kind", "minutes", "language")
            },
            "starts_at": session["starts_at"],
            "room": rooms.get(session["room"], ""),
            "track": tracks.get(session["track"], ""),
            "speakers": [
                name
                for each in session["speakers"]
                if (name := each["name"] or names.get(each["code"], ""))
            ],
        }
        for session in content["sessions"]
    ]
