"""pretalx's and the c3voc's schedule.json, in both forms: rooms within days, and one list of events."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from house.gatherings.schedule import values
from house.gatherings.schedule.found import MOST, Found, FoundSession, FoundSpeaker
from house.gatherings.schedule.values import Unreadable
from house.ground.text import keepable


def read(data: bytes) -> Found:
    found = Found()
    whole = _parsed(data, found)
    if whole is None:
        return found
    schedule = _dict(_dict(whole).get("schedule"))
    conference = _dict(schedule.get("conference"))
    if not conference:
        found.complain(
            "schedule", _("This is JSON, but holds no schedule with a conference."), fatal=True
        )
        return found
    _head(schedule, conference, found)
    for place, room, event in _events(schedule, conference, found):
        if len(found.sessions) >= MOST:
            found.complain(place, _("There are more sessions than a programme holds."), fatal=True)
            break
        try:
            values.keep(found, _session(event, room, place, found))
        except Unreadable as problem:
            found.complain(place, str(problem), fatal=True)
    return found


def _parsed(data: bytes, found: Found) -> Any:
    try:
        return keepable(json.loads(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        found.complain(
            _("the file"), _("The file's letters can't be read: it is not UTF-8."), fatal=True
        )
    except json.JSONDecodeError as problem:
        place = _("line %(number)s") % {"number": problem.lineno}
        found.complain(place, _("The file is not well-formed JSON here."), fatal=True)
    except (RecursionError, ValueError):
        found.complain(_("the file"), _("The file is nested deeper than any schedule."), fatal=True)
    return None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _head(schedule: dict[str, Any], conference: dict[str, Any], found: Found) -> None:
    found.version = values.line(schedule.get("version"), 100)
    found.title = values.line(conference.get("title"), 200)
    found.acronym = values.line(conference.get("acronym"), 80)
    found.zone = values.line(conference.get("time_zone_name"), 40)
    for track in map(_dict, _list(conference.get("tracks"))):
        colours = _dict(track.get("colors"))
        if name := values.line(track.get("name"), 120):
            found.tracks[name] = values.colour(track.get("color") or colours.get("light"))
    for room in map(_dict, _list(conference.get("rooms")) + _list(schedule.get("rooms"))):
        if name := values.line(room.get("name"), 120):
            values.note_room(found, name, guid=room.get("guid"), capacity=room.get("capacity"))
    _rooms_apart(found)


def _rooms_apart(found: Found) -> None:
    """Two rooms that share a guid would be one."""
    seen: dict[Any, str] = {}
    for room in found.rooms.values():
        if room.guid is not None and room.guid in seen:
            found.complain(
                "conference › rooms",
                _(
                    "The rooms “%(one)s” and “%(other)s” have the same guid; they are kept apart by name."
                )
                % {"one": seen[room.guid], "other": room.name},
            )
            room.guid = None
        elif room.guid is not None:
            seen[room.guid] = room.name


def _events(
    schedule: dict[str, Any], conference: dict[str, Any], found: Found
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(way into the file, room, event)."""
    for number, day in enumerate(map(_dict, _list(conference.get("days"))), start=1):
        place = _("day %(number)s") % {"number": number}
        _day(day, place, found)
        for name, events in _dict(day.get("rooms")).items():
            room = values.line(name, 120)
            for index, event in enumerate(map(_dict, _list(events)), start=1):
                yield f"{place} › {room} › {index}", room, event
    for index, event in enumerate(map(_dict, _list(schedule.get("events"))), start=1):
        yield _("event %(number)s") % {"number": index}, "", event


def _day(day: dict[str, Any], place: str, found: Found) -> None:
    begin, end = day.get("day_start") or day.get("start"), day.get("day_end") or day.get("end")
    values.keep_day(found, place, day.get("date"), begin, end)


def _session(event: dict[str, Any], room: str, place: str, found: Found) -> FoundSession:
    starts_at = values.moment(event.get("date") or event.get("start"), _("The date"))
    minutes = _minutes(event, starts_at)
    named = event.get("room")
    number = event.get("id") or event.get("code") or ""
    return FoundSession(
        guid=values.identity(event.get("guid"), found, place, str(number)),
        title=values.line(event.get("title"), 300),
        starts_at=starts_at,
        minutes=minutes,
        kind=values.line(event.get("type"), 60),
        subtitle=values.line(event.get("subtitle"), 300),
        abstract=values.words(event.get("abstract"), 20_000),
        description=values.words(event.get("description"), 50_000),
        language=values.language(event.get("language")),
        track=_track(event.get("track"), found),
        room=values.line(_dict(named).get("name") if isinstance(named, dict) else named, 120) or room,
        licence=values.line(event.get("recording_license"), 120),
        do_not_record=event.get("do_not_record") is True,
        external_id=values.line(number or event.get("guid"), 60),
        origin_url=values.web(event.get("url")),
        links=values.links(map(_dict, _list(event.get("links")))),
        speakers=_speakers(event),
        place=place,
    )  # fmt: skip


def _minutes(event: dict[str, Any], starts_at: Any) -> int:
    if event.get("duration"):
        return values.duration(event["duration"])
    left = values.moment(event.get("end"), _("The end")) - starts_at
    hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
    return values.duration(f"{hours}:{minutes:02}")


def _track(value: Any, found: Found) -> str:
    """A name, or a reference by slug to one of the tracks."""
    if not isinstance(value, dict):
        return values.line(value, 120)
    slug = str(value.get("slug") or "")
    by_slug = {
        name.casefold().replace(" & ", "-").replace(", ", "-").replace(" ", "-"): name
        for name in found.tracks
    }
    return values.line(value.get("name"), 120) or by_slug.get(slug, values.line(slug, 120))


def _speakers(event: dict[str, Any]) -> list[FoundSpeaker]:
    rows = [
        values.speaker(
            each.get("guid") or each.get("code") or each.get("id"),
            each.get("name") or each.get("public_name"),
            "" if each.get("role") == "SPEAKER" else str(each.get("role") or "").capitalize(),
        )
        for each in map(_dict, _list(event.get("persons")) + _list(event.get("participants")))
    ]
    return values.apart(rows)
