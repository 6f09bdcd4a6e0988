"""Moments in words, by the clocks of a zone: the reader's own, and the other side's beside it."""

import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def local(moment: datetime.datetime, zone: str) -> datetime.datetime:
    return moment.astimezone(ZoneInfo(zone))


def place_of(zone: str) -> str:
    """As in "Amsterdam" for Europe/Amsterdam."""
    return zone.rpartition("/")[2].replace("_", " ")


def day_of(moment: datetime.datetime, zone: str) -> str:
    return date_format(local(moment, zone), "l j F Y")


def hours_of(starts_at: datetime.datetime, ends_at: datetime.datetime, zone: str) -> str:
    begins, ends = local(starts_at, zone), local(ends_at, zone)
    return f"{begins:%H:%M}–{ends:%H:%M}"


def span_of(starts_at: datetime.datetime, ends_at: datetime.datetime, zone: str) -> str:
    """As in "Thursday 26 November 2026, 14:00–15:00 (Amsterdam)"."""
    return _("%(day)s, %(hours)s (%(place)s)") % {
        "day": day_of(starts_at, zone),
        "hours": hours_of(starts_at, ends_at, zone),
        "place": place_of(zone),
    }


def beside(starts_at: datetime.datetime, ends_at: datetime.datetime, zone: str, own: str) -> str:
    """The same in another zone, shorter; empty where its clocks show the same as the reader's."""
    there, here = local(starts_at, zone), local(starts_at, own)
    if there.replace(tzinfo=None) == here.replace(tzinfo=None):
        return ""
    hours = hours_of(starts_at, ends_at, zone)
    if there.date() != here.date():
        return _("%(place)s: %(day)s, %(hours)s") % {
            "place": place_of(zone),
            "day": date_format(there, "D j M"),
            "hours": hours,
        }
    return _("%(place)s: %(hours)s") % {"place": place_of(zone), "hours": hours}
