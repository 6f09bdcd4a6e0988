"""The index itself: its table, and the same as a file."""

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.access.viewer import Viewer
from house.atlas.mobility import outgoing, queries, wording
from house.atlas.mobility.asking import SIZES, SORTS, Asked
from house.atlas.mobility.method.parameters import INDICATORS
from house.atlas.mobility.models import Edition
from house.atlas.mobility.views.frame import (
    bar_of,
    edition_asked,
    known,
    sliders,
    what_is_asked,
)
from house.ground.htmx import render_part
from house.ground.tables import table_response

Plain = dict[str, Any]
SIZE = 25


@require_safe
@route(OPEN)
def index(request: HttpRequest) -> HttpResponse:
    edition = edition_asked(request)
    context: Plain = {"edition": edition, "may_curate": request.viewer.can("atlas.curate")}
    if edition is not None:
        context |= _table(request, edition)
    return render_part(request, "mobility/index.html", context, part="results")


def _table(request: HttpRequest, edition: Edition) -> Plain:
    viewer: Viewer = request.viewer
    asked, board = what_is_asked(request, edition), queries.board_of(edition)
    page = Paginator(queries.found_in(edition, asked), SIZE).get_page(request.GET.get("page"))
    addresses = queries.addresses([city["code"] for city, _standing in page], viewer)
    # The lines of a page go as far as its ranks do, or the best would all be dots.
    last = max((standing["high"] for _city, standing in page if standing), default=1)
    return {
        "page": page,
        "rows": _rows(page.object_list, addresses, last, asked),
        "last": last,
        "asked": asked,
        "board": board,
        "count": len(board.ranked),
        "sliders": sliders(asked, edition),
        "countries": sorted(
            ((code, wording.country(code), n) for code, n in board.countries.items()),
            key=lambda row: row[1],
        ),
        "modes": [
            (mode, label, board.modes[mode])
            for mode, label in wording.MODES.items()
            if board.modes[mode]
        ],
        "sizes": list(SIZES.items()),
        "sorts": [(name, _heads()[name]) for name in SORTS],
        "left": edition.counts["systems"] - edition.counts["placed"],
    }


def _heads() -> dict[str, str]:
    return {
        "rank": _("Rank, between"),
        "name": _("City"),
        **{name: str(wording.SHORT[name]) for name in INDICATORS},
    }


def _rows(found: Any, addresses: dict[str, Any], count: int, asked: Asked) -> list[Plain]:
    rows: list[Plain] = []
    group = 0
    for city, standing in found:
        now = standing["group"] if standing else 0
        rows.append(
            {
                "city": addresses[city["code"]],
                "country": wording.country(city["country"]),
                "standing": standing,
                "range": wording.ranks(standing),
                "bar": bar_of(standing, count),
                "cells": [_cell(name, city) for name in INDICATORS],
                "modes": [wording.MODES[m] for m in wording.MODES if m in queries.modes_of(city)],
                "is_alliance": bool(city["city"]),
                "change": city["change"],
                # A line is drawn where ranks can be told apart, in the order of ranks alone.
                "begins": now if asked.sort == "rank" and group and now > group else 0,
            }
        )
        group = now
    return rows


def _cell(name: str, city: Plain) -> Plain:
    figure = city["figures"][name]
    return {
        "name": name,
        "label": wording.SHORT[name],
        "value": wording.number(figure["value"], figure["unit"]),
        "is_at_least": bool(wording.at_least(figure))
        or bool((figure.get("parts") or {}).get("unknown")),
        "why": wording.WHY.get(figure["why"], ""),
        "is_corrected": figure.get("corrected") is not None,
    }


@require_safe
@route(OPEN)
def index_csv(request: HttpRequest) -> HttpResponse:
    edition = known(edition_asked(request))
    asked = what_is_asked(request, edition)
    rows = outgoing.table(edition, asked, request.viewer)
    return table_response("csv", f"shared-mobility-{edition.code}", outgoing.HEAD, rows)


@require_safe
@route(OPEN)
def index_json(request: HttpRequest) -> HttpResponse:
    edition = known(edition_asked(request))
    told = outgoing.document(edition, what_is_asked(request, edition), request)
    response = HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json"
    )
    name = f"shared-mobility-{edition.code}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
