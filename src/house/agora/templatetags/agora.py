"""Small words for the Agora's templates: who said it and when, as far as candour allows."""

import datetime

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from house.agora.models import Attachment, Said, Unsent
from house.agora.telling import credited

register = template.Library()


@register.filter
def told_by(said: Said) -> str:
    """Name and city, or what stands for them. Reads author and city."""
    return credited(said)


@register.filter
def when(said: Said) -> SafeString:
    """When it was said, as `_moment.html` has it: built here, for a page holds many of them."""
    if said.hides_city or said.published_at is None:
        return format_html('<time datetime="{}">{}</time>', day(said), day_told(said))
    local = timezone.localtime(said.published_at)
    return format_html(
        '<time datetime="{}" title="{} ({})">{}</time>',
        said.published_at.isoformat(),
        date_format(local, "DATETIME_FORMAT"),
        local.tzname(),
        date_format(local, "j F Y"),
    )


@register.filter
def day(said: Said) -> str:
    """As ISO 8601, the day alone: never in the reader's zone, which would make an hour of it."""
    return _day_of(said).isoformat()


@register.filter
def day_told(said: Said) -> str:
    return date_format(_day_of(said), "j F Y")


def _day_of(said: Said) -> datetime.date:
    moment = said.published_at or datetime.datetime.now(tz=datetime.UTC)
    return moment.astimezone(datetime.UTC).date()


@register.filter
def words_of(said: Said) -> SafeString:
    """Its text as HTML that was sanitised when it was written."""
    return mark_safe(said.html)


@register.filter
def file_name(file: Attachment, said: Said) -> str:
    return file.shown_name(said)


@register.filter
def size_told(file: Attachment) -> str:
    if file.size < 1024 * 1024:
        return _("%(size)s KB") % {"size": max(1, file.size // 1024)}
    return _("%(size)s MB") % {"size": round(file.size / 1024 / 1024, 1)}


@register.filter
def where(unsent: Unsent) -> str:
    """The page whose form holds what was typed there; the list where that thing is gone."""
    kind, _colon, code = unsent.place.partition(":")
    if kind == "answer" and code:
        return reverse("agora:post", args=[code])
    if kind == "edit" and code:
        return reverse("agora:post_edit", args=[code])
    return reverse("agora:my_posts")
