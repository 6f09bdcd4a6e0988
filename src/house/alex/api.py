"""Entries for programs. A list and one entry, each as the page shows it; drafts never."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from house.access.viewer import Viewer
from house.alex.models.entry import Entry, EntryQuerySet
from house.alex.models.version import Version
from house.ground.paging import page_of
from house.partners.calling import Calling

router = Router()


class EntryFilters(Schema):
    kind: str = ""
    topic: str = ""
    city: str = ""
    outcome: str = ""
    language: str = ""
    cursor: str = ""


class CityRef(Schema):
    code: str
    slug: str
    name: str


class CreditOut(Schema):
    name: str
    city: str


class EntryOut(Schema):
    id: str
    slug: str
    url: str
    kind: str
    state: str
    title: str
    summary: str
    language: str
    outcome: str
    city: CityRef | None
    topics: list[str]
    audience: str
    licence: str
    is_best_practice: bool
    is_demonstration: bool
    published_at: str | None


class EntryDetailOut(EntryOut):
    version: int
    fields: dict[str, Any]
    sections: list[dict[str, Any]]
    outcome_why: str
    outcome_evidence: str
    places: list[str]
    period_from: str | None
    period_until: str | None
    sources: list[dict[str, Any]]
    credit: CreditOut


class EntryList(Schema):
    items: list[EntryOut]
    next: str | None


def shown(viewer: Viewer) -> EntryQuerySet:
    return Entry.objects.visible_to(viewer).published().for_cards()


@router.get("", response=EntryList, operation_id="alex_entries", auth=Calling())
def entries(request: HttpRequest, asked: Query[EntryFilters]) -> dict[str, Any]:
    """Published entries that the caller may read, newest first."""
    found = shown(request.auth)  # type: ignore[attr-defined] -- set by ninja
    wanted = {"kind": asked.kind, "topics": asked.topic, "shown_city__slug": asked.city,
              "outcome": asked.outcome, "language": asked.language}  # fmt: skip
    found = found.filter(**{column: value for column, value in wanted.items() if value})
    return page_of(found, asked.cursor, card)


@router.get("/{slug}", response=EntryDetailOut, operation_id="alex_entry", auth=Calling())
def entry(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One entry with everything its current version says."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    found = get_object_or_404(shown(viewer).for_page(), slug=slug)
    version = get_object_or_404(Version.objects.visible_to(viewer), pk=found.current_id)
    credit = found.credit()
    return {
        **card(found),
        "version": version.number,
        "fields": version.fields,
        "sections": version.sections,
        "outcome_why": version.outcome_why,
        "outcome_evidence": version.outcome_evidence,
        "places": version.places,
        "period_from": version.period_from and version.period_from.isoformat(),
        "period_until": version.period_until and version.period_until.isoformat(),
        "sources": version.sources,
        "credit": {"name": credit.name, "city": credit.city},
    }


def card(found: Entry) -> dict[str, Any]:
    return {
        "id": found.code,
        "slug": found.slug,
        "url": found.get_absolute_url(),
        "kind": found.kind,
        "state": found.state,
        "title": found.title,
        "summary": found.summary,
        "language": found.language,
        "outcome": found.outcome,
        # Never `city`: that is the truth for the door; this is what may be told.
        "city": found.shown_city,
        "topics": [topic.pk for topic in found.topics.all()],
        "audience": found.audience,
        "licence": found.licence,
        "is_best_practice": found.is_best_practice,
        "is_demonstration": found.is_demonstration,
        "published_at": found.published_at and found.published_at.isoformat(),
    }
