"""What makes sense as the term of a partnership. Raises `Refused` with a sentence for the office."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from house.ground.errors import Refused
from house.partners.models import Level, Partnership
from house.vocabulary.models import City

# every row in this file: a city's terms are compared with each other, and shown to nobody

GRACE_DAYS = 30
GRACE_AT_MOST = 365
SEATS_AT_MOST = 500
# The alliance did not stand before, and nobody signs for longer: such a year is a slip of the hand.
FIRST_YEAR = 2000
YEARS_AHEAD = 10


def last_day_of(ends_on: datetime.date | None, grace_days: int) -> datetime.date | None:
    """The end with its grace: the last day on which anything inside is open."""
    return ends_on + datetime.timedelta(days=grace_days) if ends_on else None


def check_level(level: str) -> None:
    if level not in Level.values:
        raise Refused(_("There is no such level."))


def check_day(day: datetime.date) -> None:
    if not FIRST_YEAR <= day.year <= _today().year + YEARS_AHEAD:
        raise Refused(
            _("%(day)s can't be meant.") % {"day": _say(day)},
            remedy=_("Check the year."),
        )


def check_term(starts_on: datetime.date, ends_on: datetime.date | None, grace_days: int) -> None:
    check_day(starts_on)
    check_grace(grace_days)
    if ends_on is None:
        return
    check_day(ends_on)
    if ends_on < starts_on:
        raise Refused(_("It would end before it begins."), remedy=_("Check the two dates."))
    if ends_on < _today():
        raise Refused(
            _("It would be over before it is opened."), remedy=_("Check the day it ends.")
        )


def check_grace(grace_days: int) -> None:
    if not 0 <= grace_days <= GRACE_AT_MOST:
        raise Refused(
            _("The grace lasts at most %(days)s days, and no less than none.")
            % {"days": GRACE_AT_MOST}
        )


def check_seats(seats: int | None) -> None:
    if seats is not None and not 0 <= seats <= SEATS_AT_MOST:
        raise Refused(
            _("A partnership has between 0 and %(most)s seats.") % {"most": SEATS_AT_MOST}
        )


def check_alone(
    city: City,
    starts_on: datetime.date,
    last_day: datetime.date | None,
    *,
    but: Partnership | None = None,
) -> None:
    """A city has one partnership at a time, each with its grace."""
    for other in Partnership.objects.filter(city=city).exclude(pk=but.pk if but else None):
        begins_before_its_end = other.last_day is None or starts_on <= other.last_day
        ends_after_its_begin = last_day is None or last_day >= other.starts_on
        if begins_before_its_end and ends_after_its_begin:
            raise Refused(
                _told_overlap(city, other),
                remedy=_("Renew or extend that one, or choose other dates."),
            )


def check_day_of_change(partnership: Partnership, on: datetime.date) -> None:
    check_day(on)
    if on < _today():
        raise Refused(
            _("A change counts from today on at the earliest: what was, stays."),
            remedy=_("Choose today or a later day."),
        )
    if on < partnership.starts_on:
        raise Refused(
            _("The partnership begins later, on %(day)s.") % {"day": _say(partnership.starts_on)}
        )
    if partnership.ends_on is not None and on > partnership.ends_on:
        raise Refused(
            _("The partnership ends before that, on %(day)s.") % {"day": _say(partnership.ends_on)},
            remedy=_("Renew or extend it first."),
        )


def check_later_end(partnership: Partnership, ends_on: datetime.date) -> None:
    check_day(ends_on)
    if partnership.ends_on is None:
        raise Refused(_("This partnership has no end: there is nothing to extend."))
    if partnership.last_day is not None and partnership.last_day < _today():
        raise Refused(
            _("This partnership is over, and so is its grace."), remedy=_("Open a new one.")
        )
    if ends_on <= partnership.ends_on:
        raise Refused(
            _("It lasts until %(day)s already.") % {"day": _say(partnership.ends_on)},
            remedy=_("Choose a later day."),
        )


def check_end(
    partnership: Partnership, ends_on: datetime.date, grace_days: int, reason: str
) -> None:
    check_day(ends_on)
    check_grace(grace_days)
    if not reason.strip():
        raise Refused(_("Say why it ends: the city will ask."))
    if partnership.last_day is not None and partnership.last_day < _today():
        raise Refused(_("This partnership is over already."))
    if ends_on < partnership.starts_on:
        raise Refused(
            _("It would end before it begins, on %(day)s.") % {"day": _say(partnership.starts_on)}
        )
    if ends_on < _today() - datetime.timedelta(days=1):
        raise Refused(
            _("It can have ended yesterday at the earliest: what was, stays."),
            remedy=_("To close the city at once, choose yesterday and no grace."),
        )
    if partnership.ends_on is not None and ends_on > partnership.ends_on:
        raise Refused(
            _("It ends before that, on %(day)s.") % {"day": _say(partnership.ends_on)},
            remedy=_("To let it last longer, extend it."),
        )


def _told_overlap(city: City, other: Partnership) -> str:
    start = _say(other.starts_on)
    if other.last_day is None:
        return _("%(city)s has a partnership since %(start)s that has no end.") % {
            "city": city.label(),
            "start": start,
        }
    return _(
        "%(city)s has a partnership in that time: from %(start)s to %(end)s, its grace included."
    ) % {"city": city.label(), "start": start, "end": _say(other.last_day)}


def _say(day: datetime.date) -> str:
    return date_format(day, "j F Y")


def _today() -> datetime.date:
    return timezone.now().date()
