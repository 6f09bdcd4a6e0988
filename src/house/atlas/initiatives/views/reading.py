"""The map, its list, one initiative; and the same for other sites and for programs."""

import datetime
from functools import partial
from http import HTTPStatus
from itertools import islice
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.access.viewer import VISITOR, Viewer
from house.atlas.initiatives import feed, picture, points, taxonomy
from house.atlas.initiatives.filters import Asked
from house.atlas.initiatives.models import Initiative, Layer
from house.atlas.initiatives.opening import windows
from house.ground.htmx import render_part
from house.ground.jsonld import in_script
from house.ground.limits import address_of, spend
from house.ground.text import number_in
from house.vocabulary.languages import name_of
from house.vocabulary.models import City

PAGE = 20
PRINTED = 500  # rows of a list for paper
AT_ONCE = 30  # initiatives told of one spot
NEXT = 5  # openings on a page


@require_safe
@route(OPEN)
def map_page(request: HttpRequest) -> HttpResponse:
    """The list and the map of the same things: each filter narrows both."""
    asked = Asked.of(request.GET)
    return render_part(request, "initiatives/map.html", _context(request, asked), part="results")


def _context(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    viewer: Viewer = request.viewer
    rows = asked.narrow(points.shown(viewer)).for_list()
    size = PRINTED if request.GET.get("all") == "1" else PAGE
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    return {
        "asked": asked,
        "page": page,
        "now": timezone.now(),
        "rows": list(page.object_list),
        "layers": {row.layer for row in page.object_list},
        # A swap of the list alone never counts what there is to choose.
        "choices": partial(choices, viewer, asked),
        "may_curate": viewer.can("atlas.curate"),
        "picture": _with(reverse("initiatives:picture"), asked.query),
        "geojson": _with(reverse("initiatives:geojson"), asked.query),
        "tiles": settings.TILES_URL,
        "tiles_attribution": settings.TILES_ATTRIBUTION,
    }


def _with(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address


def choices(viewer: Viewer, asked: Asked) -> dict[str, Any]:
    """What may be chosen, with how many there are of each."""
    counted = points.choices_of(viewer)
    kinds = [
        (
            group,
            [
                (name, label, counted["kinds"][name], name in asked.kinds)
                for name, label in members
                if name in counted["kinds"]
            ],
        )
        for group, members in taxonomy.choices()
    ]
    return {
        "kinds": [(group, members) for group, members in kinds if members],
        "cities": [(*city, city[0] == asked.city) for city in counted["cities"]],
        "languages": sorted(
            (tag, name_of(tag), count, tag == asked.language) for tag, count in counted["languages"]
        ),
    }


@require_safe
@route(OPEN)
def initiative(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Initiative.objects.visible_to(request.viewer).for_cards(), code=code)
    now = timezone.now()
    is_public = Initiative.objects.visible_to(VISITOR).filter(pk=found.pk).exists()
    context = {
        "one": found,
        "kinds": [(kind, taxonomy.label_of(kind)) for kind in found.kind_list],
        "spoken": [name_of(tag) for tag in found.language_list],
        "openings": list(islice(windows.windows(found.facts(), found.time_zone, now), NEXT)),
        "understands": not found.has_hours or windows.can_tell(found.facts()),
        "is_open": found.is_open_at(now),
        "always": found.opening_hours == "24/7",
        "is_old": _is_old(found, now),
        "may_edit": request.viewer.can("atlas.curate"),
        "jsonld": in_script(feed.schema_org(found)) if is_public else "",
    }
    return render(request, "initiatives/initiative.html", context)


def _is_old(found: Initiative, now: datetime.datetime) -> bool:
    """Nobody has confirmed it for more than a year."""
    last = found.confirmed_on or found.made_at.date()
    return (now.date() - last).days > 400


@require_safe
@route(OPEN)
def points_file(request: HttpRequest) -> HttpResponseBase:
    """Every point as numbers (see `points`): compressed once, the same for everybody who sees the same."""
    made = points.points_of(request.viewer)
    tag = f'"{made.stamp}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        wanted = request.headers.get("Accept-Encoding", "")
        body, coding = made.plain, "identity"
        if "br" in wanted:
            body, coding = made.brotli, "br"
        elif "gzip" in wanted:
            body, coding = made.gzip, "gzip"
        response = HttpResponse(body, content_type="application/octet-stream")
        response.headers["Content-Encoding"] = coding
    response.headers["ETag"] = tag
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    response.headers["Cache-Control"] = "private, max-age=60"
    return response


@require_safe
@route(OPEN)
def at(request: HttpRequest) -> HttpResponse:
    """What stands at a spot of the map, by the numbers of the points; through the door like a list."""
    asked = request.GET.get("n", "").split(",")[:AT_ONCE]
    numbers = [number for n in asked if (number := number_in(n)) is not None]
    rows = points.shown(request.viewer).filter(pk__in=numbers)
    now = timezone.now()
    items = [
        {
            "name": row.name,
            "url": row.get_absolute_url(),
            "language": row.language,
            "kinds": ", ".join(taxonomy.label_of(kind) for kind in row.kind_list),
            "address": row.address,
            "open": _("open now") if row.is_open_at(now) else "",
        }
        for row in rows.for_list()
    ]
    return JsonResponse({"items": items})


@require_safe
@route(OPEN)
def named(request: HttpRequest) -> HttpResponse:
    """Which points bear a name with these words: the points themselves hold none."""
    asked = Asked.of(request.GET)
    rows = points.shown(request.viewer).named(asked.name).order_by("pk")
    return JsonResponse({"ids": list(rows.values_list("pk", flat=True)) if asked.name else []})


@require_safe
@route(OPEN)
def map_picture(request: HttpRequest) -> HttpResponse:
    spend("map-picture", address_of(request), limit=60)
    asked = Asked.of(request.GET)
    rows = asked.narrow(points.shown(request.viewer)).order_by()
    if only := request.GET.get("only", ""):
        rows = rows.filter(code=only)
    spots = list(rows.values_list("longitude", "latitude"))
    label = escape(_("Map of %(count)s initiatives") % {"count": len(spots)})
    drawn = picture.draw(spots, asked.bbox, label=label)
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@route(OPEN)
def embed(request: HttpRequest) -> HttpResponse:
    """For a city's own website: what everybody sees, whoever looks; no session, so no cookie."""
    asked = Asked.of(request.GET)
    rows = asked.narrow(points.shown(VISITOR)).for_list()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    city = City.objects.visible_to(VISITOR).filter(slug=asked.city).first() if asked.city else None
    context = {
        "asked": asked,
        "page": page,
        "rows": list(page.object_list),
        "layers": {row.layer for row in page.object_list},
        "city": city,
        "choices": choices(VISITOR, asked),
        "now": timezone.now(),
        "picture": _with(reverse("initiatives:picture"), asked.query),
        "whole": settings.BASE_URL + _with(reverse("initiatives:map"), asked.query),
        "tiles": settings.TILES_URL,
        "tiles_attribution": settings.TILES_ATTRIBUTION,
        "LANGUAGE_CODE": getattr(request, "LANGUAGE_CODE", "en"),
    }
    return HttpResponse(render_to_string("initiatives/embed.html", context))


@require_safe
@route(OPEN)
def geojson(request: HttpRequest) -> HttpResponseBase:
    """All that everybody sees, for programs anywhere: nobody's cookie makes it more."""
    spend("map-geojson", address_of(request), limit=20)
    rows = Asked.of(request.GET).narrow(points.shown(VISITOR)).for_cards().order_by("pk")
    layers = Layer.objects.visible_to(VISITOR).order_by("pk")
    response = StreamingHttpResponse(
        feed.geojson(rows.iterator(chunk_size=1000), list(layers)),
        content_type="application/geo+json",
    )
    response.headers["Content-Disposition"] = 'inline; filename="initiatives.geojson"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@route(OPEN)
def kind_list(request: HttpRequest) -> HttpResponse:
    """The taxonomy, for people."""
    groups = [
        (group, [kind for kind in taxonomy.kinds().values() if kind.broader == group.notation])
        for group in taxonomy.groups().values()
    ]
    return render(request, "initiatives/kinds.html", {"groups": groups, "osm": taxonomy.OSM})


@require_safe
@route(OPEN)
def kind_scheme(request: HttpRequest) -> HttpResponse:
    """The taxonomy, for programs: SKOS as JSON-LD."""
    base = settings.BASE_URL + reverse("initiatives:kind_list")
    return JsonResponse(
        taxonomy.skos(base),
        content_type="application/ld+json",
        status=HTTPStatus.OK,
        json_dumps_params={"ensure_ascii": False},
    )
