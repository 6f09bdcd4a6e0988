"""The shared-mobility index for programs: every figure with its source, date and licence."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from house.access.viewer import Viewer
from house.atlas.mobility import outgoing, queries
from house.atlas.mobility.asking import asked_of
from house.atlas.mobility.models import Edition, IndexCity
from house.ground.limits import spend
from house.ground.paging import page_of
from house.partners.calling import Calling, limit_key

router = Router()


class IndexFilters(Schema):
    """`w_supply` … are weights from 0 to 10; left out, those of the edition."""

    edition: str = ""
    country: str = ""
    mode: str = ""
    size: str = ""
    q: str = ""
    alliance: str = ""
    sort: str = ""
    w_supply: str = ""
    w_modes: str = ""
    w_operators: str = ""
    w_openness: str = ""
    cursor: str = ""


class RankRange(Schema):
    low: int
    middle: int
    high: int
    group: int


class IndexCityOut(Schema):
    """`figures`: name → value, low, high, unit, sources (keys of the edition's), on, why (it is missing)."""

    id: str
    url: str
    code: str
    name: str
    country: str
    alliance_city: str | None
    rank: RankRange | None
    figures: dict[str, Any]
    kinds: list[str]
    change: dict[str, Any] | None
    edition: str


class IndexList(Schema):
    items: list[IndexCityOut]
    next: str | None


class EditionOut(Schema):
    edition: str
    as_of: str
    method: str
    parameters: dict[str, Any]
    weights: dict[str, int]
    used: list[str]
    counts: dict[str, int]
    inputs_sha256: str
    result_sha256: str
    sources: list[dict[str, Any]]


class EditionList(Schema):
    items: list[EditionOut]
    next: str | None


def _edition(viewer: Viewer, code: str) -> Edition:
    if code:
        found: Edition = get_object_or_404(
            Edition.objects.visible_to(viewer).for_lists(), code=code
        )
        return found
    newest = queries.newest(viewer)
    if newest is None:
        raise Http404
    return newest


@router.get("", response=IndexList, operation_id="mobility_index", auth=Calling())
def mobility_index(request: HttpRequest, asked: Query[IndexFilters]) -> dict[str, Any]:
    """Cities by rank range, 20 a page. What nobody knows is null and says why; it is not zero."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    edition = _edition(viewer, asked.edition)
    wanted = asked_of(asked.dict(), own=edition.parameters["weights"])
    if wanted.weights:
        spend("mobility-weights", limit_key(request), limit=60)
    found = queries.found_in(edition, wanted)
    page = page_of(found, asked.cursor, lambda row: {"row": row})
    rows = [each["row"] for each in page["items"]]
    addresses = queries.addresses([city["code"] for city, _standing in rows], viewer)
    items = [
        outgoing.card(city, standing, addresses[city["code"]], edition) for city, standing in rows
    ]
    return {"items": items, "next": page["next"]}


@router.get(
    "/editions", response=EditionList, operation_id="mobility_index_editions", auth=Calling()
)
def mobility_editions(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """What went into each edition, by digest, and what came out."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    rows = Edition.objects.visible_to(viewer).for_lists()
    return page_of(rows, cursor, _told)


def _told(edition: Edition) -> dict[str, Any]:
    return outgoing.about(edition, asked_of({}, own=edition.parameters["weights"]))


@router.get("/{slug}", response=IndexCityOut, operation_id="mobility_index_city", auth=Calling())
def mobility_city(request: HttpRequest, slug: str, edition: str = "") -> dict[str, Any]:
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    place = get_object_or_404(IndexCity.objects.visible_to(viewer), slug=slug)
    found = _edition(viewer, edition)
    city = queries.board_of(found).cities.get(place.code)
    if city is None:
        raise Http404
    standing = city if city["rank"] is not None else None
    return outgoing.card(city, standing, place, found)
