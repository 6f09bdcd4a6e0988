"""What several pages of the index share."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from house.access.viewer import Viewer
from house.atlas.mobility import queries, wording
from house.atlas.mobility.asking import Asked, asked_of
from house.atlas.mobility.method.parameters import INDICATORS, MOST
from house.atlas.mobility.models import Edition
from house.ground.limits import address_of, spend

Plain = dict[str, Any]


def edition_asked(request: HttpRequest) -> Edition | None:
    """The one that the address names, else the newest; None in a house without any."""
    viewer: Viewer = request.viewer
    code = request.GET.get("edition", "")
    if not code:
        return queries.newest(viewer)
    found: Edition = get_object_or_404(Edition.objects.visible_to(viewer).for_lists(), code=code)
    return found


def what_is_asked(request: HttpRequest, edition: Edition) -> Asked:
    """Ranking anew costs a moment of the processor: so many a minute from one address."""
    asked = asked_of(request.GET, own=edition.parameters["weights"])
    if asked.weights:
        spend("mobility-weights", address_of(request), limit=60)
    return asked


def known(edition: Edition | None) -> Edition:
    if edition is None:
        raise Http404
    return edition


@dataclass(frozen=True, slots=True)
class Bar:
    """A range of ranks on a line of 100 parts, for an SVG without style."""

    x: float
    width: float
    middle: float


def bar_of(standing: Plain | None, count: int) -> Bar | None:
    """The line goes from the first rank to the one of `count`."""
    if standing is None:
        return None
    scale = 100 / max(count, 1)
    return Bar(
        round((standing["low"] - 1) * scale, 2),
        max(0.8, round((standing["high"] - standing["low"] + 1) * scale, 2)),
        round((standing["rank"] - 0.5) * scale, 2),
    )


def sliders(asked: Asked, edition: Edition) -> list[Plain]:
    weights = asked.weighted(edition.parameters["weights"])
    used = queries.board_of(edition).used
    return [
        {
            "name": name,
            "label": wording.SHORT[name],
            "meant": wording.MEANT[name],
            "value": weights[name],
            "own": edition.parameters["weights"][name],
            "most": MOST,
            "is_used": name in used,
        }
        for name in INDICATORS
    ]
