"""One city of the index, and asking its feeds."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from house.access.doors import may
from house.access.routes import OPEN, route
from house.access.viewer import Viewer
from house.atlas.mobility import queries, wording
from house.atlas.mobility.actions.asking_feeds import ask_feeds
from house.atlas.mobility.method.parameters import INDICATORS
from house.atlas.mobility.models import Correction, Edition, FeedReading, IndexCity
from house.atlas.mobility.views.frame import (
    bar_of,
    edition_asked,
    known,
    what_is_asked,
)
from house.ground.errors import Forbidden, Refused

Plain = dict[str, Any]
_SHOWN = (*INDICATORS, "population", "systems", "stations", "vehicles")


@require_safe
@route(OPEN)
def city(request: HttpRequest, slug: str) -> HttpResponse:
    viewer: Viewer = request.viewer
    places = IndexCity.objects.visible_to(viewer).select_related("city")
    place = get_object_or_404(places, slug=slug)
    edition = known(edition_asked(request))
    told = queries.board_of(edition).cities.get(place.code)
    context: Plain = {
        "place": place,
        "country": wording.country(place.country),
        "edition": edition,
        "may_correct": may(viewer, "correct", place),
        "may_curate": viewer.can("atlas.curate"),
        "corrections": Correction.objects.visible_to(viewer).filter(place=place).for_lists()[:50],
    }
    if told is not None:
        context |= _about(request, edition, told, viewer)
    return render(request, "mobility/city.html", context)


def _about(request: HttpRequest, edition: Edition, told: Plain, viewer: Viewer) -> Plain:
    asked, board = what_is_asked(request, edition), queries.board_of(edition)
    standing = queries.standings_of(edition, asked).get(told["code"])
    sources = {each["key"]: each for each in edition.sources}
    near = sorted({code for system in told["systems"] for code in system["with"]} - {told["code"]})
    shared = queries.addresses(near, viewer) if near else {}
    return {
        "asked": asked,
        "standing": standing,
        "range": wording.ranks(standing),
        "count": len(board.ranked),
        "bar": bar_of(standing, len(board.ranked)),
        "apart": queries.apart(edition, told["code"], asked),
        "figures": [_figure(name, told, standing, sources, board.used) for name in _SHOWN],
        "parts": _parts(told),
        "systems": [_system(system, told["code"], shared) for system in told["systems"]],
        "change": told["change"],
        "is_small": (told["figures"]["population"]["value"] or 1e9) < 10_000,
    }


def _figure(
    name: str, told: Plain, standing: Plain | None, sources: dict[str, Plain], used: list[str]
) -> Plain:
    figure = told["figures"][name]
    before = figure.get("corrected")
    return {
        "name": name,
        "label": wording.FIGURES[name],
        "value": wording.number(figure["value"], figure["unit"]),
        "spread": wording.spread(figure),
        "at_least": wording.at_least(figure),
        "why": wording.WHY.get(figure["why"], ""),
        "sources": [sources[key] for key in figure["sources"] if key in sources],
        "on": figure["on"],
        "scale": (standing or {}).get("scales", {}).get(name),
        "is_ranked": name in INDICATORS,
        "is_used": name in used,
        "before": {
            "value": wording.number(before["value"]),
            "sources": [sources[key] for key in before["sources"] if key in sources],
            "on": before["on"],
            "why": wording.WHY.get(before["why"], ""),
        }
        if before
        else None,
        "is_corrected": before is not None,
    }


def _parts(told: Plain) -> list[Plain]:
    parts = told["figures"]["openness"].get("parts") or {}
    return [
        {"label": label, "value": "" if parts.get(name) is None else f"{100 * parts[name]:.0f} %"}
        for name, label in wording.PARTS.items()
    ]


def _system(system: Plain, code: str, shared: dict[str, IndexCity]) -> Plain:
    measure = system["measure"] or {}
    return {
        **system,
        "told": [wording.MODES[mode] for mode in system["modes"]],
        "shared": [shared[each] for each in system["with"] if each in shared],
        "how": wording.HOW[system["how"]],
        "points": wording.number(measure.get("points")),
        "on": measure.get("on", ""),
        "answered": measure.get("answered"),
        "flags": measure.get("flags") or [],
    }


@require_POST
@route("atlas.curate")
def city_ask_feeds(request: HttpRequest, slug: str) -> HttpResponse:
    """The worker asks; what the feed says goes into the next edition."""
    place = get_object_or_404(IndexCity.objects.visible_to(request.viewer), slug=slug)
    system = request.POST.get("system", "")[:120]
    edition = known(queries.newest(request.viewer))
    addresses = queries.feeds(edition)
    if system not in addresses:
        raise Http404
    try:
        ask_feeds(place, system, addresses[system], by=request.viewer)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.remedy}".strip())
    else:
        messages.success(
            request, _("The feed is being asked. Its answer counts from the next edition on.")
        )
    return redirect("mobility:readings")


@require_safe
@route("atlas.curate")
def readings(request: HttpRequest) -> HttpResponse:
    """What the feeds said lately, the newest first."""
    rows = FeedReading.objects.visible_to(request.viewer)[:100]
    return render(request, "mobility/readings.html", {"rows": rows})
