"""A published programme as frab's XML and as the c3voc's JSON, both as their schemas want them."""

import datetime
import json
import re
import uuid
import zoneinfo
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.urls import reverse

from house.gatherings.models import Event, ProgrammeVersion
from house.gatherings.programme.snapshot import Content

GENERATOR = "Digital House"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def schedule_of(event: Event, version: ProgrammeVersion, names: dict[str, str]) -> dict[str, Any]:
    """The JSON form; the XML is written from it. `names` are of speakers who agreed to be named."""
    content: Content = version.content
    zone = zoneinfo.ZoneInfo(content["zone"])
    rooms = {row["code"]: row["name"] for row in content["rooms"]}
    tracks = {row["code"]: row["name"] for row in content["tracks"]}
    acronym = f"house_{event.code}"
    lookup = _Lookup(event, acronym, zone, rooms, tracks, names)
    numbers = _numbers(content["sessions"])
    days = []
    for index, day in enumerate(content["days"], start=1):
        begin, end = _moment(day["starts_at"]), _moment(day["ends_at"])
        placed: dict[str, list[dict[str, Any]]] = {}
        for session in content["sessions"]:
            if begin <= _moment(session["starts_at"]) < end:
                made = _session(session, lookup)
                made["id"] = numbers[session["guid"]]
                placed.setdefault(made["room"], []).append(made)
        days.append(
            {
                "index": index,
                "date": day["date"],
                "day_start": begin.astimezone(zone).isoformat(),
                "day_end": end.astimezone(zone).isoformat(),
                "rooms": placed,
            }
        )
    url = settings.BASE_URL + event.get_absolute_url()
    conference = {
        "acronym": acronym,
        "title": event.title,
        "start": content["days"][0]["date"] if content["days"] else _day(event.starts_at, zone),
        "end": content["days"][-1]["date"] if content["days"] else _day(event.ends_at, zone),
        "daysCount": len(days),
        "timeslot_duration": "00:05",
        "time_zone_name": content["zone"],
        "url": url,
        "tracks": [
            {"name": row["name"], "slug": f"track-{row['code']}", **_colour(row)}
            for row in content["tracks"]
        ],
        "rooms": [
            {"name": row["name"], "guid": row["guid"], "capacity": row["capacity"]}
            for row in content["rooms"]
        ],
        "days": days,
    }
    return {"version": str(version.number), "base_url": url, "conference": conference}


def json_of(event: Event, version: ProgrammeVersion, names: dict[str, str]) -> bytes:
    made = {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": GENERATOR, "version": "1"},
        "schedule": schedule_of(event, version, names),
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def xml_of(event: Event, version: ProgrammeVersion, names: dict[str, str]) -> bytes:
    made = schedule_of(event, version, names)
    conference = made["conference"]
    guids = {row["name"]: row["guid"] for row in conference["rooms"]}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<schedule>",
        f'<generator name={_attribute(GENERATOR)} version="1"/>',
        _element("url", conference["url"]),
        _element("version", made["version"]),
        "<conference>",
        _element("title", conference["title"]),
        _element("acronym", conference["acronym"]),
        _element("start", conference["start"]),
        _element("end", conference["end"]),
        _element("days", str(conference["daysCount"])),
        _element("timeslot_duration", conference["timeslot_duration"]),
        _element("base_url", made["base_url"]),
        _element("time_zone_name", conference["time_zone_name"]),
        *(_track(row) for row in conference["tracks"]),
        "</conference>",
    ]
    for day in conference["days"]:
        lines.append(
            f"<day index={_attribute(str(day['index']))} date={_attribute(day['date'])} "
            f"start={_attribute(day['day_start'])} end={_attribute(day['day_end'])}>"
        )
        for name, events in day["rooms"].items():
            guid = f" guid={_attribute(guids[name])}" if name in guids else ""
            lines.append(f"<room name={_attribute(name)}{guid}>")
            lines += [_event(each) for each in events]
            lines.append("</room>")
        lines.append("</day>")
    return "\n".join([*lines, "</schedule>", ""]).encode()


@dataclass(frozen=True, slots=True)
class _Lookup:
    event: Event
    acronym: str
    zone: zoneinfo.ZoneInfo
    rooms: dict[str, str]
    tracks: dict[str, str]
    names: dict[str, str]


def _session(session: Content, lookup: _Lookup) -> dict[str, Any]:
    begin = _moment(session["starts_at"]).astimezone(lookup.zone)
    hours, minutes = divmod(session["minutes"], 60)
    url = settings.BASE_URL + reverse(
        "gatherings:session", args=[lookup.event.slug, session["code"]]
    )
    return {
        "guid": session["guid"],
        "id": 0,
        "date": begin.isoformat(),
        "start": f"{begin:%H:%M}",
        "duration": f"{hours:02}:{minutes:02}",
        "room": lookup.rooms.get(session["room"], "") or "-",
        "slug": f"{lookup.acronym}-{session['code']}",
        "url": url,
        "title": session["title"],
        "subtitle": session["subtitle"],
        "track": lookup.tracks.get(session["track"], ""),
        "type": session["kind"] or "other",
        "language": session["language"],
        "abstract": session["abstract"],
        "description": session["description"],
        "recording_license": session["licence"],
        "do_not_record": session["do_not_record"],
        "persons": [
            {"code": each["code"].upper(), "name": name}
            for each in session["speakers"]
            if (name := each["name"] or lookup.names.get(each["code"], ""))
        ],
        "links": [{"url": row["url"], "title": row["title"]} for row in session["links"]],
        "attachments": [],
    }


def _numbers(sessions: list[Content]) -> dict[str, int]:
    """The old number that readers of the format still want: from the guid, so that it stays."""
    taken: set[int] = set()
    made = {}
    for session in sessions:
        number = uuid.UUID(session["guid"]).int % 2_000_000_000 + 1
        while number in taken:
            number += 1
        taken.add(number)
        made[session["guid"]] = number
    return made


def _event(row: dict[str, Any]) -> str:
    optout = "true" if row["do_not_record"] else "false"
    persons = "".join(_element("person", each["name"]) for each in row["persons"])
    links = "".join(
        f"<link href={_attribute(each['url'])}>{_text(each['title'])}</link>"
        for each in row["links"]
    )
    parts = [
        _element(name, row[name])
        for name in (
            "room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track",
        )
    ]  # fmt: skip
    parts += [
        f"<persons>{persons}</persons>",
        _element("language", row["language"]),
        _element("description", row["description"]),
        f"<recording>{_element('license', row['recording_license'])}<optout>{optout}</optout></recording>",
        f"<links>{links}</links>",
        _element("url", row["url"]),
    ]
    guid, number = _attribute(row["guid"]), _attribute(str(row["id"]))
    return f"<event guid={guid} id={number}>{''.join(parts)}</event>"


def _track(row: dict[str, Any]) -> str:
    colour = f" color={_attribute(row['color'])}" if "color" in row else ""
    slug = f" slug={_attribute(row['slug'])}"
    return f"<track name={_attribute(row['name'])}{colour}{slug}>{_text(row['name'])}</track>"


def _colour(row: Content) -> dict[str, str]:
    return {"color": row["colour"]} if row["colour"] else {}


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def _day(moment: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    return moment.astimezone(zone).date().isoformat()


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>"


def _text(value: str) -> str:
    return escape(_UNWRITABLE.sub("", value))


def _attribute(value: str) -> str:
    return quoteattr(_UNWRITABLE.sub("", value))
