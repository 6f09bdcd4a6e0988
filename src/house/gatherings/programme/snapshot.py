"""A programme as one value: what a version keeps, what pages draw, what files carry.

`content` is plain JSON. Persons of the house stand in it by the code of their `Speaker` row alone.
"""

import datetime
import hashlib
import json
from typing import Any

from house.gatherings.models import Consent, Day, Event, Room, Session, Speaker, Track

# every row in this file: the caller fetched the event through its door, and shows what it may

Content = dict[str, Any]

SESSION = (
    "code", "kind", "title", "subtitle", "abstract", "description", "language", "minutes", "links", "licence",
    "do_not_record", "takes_places", "capacity", "external_id", "origin_url",
)  # fmt: skip


def snapshot(event: Event) -> Content:
    """The working copy as it stands now, in six queries whatever its size."""
    tracks = list(Track.objects.filter(event=event))
    rooms = list(Room.objects.filter(event=event))
    sessions = list(
        Session.objects.filter(event=event, is_dropped=False).order_by("starts_at", "pk")
    )
    said: dict[int, list[Speaker]] = {}
    for speaker in Speaker.objects.filter(session__event=event):
        said.setdefault(speaker.session_id, []).append(speaker)
    codes = {track.pk: track.code for track in tracks}
    places = {room.pk: room.code for room in rooms}
    return {
        "zone": event.zone,
        "days": _days(event, sessions),
        "tracks": [{"code": t.code, "name": t.name, "colour": t.colour} for t in tracks],
        "rooms": [
            {"code": r.code, "guid": str(r.guid), "name": r.name, "capacity": r.capacity}
            for r in rooms
        ],
        "sessions": [
            {
                "guid": str(session.guid),
                "starts_at": session.starts_at.isoformat(),
                "track": codes.get(session.track_id or 0, ""),
                "room": places.get(session.room_id or 0, ""),
                "speakers": [_speaker(speaker) for speaker in said.get(session.pk, [])],
                **{name: getattr(session, name) for name in SESSION},
            }
            for session in sessions
        ],
    }


def _speaker(speaker: Speaker) -> dict[str, str]:
    """Somebody from outside by name; a person of the house by code: her name is asked when it is shown."""
    name = "" if speaker.person_id is not None else speaker.name
    return {"code": speaker.code, "name": name, "role": speaker.role}


def _days(event: Event, sessions: list[Session]) -> list[dict[str, str]]:
    """The days that were set, and one for each other day on which a session begins."""
    zone = event.tz
    days = [
        {"date": str(day.date), "starts_at": day.starts_at, "ends_at": day.ends_at}
        for day in Day.objects.filter(event=event)
    ]
    for session in sessions:
        if any(day["starts_at"] <= session.starts_at < day["ends_at"] for day in days):
            continue
        date = session.starts_at.astimezone(zone).date()
        begin = datetime.datetime.combine(date, datetime.time(), tzinfo=zone)
        until = begin.replace(tzinfo=None) + datetime.timedelta(days=1)
        days.append({"date": str(date), "starts_at": begin, "ends_at": until.replace(tzinfo=zone)})
    return [
        {
            "date": day["date"],
            "starts_at": day["starts_at"].astimezone(datetime.UTC).isoformat(),
            "ends_at": day["ends_at"].astimezone(datetime.UTC).isoformat(),
        }
        for day in sorted(days, key=lambda day: day["starts_at"])
    ]


def digest_of(content: Content) -> str:
    packed = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(packed.encode()).hexdigest()


def names_of(event: Event) -> dict[str, str]:
    """Code of a `Speaker` row → the name that may be shown: of those who agreed, while they are here."""
    rows = Speaker.objects.filter(
        session__event=event,
        person__isnull=False,
        consent=Consent.GIVEN,
        person__erased_at=None,
        person__is_active=True,
    )
    return dict(rows.order_by().values_list("code", "person__name"))
