"""Rules of cities for programs: what each caller's door shows."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from house.access.viewer import Viewer
from house.atlas.clauses import queries
from house.atlas.clauses.models import Clause
from house.atlas.clauses.words import said
from house.ground.paging import page_of
from house.partners.calling import Calling

router = Router()


class ClauseFilters(Schema):
    field: str = ""
    city: str = ""
    type: str = ""
    cursor: str = ""


class ClauseOut(Schema):
    id: str
    url: str
    city: str
    field: str
    type: str
    question: str
    answer: str
    words: str
    value: float | None
    unit: str
    date: str | None
    note: str
    valid_from: str | None
    valid_until: str | None
    quote: str
    quote_language: str
    source_title: str
    source_url: str
    entry_url: str
    version: int
    checked_on: str | None
    changed_at: str
    is_demonstration: bool


class ClauseList(Schema):
    items: list[ClauseOut]
    next: str | None


def card(found: Clause) -> dict[str, Any]:
    told = found.current
    assert told is not None  # noqa: S101 -- a database constraint, told to mypy
    day = {name: getattr(told, name) for name in ("day", "valid_from", "valid_until")}
    days = {name: value.isoformat() if value else None for name, value in day.items()}
    return {
        "id": found.code,
        "url": found.get_absolute_url(),
        "city": found.city.slug,
        "field": found.field,
        "type": found.type,
        "question": str(found.kind.question),
        "answer": told.answer,
        "words": said(told),
        "value": float(told.value) if told.value is not None else None,
        "unit": told.unit,
        "date": days["day"],
        "note": told.note,
        "valid_from": days["valid_from"],
        "valid_until": days["valid_until"],
        "quote": told.quote,
        "quote_language": told.quote_language,
        "source_title": told.source_title,
        "source_url": told.source_url,
        "entry_url": told.entry_url,
        "version": told.number,
        "checked_on": found.checked_on.isoformat() if found.checked_on else None,
        "changed_at": found.changed_at.isoformat(),
        "is_demonstration": found.is_demonstration,
    }


@router.get(
    "", response=ClauseList, operation_id="clauses_clauses", auth=Calling(), url_name="clauses"
)
def clauses(request: HttpRequest, asked: Query[ClauseFilters]) -> dict[str, Any]:
    """What cities' rules say, question by question. What is not listed is unknown, not a no."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    found = queries.published(viewer, field=asked.field, city=asked.city, type=asked.type)
    return page_of(found, asked.cursor, card)
