"""The text of an entry as plain JSON: one shape for drafts, versions, imports and the demonstration.

`tidy` makes it from whatever was typed. It cleans and sanitises but never judges: a date that is
not one yet stays as it was typed, so that nothing written is lost. `completeness` judges.
"""

import calendar
import datetime
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from house.access.audience import Audience
from house.access.candour import Candour
from house.alex.kinds import KINDS, Field, Kind
from house.ground.html import sanitise
from house.ground.text import clean, one_line

Content = dict[str, Any]

# What a version keeps; its digest is made of these.
TEXT_KEYS = (
    "title", "summary", "language", "topics", "places", "period_from", "period_until", "fields", "sections",
    "outcome", "outcome_why", "outcome_evidence", "sources", "attachments", "licence",
)  # fmt: skip
# What takes effect on the entry itself once it is published.
SETTING_KEYS = (
    "audience", "circle", "city", "candour", "described_as", "owner_seat", "owner_role", "contacts",
)  # fmt: skip
KEYS = TEXT_KEYS + SETTING_KEYS

_SOMETHING = re.compile(r"<hr|(?:^|>)(?:\s|&nbsp;)*[^<\s&]|&(?!nbsp;)")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def tidy(kind: str, raw: Mapping[str, Any]) -> Content:
    """Every key present, cleaned, HTML sanitised, unknown keys left out."""
    template = KINDS[kind]
    given = raw.get("fields") if isinstance(raw.get("fields"), Mapping) else {}
    return {
        "title": _line(raw.get("title")),
        "summary": _text(raw.get("summary")),
        "language": _line(raw.get("language")) or "en",
        "topics": _words(raw.get("topics")),
        "places": _words(raw.get("places")),
        "period_from": _line(raw.get("period_from")),
        "period_until": _line(raw.get("period_until")),
        "fields": _fields(template, given),
        "sections": [_section(each) for each in _rows(raw.get("sections"))],
        "outcome": _line(raw.get("outcome")),
        "outcome_why": _text(raw.get("outcome_why")),
        "outcome_evidence": _text(raw.get("outcome_evidence")),
        "sources": _filled(raw.get("sources"), ("label", "url", "licence")),
        "attachments": _words(raw.get("attachments")),
        "licence": _line(raw.get("licence")),
        "audience": _line(raw.get("audience")) or Audience.ALLIANCE.value,
        "circle": _line(raw.get("circle")),
        "city": _line(raw.get("city")),
        "candour": _line(raw.get("candour")) or Candour.CITY.value,
        "described_as": _line(raw.get("described_as")),
        "owner_seat": _line(raw.get("owner_seat")),
        "owner_role": _line(raw.get("owner_role")),
        "contacts": _filled(raw.get("contacts"), ("person", "about")),
    }


def digest_of(content: Content) -> str:
    """The same for the same text, whatever its settings: an import that changed nothing makes no version."""
    kept = {key: content.get(key) for key in TEXT_KEYS}
    packed = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def day(value: str, *, last: bool = False) -> datetime.date | None:
    """The first (or last) day of "2019", "2019-04" or "2019-04-30"; None for an empty string.

    Raises `ValueError` for anything else.
    """
    if not value:
        return None
    found = _DATE.fullmatch(value)
    if not found:
        raise ValueError(value)
    year = int(found[1])
    month = int(found[2] or (12 if last else 1))
    if found[3] is None:
        if not 1 <= month <= 12 or year < 1:
            raise ValueError(value)
        return datetime.date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    return datetime.date(year, month, int(found[3]))


def is_empty(value: Any) -> bool:
    """Nothing a reader could see, of a tidied value: also a mapping of empty strings."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(is_empty(each) for each in value.values())
    return not value


def _fields(template: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    made = {field.key: _value(field, given.get(field.key)) for field in template.fields}
    return {key: value for key, value in made.items() if not is_empty(value)}


def _value(field: Field, value: Any) -> Any:
    return _TIDY[field.type](value)


def _line(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return one_line(str(value)) if isinstance(value, str | int | float) else ""


def _text(value: Any) -> str:
    return clean(value).strip() if isinstance(value, str) else ""


def _rich(value: Any) -> str:
    """Sanitised HTML; what an empty editor leaves behind (`<p></p>`) is nothing."""
    made = sanitise(value) if isinstance(value, str) else ""
    return made if _SOMETHING.search(made) else ""


def _words(value: Any) -> list[str]:
    """A list of lines; one text is cut at its line ends. Each once, in the order given."""
    lines = value.splitlines() if isinstance(value, str) else value
    if not isinstance(lines, Iterable) or isinstance(lines, Mapping):
        return []
    return list(dict.fromkeys(line for each in lines if (line := _line(each))))


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return (
        [each for each in value if isinstance(each, Mapping)]
        if isinstance(value, list | tuple)
        else []
    )


def _filled(value: Any, keys: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of these keys, without the empty ones that a form leaves at its end."""
    made = [{key: _line(row.get(key)) for key in keys} for row in _rows(value)]
    return [row for row in made if any(row.values())]


def _link(value: Any) -> dict[str, str]:
    row = value if isinstance(value, Mapping) else {"url": value}
    return {"label": _line(row.get("label")), "url": _line(row.get("url"))}


def _clauses(value: Any) -> list[dict[str, str]]:
    rows = _filled(value, ("type", "value", "unit", "text"))
    return [{**row, "type": row["type"] or "other"} for row in rows if row["text"] or row["value"]]


def _seconds(value: Any) -> float | str:
    """Seconds from 75, "75.5", "1:15" or "1:02:03"; what is none of these stays as typed."""
    typed = _line(value)
    try:
        units = [float(each) for each in reversed(typed.split(":"))]
    except ValueError:
        return typed
    return round(sum(unit * 60**power for power, unit in enumerate(units[:3])), 3)


def _chapters(value: Any) -> list[dict[str, Any]]:
    rows = [
        {"start": _seconds(row.get("start")), "title": _line(row.get("title"))}
        for row in _rows(value)
    ]
    return [row for row in rows if row["title"] or row["start"] != ""]


def _media(value: Any) -> dict[str, str]:
    row = value if isinstance(value, Mapping) else {"url": value}
    kept = {key: _line(row.get(key)) for key in ("url", "attachment")}
    return {key: each for key, each in kept.items() if each}


def _section(row: Mapping[str, Any]) -> dict[str, Any]:
    """A piece of an imported document. Empty facts are left out: there are many thousands of these."""
    made: dict[str, Any] = {
        "external_id": _line(row.get("external_id")),
        "heading": _line(row.get("heading")),
        "html": _rich(row.get("html")),
        "language": _line(row.get("language")),
        "speaker": _line(row.get("speaker")),
        "page": row.get("page"),
        "start": row.get("start"),
        "end": row.get("end"),
    }
    if not made["html"]:
        made["text"] = _text(row.get("text"))
    return {key: each for key, each in made.items() if each not in ("", None)}


_TIDY: dict[str, Callable[[Any], Any]] = {
    "line": _line, "url": _line, "date": _line, "year": _line, "choice": _line, "transcript": _line,
    "text": _text, "rich": _rich, "list": _words, "link": _link, "clauses": _clauses,
    "chapters": _chapters, "media": _media,
}  # fmt: skip
