"""The atlas opens its parts: each is a room of its own, and stands here once its first page exists."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route


@dataclass(frozen=True, slots=True)
class Part:
    label: str | Promise
    url_name: str
    icon: str
    told: str | Promise
    action: str | Promise

    @property
    def url(self) -> str:
        """Empty until the part has a page."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


PARTS = (
    Part(
        _("Map of sharing initiatives"),
        "initiatives:map",
        "pin",
        _(
            "Repair cafés, tool libraries, community gardens, bookcases in the street: where people share, "
            "when it is open, and when somebody last said that it is still true."
        ),
        _("Open the map"),
    ),
    Part(
        _("Shared-mobility index"),
        "mobility:index",
        "visit",
        _(
            "Bicycles, scooters and cars that cities share, compared from open data: ranges instead of false "
            "precision, and a source behind every value."
        ),
        _("See the index"),
    ),
    Part(
        _("Rules, clause by clause"),
        "clauses:compare",
        "policy",
        _(
            "What cities wrote into their rules for rentals, bicycles, rides and platform work, side by "
            "side, with the official text behind each clause."
        ),
        _("Compare rules"),
    ),
)


@require_safe
@route(OPEN)
def atlas(request: HttpRequest) -> HttpResponse:
    return render(request, "front/atlas.html", {"parts": [part for part in PARTS if part.url]})
