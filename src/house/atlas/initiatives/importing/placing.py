"""One row of a file, as an initiative could be made of it, or a code of why not."""

import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.importing.mapping import of, telling
from house.atlas.initiatives.importing.tables import Row
from house.atlas.initiatives.opening import rules, windows
from house.ground.html import safe_url, sanitise, to_text
from house.ground.text import clean, one_line, shorten

# "Leave these out" in the table of kinds.
LEAVE_OUT = "-"
_EXAMPLE = re.compile(r"^(example|beispiel|muster)[\s_-]", re.IGNORECASE)
_GONE = re.compile(r"\*\*\s*retired\s*\*\*|permanently closed|dauerhaft geschlossen", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z/!]")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Options:
    """How a run reads its file; kept with it as plain JSON."""

    columns: Mapping[str, str] = field(default_factory=dict)  # field → column
    kinds: Mapping[str, str] = field(
        default_factory=dict
    )  # word of the file → notation or LEAVE_OUT
    kind: str = ""  # for what no word says; empty: such rows stay out
    language: str = "en"
    encoding: str = ""
    publishes_contact: bool = False  # the source says that its contacts are meant to be used
    names_missing: bool = True  # what has no name is called by its kind and street
    hides_gone: bool = False  # what the layer's file no longer holds is taken off the map

    def kept(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Options":
        return cls(**{name: kept[name] for name in cls.__slots__ if name in kept})


@dataclass(frozen=True, slots=True)
class Skip:
    number: int
    name: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Found:
    """A place of a file, ready to be written."""

    number: int
    name: str
    lat: float
    lon: float
    kinds: list[str]
    facts: dict[str, Any]
    town: str = ""
    external_id: str = ""
    is_named: bool = True
    confirmed_on: datetime.date | None = None


def place(number: int, row: Row, options: Options) -> Found | Skip:
    columns = options.columns
    name = shorten(_plain(of(row, columns, "name")), 160)
    if _EXAMPLE.match(name):
        return Skip(number, name, "example")
    point = _point(row, columns)
    if isinstance(point, str):
        return Skip(number, name, point)
    if _GONE.search(of(row, columns, "description")):
        return Skip(number, name, "closed")
    kinds = kinds_of(row, options, name)
    if not kinds:
        return Skip(number, name, "left-out" if kinds is None else "no-kind")
    facts = _facts(row, columns, options)
    town = facts["place"]
    if not name and not options.names_missing:
        return Skip(number, name, "no-name")
    called = name or _called(kinds[0], facts)
    found = Found(
        number, called, *point, kinds, facts, town, one_line(of(row, columns, "id"))[:120]
    )
    found.is_named = bool(name)
    found.confirmed_on = _day(of(row, columns, "confirmed"))
    return found


def _called(kind: str, facts: Mapping[str, Any]) -> str:
    label = taxonomy.label_of(kind)
    return shorten(", ".join(filter(None, (label, facts["street"] or facts["place"]))), 160)


def _plain(text: str) -> str:
    """Words without markup; a lone "<" is a letter like another."""
    return one_line(to_text(sanitise(text)) if _MARKUP.search(text) else clean(text))


def _point(row: Row, columns: Mapping[str, str]) -> tuple[float, float] | str:
    said = of(row, columns, "lat"), of(row, columns, "lon")
    if not all(said):
        return "no-point"
    try:
        lat, lon = (float(each.replace(",", ".").removesuffix("°")) for each in said)
    except ValueError:
        return "bad-point"
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return "bad-point"
    return "nowhere" if lat == 0 == lon else (round(lat, 7), round(lon, 7))


def words_of(row: Row, options: Options) -> str:
    """What the mapped column says of its kind: a line of the table of kinds."""
    return one_line(of(row, options.columns, "kind"))[:120]


def kinds_of(row: Row, options: Options, name: str) -> list[str] | None:
    """None where the table of kinds leaves it out."""
    chosen = options.kinds.get(words_of(row, options), "")
    if chosen == LEAVE_OUT:
        return None
    if chosen:
        return [chosen]
    found = taxonomy.of_tags(row) or taxonomy.of_words([*telling(row, options.columns), name])
    return found[:4] or ([options.kind] if options.kind in taxonomy.kinds() else [])


def _facts(row: Row, columns: Mapping[str, str], options: Options) -> dict[str, Any]:
    street = _plain(f"{of(row, columns, 'street')} {of(row, columns, 'number')}".strip())
    contact = _contact(row, columns)
    return {
        "description": _described(of(row, columns, "description")),
        "language": options.language,
        "languages": _languages(of(row, columns, "languages")) or [options.language],
        "street": shorten(street, 160),
        "postcode": one_line(of(row, columns, "postcode"))[:16],
        "place": shorten(_plain(of(row, columns, "place")), 80),
        "website": _website(of(row, columns, "website")),
        "email": contact["email"],
        "phone": contact["phone"],
        "contact_is_public": options.publishes_contact and any(contact.values()),
        **_opening(row, columns),
    }


def _described(text: str) -> str:
    text = to_text(sanitise(text)) if _MARKUP.search(text) else clean(text)
    return text.strip()[:3000]


def _website(text: str) -> str:
    return safe_url(text.split(" ", maxsplit=1)[0])[:400] if text else ""


def _contact(row: Row, columns: Mapping[str, str]) -> dict[str, str]:
    email = one_line(of(row, columns, "email")).removeprefix("mailto:").split(" ")[0][:254]
    try:
        validate_email(email)
    except ValidationError:
        email = ""
    phone = one_line(of(row, columns, "phone"))[:40]
    return {"email": email, "phone": phone if sum(map(str.isdigit, phone)) > 4 else ""}


def _languages(text: str) -> list[str]:
    return [tag for tag in _LANGUAGE.findall(text.lower()) if len(tag) == 2][:8]


def _opening(row: Row, columns: Mapping[str, str]) -> dict[str, Any]:
    closed = [*_many(of(row, columns, "closed")), *_many(of(row, columns, "exceptions"))]
    return {
        "opening_hours": one_line(of(row, columns, "opening_hours"))[:300],
        "opening_note": shorten(_plain(of(row, columns, "opening_note")), 300),
        "recurrence": _recurrence(row, columns),
        "closed": [each for each in closed if windows.closed_span(each)][:60],
    }


def _recurrence(row: Row, columns: Mapping[str, str]) -> list[dict[str, str]]:
    starts, ends = _many(of(row, columns, "starts")), _many(of(row, columns, "ends"))
    made = []
    for number, text in enumerate(_many(of(row, columns, "rule"))[:10]):
        try:
            rules.parse(text)
        except rules.NotARule:
            continue
        made.append({"rule": text, "starts": _at(starts, number), "ends": _at(ends, number)})
    return made


def _at(values: list[str], number: int) -> str:
    """Its own, else the last: two rules often share one hour."""
    value = values[min(number, len(values) - 1)] if values else ""
    return value if windows.minutes(value) is not None else ""


def _many(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _day(text: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if datetime.date(2000, 1, 1) <= day <= datetime.date(2100, 1, 1) else None
