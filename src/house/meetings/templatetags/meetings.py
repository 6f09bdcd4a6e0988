"""Moments in the reader's own hours: `{% span session.starts_at session.ends_at zone %}`."""

import datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from house.meetings import times
from house.meetings.models import Format
from house.vocabulary.languages import name_of

register = template.Library()


@register.simple_tag
def span(starts_at: datetime.datetime, ends_at: datetime.datetime, zone: str) -> SafeString:
    """Day and hours by the clocks of a zone, machine-readable beside."""
    return format_html(
        '<time datetime="{}">{}</time>',
        starts_at.isoformat(),
        times.span_of(starts_at, ends_at, zone),
    )


@register.simple_tag
def beside(starts_at: datetime.datetime, ends_at: datetime.datetime, zone: str, own: str) -> str:
    """The same elsewhere; empty where the clocks show the same."""
    return times.beside(starts_at, ends_at, zone, own)


@register.filter
def time_in(moment: datetime.datetime, zone: str) -> str:
    return f"{times.local(moment, zone):%H:%M}"


@register.filter
def day_in(moment: datetime.datetime, zone: str) -> str:
    return times.day_of(moment, zone)


@register.filter
def place_of(zone: str) -> str:
    return times.place_of(zone)


@register.filter
def format_label(name: str) -> str:
    return str(Format(name).label) if name in Format.values else name


@register.filter
def languages(tags: list[str]) -> str:
    return ", ".join(name_of(tag) for tag in tags)


@register.filter
def weekday_of(day: datetime.date) -> str:
    return date_format(day, "l j F Y")
