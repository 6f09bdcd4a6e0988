import datetime
from urllib.parse import urlsplit

from django import template

from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.models import Initiative

register = template.Library()
AROUND = 3.0  # degrees: coasts by which one knows where it is


@register.filter
def kind_name(notation: str) -> str:
    return taxonomy.label_of(notation)


@register.filter
def kind_group(notation: str) -> str:
    kind = taxonomy.kinds().get(notation)
    return kind.broader if kind else ""


@register.filter
def open_now(one: Initiative, now: datetime.datetime) -> bool:
    return one.is_open_at(now)


@register.filter
def urlhost(address: str) -> str:
    return urlsplit(address).hostname or address


@register.filter
def around(one: Initiative) -> str:
    """A part of the map with the place in its middle, as `bbox` is written."""
    lat, lon = one.latitude, one.longitude
    return f"{lon - AROUND * 2:.4f},{lat - AROUND:.4f},{lon + AROUND * 2:.4f},{lat + AROUND:.4f}"
