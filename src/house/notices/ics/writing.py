"""Calendars as bytes: an invitation with its method, a feed without."""

import datetime
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from house.ground.html import safe_url
from house.ground.text import one_line, shorten
from house.notices.calendars import CalendarEvent
from house.notices.ics.lines import line, text, utc
from house.notices.ics.zones import vtimezone, zone_called

PRODUCER = "-//Digital House//Calendar//EN"


def uid_of(kind: str, code: str) -> str:
    """Stays for ever, in every mail and feed."""
    return f"{kind}-{code}@{urlsplit(settings.BASE_URL).hostname}"


def calendar(parts: Iterable[str], *, head: Iterable[str] = ()) -> bytes:
    """A whole VCALENDAR of lines made before."""
    return "".join(
        (
            "BEGIN:VCALENDAR\r\n",
            line("PRODID", PRODUCER),
            line("VERSION", "2.0"),
            line("CALSCALE", "GREGORIAN"),
            *head,
            *parts,
            "END:VCALENDAR\r\n",
        )
    ).encode()


def vtimezones(events: Iterable[CalendarEvent]) -> list[str]:
    """One for each zone that the events name, for the years in which they lie and one on either side."""
    years: dict[str, list[int]] = {}
    for event in events:
        if names_its_zone(event.zone):
            years.setdefault(event.zone, []).extend((event.starts_at.year, event.ends_at.year))
    return [
        vtimezone(zone, min(found) - 1, max(found) + 1) for zone, found in sorted(years.items())
    ]


def names_its_zone(zone: str) -> bool:
    """UTC needs no component, and a zone that nobody knows is written as UTC."""
    return zone_called(zone).key != "UTC" and zone not in {"Etc/UTC", "Etc/GMT", "GMT"}


def vevent(
    event: CalendarEvent,
    *,
    stamped_at: datetime.datetime,
    sequence: int | None = None,
    more: Iterable[str] = (),
) -> str:
    status = event.status
    return "".join(
        (
            "BEGIN:VEVENT\r\n",
            line("UID", text(uid_of(event.kind, event.code))),
            line("SEQUENCE", str(event.sequence if sequence is None else sequence)),
            line("DTSTAMP", utc(stamped_at)),
            line("LAST-MODIFIED", utc(event.changed_at or stamped_at)),
            _moment("DTSTART", event.starts_at, event.zone),
            # Without an end it ends when it begins: the format forbids an end that isn't later.
            _moment("DTEND", event.ends_at, event.zone) if event.ends_at > event.starts_at else "",
            line("SUMMARY", text(shorten(event.title, 250))),
            *_words("DESCRIPTION", event.description),
            *_words("LOCATION", one_line(event.location)),
            *_url(event.url),
            line("STATUS", status),
            line("TRANSP", "TRANSPARENT" if status == "CANCELLED" else "OPAQUE"),
            *more,
            "END:VEVENT\r\n",
        )
    )


def _moment(name: str, moment: datetime.datetime, zone: str) -> str:
    """In the event's zone. In the hour that comes twice in autumn only UTC is read alike by everybody."""
    if names_its_zone(zone):
        local = moment.astimezone(zone_called(zone))
        if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
            return line(name, local.strftime("%Y%m%dT%H%M%S"), TZID=zone)
    return line(name, utc(moment))


def _words(name: str, value: str) -> list[str]:
    return [line(name, text(value.strip()))] if value.strip() else []


def _url(value: str) -> list[str]:
    """A URI value isn't escaped, so one that could end its line is left out."""
    value = safe_url(value)
    return [line("URL", value)] if value and value.isprintable() and " " not in value else []
