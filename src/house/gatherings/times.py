"""When something is, in words: for the place where it is and for whoever reads."""

import datetime
import zoneinfo
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class When:
    """`there` is the event's own day and hours, `here` the reader's; empty where they are the same."""

    there: str
    zone: str
    here: str


def told(
    starts_at: datetime.datetime, ends_at: datetime.datetime, zone: str, reader: str = ""
) -> When:
    """`reader` is a zone; without one, that of the page. A visitor has none: she is told the event's own."""
    own = zoneinfo.ZoneInfo(zone)
    if year := whole_year(starts_at, ends_at, own):
        return When(str(year), place_of(zone), "")
    hers = zoneinfo.ZoneInfo(reader) if reader else (of_page() or own)
    there, here = span(starts_at, ends_at, own), span(starts_at, ends_at, hers)
    return When(there, place_of(zone), "" if there == here else here)


def of_page() -> datetime.tzinfo | None:
    """The zone of who signed in."""
    zone = timezone.get_current_timezone()
    return None if zone == timezone.get_default_timezone() else zone


def span(starts_at: datetime.datetime, ends_at: datetime.datetime, tz: datetime.tzinfo) -> str:
    """As in “Thursday 3 December 2026, 15:00–16:30”; both days where it ends on another one."""
    begin, end = starts_at.astimezone(tz), ends_at.astimezone(tz)
    day = date_format(begin, "l j F Y")
    if begin.date() == end.date():
        return f"{day}, {begin:%H:%M}–{end:%H:%M}"
    return _("%(day)s, %(hour)s to %(other)s, %(end)s") % {
        "day": day,
        "hour": f"{begin:%H:%M}",
        "other": date_format(end, "l j F Y"),
        "end": f"{end:%H:%M}",
    }


def whole_year(
    starts_at: datetime.datetime, ends_at: datetime.datetime, tz: datetime.tzinfo
) -> int | None:
    """The year, where that is all that is known: from its first minute to its last day."""
    begin, end = starts_at.astimezone(tz), ends_at.astimezone(tz)
    first = (begin.month, begin.day, begin.hour, begin.minute) == (1, 1, 0, 0)
    last = (end.year, end.month, end.day) == (begin.year, 12, 31)
    return begin.year if first and last else None


def place_of(zone: str) -> str:
    """Of Europe/Amsterdam: Amsterdam."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def zones() -> list[str]:
    """What a form offers: names of places, without the old short ones."""
    return [*sorted(name for name in zoneinfo.available_timezones() if "/" in name), "UTC"]


def moment(at: datetime.datetime, zone: str) -> str:
    """As in “Thursday 3 December 2026, 15:00 (Amsterdam)”."""
    own = at.astimezone(zoneinfo.ZoneInfo(zone))
    return f"{date_format(own, 'l j F Y')}, {own:%H:%M} ({place_of(zone)})"
