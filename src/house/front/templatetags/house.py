"""Small words for templates: `{% icon "search" %}`, `{% citymark city %}`, `{{ language|direction }}`."""

import datetime
import functools
import re
from collections.abc import Sequence
from typing import Any

from django import template
from django.conf.locale import LANG_INFO
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.audience import Audience
from house.access.candour import Candour
from house.agora.models import Kind as PostKind
from house.alex.kinds import KINDS
from house.alex.models import Entry, Outcome
from house.front.citymark import drawing
from house.gatherings.models import Event
from house.gatherings.models import Kind as EventKind
from house.ground.captions.cues import moment_anchor
from house.ground.html import to_text
from house.partners.models import Level
from house.people.models import Person
from house.retrieval.answers import Quote
from house.vocabulary import languages
from house.vocabulary.models import City, CityFact

register = template.Library()

TELLING = 50  # characters
SENTENCE = re.compile(r".+?(?:[.!?。？！](?=\s|$)\s*|$)")
TURNING = {"next", "previous", "send", "exit"}  # icons that point the other way in right-to-left
EVENT_KINDS = {"event": gettext_lazy("Event"), **dict(EventKind.choices)}
AUDIENCE_ICONS = {
    "public": "globe",
    "alliance": "people",
    "city": "cities",
    "circle": "people",
    "private": "lock",
}


@register.simple_tag
@functools.cache  # a page shows dozens
def icon(name: str) -> SafeString:
    """An outline from the sprite. It says nothing to a screen reader: a word stands beside it."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        " icon--turns" if name in TURNING else "",
        static("front/sprite.svg"),
        name,
    )


@register.filter
def marked(parts: list[tuple[str, bool]]) -> SafeString:
    """A snippet with the question's words in <mark>; every piece is escaped.

    Empty where it is too short to tell anything: the summary then stands in its place.
    """
    if sum(len(text) for text, _is_hit in parts) < TELLING:
        return SafeString()
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", t) if hit else t,) for t, hit in parts)
    )


@register.simple_tag
def citymark(city: City, population: float | None = None) -> SafeString:
    """The city's own line drawing, inline. Decoration: its name stands beside it."""
    return drawing(
        city.slug, city.latitude, city.longitude, tuple(city.terrain), population or 0, label=""
    )


@register.filter
def outcome_label(outcome: str) -> str:
    return str(Outcome(outcome).label) if outcome in Outcome.values else ""


@register.filter
def entry_city(entry: Entry | Event) -> str:
    """The place an entry may name: its city, the description its author chose, or its publisher."""
    if isinstance(entry, Event):
        return entry.host_city.label() if entry.host_city else ""
    if entry.shown_city is not None:
        return entry.shown_city.label()
    return entry.described_as if entry.candour == Candour.DESCRIBED else entry.external


OTHER_KINDS = {
    "article": gettext_lazy("Article of the magazine"),
    "group": gettext_lazy("Working group"),
    "group-page": gettext_lazy("Page of a working group"),
    "suggestion": gettext_lazy("Suggested topic"),
    "showcase": gettext_lazy("Showcase"),
    "clause": gettext_lazy("Rule"),
    "story": gettext_lazy("Story from outside"),
    "initiative": gettext_lazy("Sharing initiative"),
}
OTHER_ICONS = {
    "article": "magazine",
    "clause": "policy",
    "group": "groups",
    "group-page": "groups",
    "story": "radar",
    "suggestion": "vote",
}


@register.filter
def kind_label(kind: str) -> str:
    if kind in KINDS:
        return str(KINDS[kind].label)
    if kind in EVENT_KINDS:
        return str(EVENT_KINDS[kind])
    if kind in OTHER_KINDS:
        return str(OTHER_KINDS[kind])
    return str(PostKind(kind).label) if kind in PostKind.values else kind


@register.filter
def kind_icon(kind: str) -> str:
    return "gatherings" if kind in EVENT_KINDS else OTHER_ICONS.get(kind, kind)


@register.filter
def place(zone: str) -> str:
    """Of a zone, as people say it: Europe/Amsterdam is Amsterdam."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


@register.filter
def audience_label(audience: str) -> str:
    return str(Audience(audience).label) if audience in Audience.values else ""


@register.filter
def audience_icon(audience: str) -> str:
    return AUDIENCE_ICONS.get(audience, "lock")


@register.filter
def at(second: float) -> str:
    """The anchor of a moment of a recording."""
    return moment_anchor(second)


@register.filter
def direction(language: str | None) -> str:
    """`dir` for text in a language."""
    return languages.direction(language or "en")


@register.filter
def language_label(language: str | None) -> str:
    """The language's own name; of one that the house does not speak, as Django knows it."""
    named = languages.name_of(language or "")
    return LANG_INFO.get(named, {}).get("name_local", named)


@register.filter
def level_label(level: str) -> str:
    return str(Level(level).label) if level in Level.values else ""


@register.filter
def page_numbers(paginator: Paginator[Any], number: int) -> list[int | None]:
    """Page numbers to show: both ends, the neighbours, and None where some are left out."""
    pages = paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return [page if isinstance(page, int) else None for page in pages]


@register.filter
def beginning(html: str, longest: int) -> str:
    """The first sentences of an author's text, as plain words; cut only where one sentence is too long."""
    text = " ".join(to_text(html).split())
    whole = ""
    for sentence in SENTENCE.findall(text):
        if len(whole) + len(sentence) > longest:
            break
        whole += sentence
    return whole.strip() or Truncator(text).chars(longest)


FACTS = {
    "population": gettext_lazy("Population"),
    "area": gettext_lazy("Area"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "time_zone": gettext_lazy("Time zone"),
    "languages": gettext_lazy("Working languages"),
}
SIGNS = {"persons": "", "degrees": "°", "km2": " km²"}


@register.filter
def fact_label(fact: CityFact) -> str:
    return str(FACTS.get(fact.name, fact.name.replace("_", " ").capitalize()))


@register.filter
def fact_value(fact: CityFact) -> str:
    """The figure with its unit, digits grouped as the reader is used to."""
    whole = fact.value == int(fact.value)
    figure = number_format(
        int(fact.value) if whole else fact.value, use_l10n=True, force_grouping=True
    )
    return figure + SIGNS.get(fact.unit, f" {fact.unit}".rstrip())


@register.filter
def compass(degrees: float, sides: str) -> str:
    """Degrees with the letter of their side of the world: `52.37|compass:"NS"` → "52.37° N"."""
    return f"{abs(degrees):.2f}° {sides[0] if degrees >= 0 else sides[1]}"


@register.filter
def photo_url(person: Person) -> str:
    return reverse("people:photo", args=[person.code]) if person.photo else ""


@register.filter
def labelled(cells: Sequence[Any], head: Sequence[Any]) -> list[tuple[Any, Any]]:
    """(label of its column, cell): on a phone each cell says what it is."""
    return list(zip(head, cells, strict=False))


@register.filter
def initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()


@register.filter
def since(moment: datetime.datetime | datetime.date | None) -> str:
    """As people say it: "today", "3 weeks ago"."""
    if moment is None:
        return ""
    if not isinstance(moment, datetime.datetime):
        moment = datetime.datetime.combine(moment, datetime.time(), tzinfo=datetime.UTC)
    if timezone.now() - moment < datetime.timedelta(minutes=2):
        return _("just now")
    return _("%(span)s ago") % {"span": timesince(moment, depth=1)}


@register.filter
def machine_time(moment: datetime.datetime | datetime.date | None) -> str:
    """For `<time datetime>`, which takes no microseconds (HTML, 2.3.5.7)."""
    if isinstance(moment, datetime.datetime):
        return timezone.localtime(moment).isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""


@register.filter
def exactly(moment: datetime.datetime | datetime.date) -> str:
    """The whole truth about a moment, for its `title`."""
    if isinstance(moment, datetime.datetime):
        local = timezone.localtime(moment)
        return f"{date_format(local, 'DATETIME_FORMAT')} ({local.tzname()})"
    return date_format(moment, "DATE_FORMAT")


@register.filter
def quote_place(quote: Quote) -> str:
    """Where in its entry a quote stands: second, page, or the last words of its heading."""
    if quote.start is not None:
        moment = clock(quote.start)
        return f"{moment}, {quote.speaker}" if quote.speaker else moment
    if quote.page is not None:
        return _("page %(number)s") % {"number": quote.page}
    return quote.heading.rsplit(" › ", maxsplit=1)[-1]


@register.filter
def clock(moment: float | None) -> str:
    """Seconds of a recording as h:mm:ss or m:ss."""
    seconds = int(moment or 0)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
