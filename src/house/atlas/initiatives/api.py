"""Initiatives for programs: what the map shows, a page at a time."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from house.access.viewer import Viewer
from house.atlas.initiatives import feed, points
from house.atlas.initiatives.filters import Asked
from house.ground.paging import page_of
from house.partners.calling import Calling

router = Router()


class InitiativeFilters(Schema):
    q: str = ""
    kind: list[str] = []
    city: str = ""
    language: str = ""
    open: str = ""
    bbox: str = ""
    cursor: str = ""


class SourceOut(Schema):
    title: str
    licence: str
    attribution: str


class InitiativeOut(Schema):
    id: str
    url: str
    name: str
    description: str
    language: str
    kinds: list[str]
    languages: list[str]
    latitude: float
    longitude: float
    address: str
    city: str | None
    opening_hours: str
    recurrence: list[dict[str, str]]
    closed: list[str]
    time_zone: str
    website: str
    email: str
    phone: str
    confirmed_on: str | None
    is_demonstration: bool
    source: SourceOut


class InitiativeList(Schema):
    items: list[InitiativeOut]
    next: str | None


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    return viewer


@router.get("", response=InitiativeList, operation_id="initiatives_list", auth=Calling())
def initiatives(request: HttpRequest, asked: Query[InitiativeFilters]) -> dict[str, Any]:
    """What the map shows, by name. `q` are words of the name, `kind` may be said several times.

    `bbox` is west,south,east,north, `open` is 1 for open now.
    """
    rows = Asked.of(request.GET).narrow(points.shown(_viewer(request))).for_list()
    return page_of(rows, asked.cursor, feed.card)


@router.get("/{code}", response=InitiativeOut, operation_id="initiatives_one", auth=Calling())
def initiative(request: HttpRequest, code: str) -> dict[str, Any]:
    """One initiative with its opening, its source and the terms of it."""
    return feed.card(get_object_or_404(points.shown(_viewer(request)).for_cards(), code=code))
