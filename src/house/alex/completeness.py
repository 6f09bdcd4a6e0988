"""What still keeps a text from being submitted, each as one sentence for its field."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from house.access.audience import Audience
from house.access.candour import Candour
from house.alex.content import Content, day, is_empty
from house.alex.kinds import CLAUSE_TYPES, KINDS, Field
from house.alex.models.entry import Outcome
from house.ground.html import safe_url

Problems = dict[str, str]
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_LONGEST = {
    "title": 300, "described_as": 120, "owner_role": 160, "licence": 200, "language": 12, "summary": 2000,
}  # fmt: skip


def problems(kind: str, content: Content) -> Problems:
    """Field key → what is missing or wrong. Empty when the text may be submitted."""
    found = _of_common(content) | _of_settings(content)
    for field in KINDS[kind].fields:
        if problem := _of_field(field, content["fields"].get(field.key)):
            found[field.key] = problem
    return found


def _of_common(content: Content) -> Problems:
    found: Problems = {}
    for key, sentence in (
        ("title", _("Give it a title.")),
        ("summary", _("Say in two or three sentences what it is about.")),
        ("topics", _("Choose at least one topic.")),
    ):
        if not content[key]:
            found[key] = sentence
    for key, limit in _LONGEST.items():
        if len(content[key]) > limit:
            found[key] = _("This is longer than %(limit)d characters.") % {"limit": limit}
    if content["outcome"] and content["outcome"] not in Outcome.values:
        found["outcome"] = _("Choose one of the outcomes.")
    elif content["outcome"] and not content["outcome_why"]:
        found["outcome_why"] = _("Say in a sentence or two why it came out so.")
    if any(row["url"] and not safe_url(row["url"]) for row in content["sources"]):
        found["sources"] = _("A source's address must begin with http:// or https://.")
    return found | _of_period(content)


def _of_period(content: Content) -> Problems:
    found: Problems = {}
    days: dict[str, datetime.date | None] = {}
    for key in ("period_from", "period_until"):
        try:
            days[key] = day(content[key], last=key == "period_until")
        except ValueError:
            found[key] = _not_a_date()
    begin, end = days.get("period_from"), days.get("period_until")
    if begin and end and end < begin:
        found["period_until"] = _("It ends before it begins.")
    return found


def _of_settings(content: Content) -> Problems:
    found: Problems = {}
    match content["audience"]:
        case Audience.CITY if not content["city"]:
            found["audience"] = _("Choose the city that may read this.")
        case Audience.CIRCLE if not content["circle"]:
            found["audience"] = _("Choose the circle that may read this.")
        case Audience.PRIVATE:
            found["audience"] = _("Only you can read this. Choose readers before you hand it in.")
        case audience if audience not in Audience.values:
            found["audience"] = _("Choose who may read this.")
    if content["candour"] not in Candour.values:
        found["candour"] = _("Choose how you are named.")
    elif content["candour"] == Candour.DESCRIBED and not content["described_as"]:
        found["described_as"] = _("Describe your city, such as “a mid-size European port city”.")
    return found


def _of_field(field: Field, value: Any) -> str:
    if is_empty(value):
        return _("This is needed: %(label)s.") % {"label": field.label} if field.required else ""
    check = _CHECKS.get(field.type)
    if check and (problem := check(value)):
        return problem
    if field.type == "choice" and value not in dict(field.choices):
        return _("Choose one of the answers.")
    if field.key == "doi" and not _DOI.fullmatch(value):
        return _("A DOI looks like 10.1000/182.")
    return ""


def _not_a_date() -> str:
    return _("Write a date as 2019-04-30, 2019-04 or 2019.")


def _date(value: str) -> str:
    try:
        day(value)
    except ValueError:
        return _not_a_date()
    return ""


def _year(value: str) -> str:
    return "" if re.fullmatch(r"[12]\d{3}", value) else _("Write the year with four digits.")


def _url(value: str) -> str:
    return "" if safe_url(value) else _("An address must begin with http:// or https://.")


def _media(value: dict[str, str]) -> str:
    return _url(value["url"]) if "url" in value else ""


def _clauses(value: list[dict[str, str]]) -> str:
    known = dict(CLAUSE_TYPES)
    return "" if all(row["type"] in known for row in value) else _("Choose what each clause is.")


def _chapters(value: list[dict[str, Any]]) -> str:
    if all(isinstance(row["start"], int | float) and row["title"] for row in value):
        return ""
    return _("Each chapter needs a title and a time such as 1:02:03.")


_CHECKS: dict[str, Callable[[Any], str]] = {
    "date": _date, "year": _year, "url": _url, "link": lambda value: _url(value["url"]),
    "media": _media, "clauses": _clauses, "chapters": _chapters,
}  # fmt: skip
