"""What a city may count on, for programs: its balances, and asking for a unit."""

import uuid
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Header, Router
from ninja.responses import Status

from house.access.routes import SIGNED_IN
from house.access.viewer import Viewer
from house.api import schemas
from house.ground.errors import Refused
from house.ground.paging import page_of
from house.partners import ledger
from house.partners.calling import Calling
from house.partners.ledger.holds import require_use
from house.partners.models import Benefit
from house.vocabulary.models import City

router = Router()


class AskingFor(Calling):
    """Judges by the benefit of the address, before the body is read: 404, then 403, then 422."""

    def __init__(self) -> None:
        super().__init__(SIGNED_IN)

    def __call__(self, request: HttpRequest) -> Viewer:
        viewer = super().__call__(request)
        match = request.resolver_match
        code = match.kwargs["code"] if match else ""
        benefit = get_object_or_404(Benefit.objects.visible_to(viewer), code=code)
        require_use(viewer, next(iter(viewer.city_ids), ""), benefit)
        return viewer


@router.get(
    "",
    response=schemas.BenefitList,
    operation_id="house_benefits",
    auth=Calling("partnership.read"),
)
def benefits(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """What the caller's cities hold in the periods that run now."""
    return page_of(benefits_of(request.auth), cursor, dict, size=100)  # type: ignore[attr-defined]


def benefits_of(viewer: Viewer) -> list[dict[str, Any]]:
    """The balances of the viewer's cities; none for who may not read them."""
    if not viewer.can("partnership.read") or not viewer.city_ids:
        return []
    by_city = ledger.balances_of(sorted(viewer.city_ids))
    cities = City.objects.visible_to(viewer).in_bulk(by_city)
    return [
        {
            "benefit": balance.benefit.pk,
            "name": balance.benefit.name,
            "city": cities[code],
            "period": str(balance.period),
            "granted": balance.granted,
            "held": balance.held,
            "used": balance.used,
            "left": balance.left,
        }
        for code in sorted(by_city)
        for balance in by_city[code]
    ]


@router.post(
    "/{code}/holds", response={201: schemas.HoldOut}, operation_id="house_hold", auth=AskingFor()
)
def hold(
    request: HttpRequest,
    code: str,
    body: schemas.HoldIn,
    idempotency_key: Annotated[str, Header(max_length=100)] = "",
) -> Status[dict[str, Any]]:
    """Ask the foundation for a unit of a benefit. It is kept until the foundation uses it or gives it back.

    The same `Idempotency-Key` asks once, however often it is sent.
    """
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    benefit = get_object_or_404(Benefit.objects.visible_to(viewer), code=code)
    kept = ledger.hold(
        _city(viewer, body.city),
        benefit,
        key=idempotency_key or uuid.uuid4().hex,
        by=viewer,
        what_for=body.what_for,
    )
    return Status(
        201,
        {
            "code": kept.code,
            "benefit": code,
            "city": kept.account.city,
            "state": kept.state,
            "what_for": kept.what_for,
            "left": kept.account.left,
        },
    )


def _city(viewer: Viewer, slug: str) -> City:
    """The one that was named, else the caller's only one. Who keeps the ledger may name any."""
    cities = City.objects.visible_to(viewer)
    if not viewer.can("office.ledger"):
        cities = cities.filter(pk__in=viewer.city_ids)
    if slug:
        return get_object_or_404(cities, slug=slug)
    if len(viewer.city_ids) != 1:
        raise Refused("Say for which city: you have a seat in several.", remedy='Send "city".')
    return cities.get(pk__in=viewer.city_ids)
