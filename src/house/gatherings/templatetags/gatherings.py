"""Small words for this room's templates."""

import datetime
from urllib.parse import urlsplit

from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from house.gatherings import times
from house.gatherings.models import Event, Registration

register = template.Library()


@register.filter
def told_when(event: Event) -> times.When:
    """Its own hours and, where they differ, those of who looks."""
    return times.told(event.starts_at, event.ends_at, event.zone)


@register.filter
def day_shown(event: Event) -> datetime.datetime:
    """When it begins on the clock of who looks; for a visitor, on its own."""
    return event.starts_at.astimezone(times.of_page() or event.tz).replace(tzinfo=None)


@register.filter
def year_shown(event: Event) -> int | None:
    """Where no more than its year is known."""
    return times.whole_year(event.starts_at, event.ends_at, event.tz)


@register.filter
def kept_until(registration: Registration) -> str:
    until = registration.offer_until
    if until is None:
        return ""
    zone = str(timezone.get_current_timezone())
    return _("It is kept for you until %(moment)s.") % {"moment": times.moment(until, zone)}


@register.filter
def ordinal_place(number: int) -> str:
    """“3rd” in English; elsewhere a number with a point is understood."""
    if (get_language() or "en").startswith("en"):
        ends = {1: "st", 2: "nd", 3: "rd"}
        end = "th" if 10 <= number % 100 <= 20 else ends.get(number % 10, "th")
        return f"{number}{end}"
    return f"{number}."


@register.filter
def is_ahead(moment: datetime.datetime | None) -> bool:
    return moment is not None and moment > timezone.now()


@register.filter
def domain(url: str) -> str:
    return urlsplit(url).hostname or url
