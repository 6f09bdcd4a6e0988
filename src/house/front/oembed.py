"""oEmbed: how a page elsewhere asks for a card of ours. Only of what everybody sees; fetches nothing."""

from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.access.viewer import VISITOR
from house.ground.text import clean
from house.showcase.models import Showcase
from house.showcase.queries import shown

WIDTH, HEIGHT = 420, 440
_LONGEST = 1000  # a title of eighty letters in Hangul is nine times as long in an address


@require_safe
@route(OPEN)
def oembed(request: HttpRequest) -> HttpResponse:
    """`url` is the address of a showcase of this house, `format` json or xml, `maxwidth` in points."""
    form = request.GET.get("format", "json")
    if form not in {"json", "xml"}:
        return HttpResponse(status=501, content_type="text/plain")
    told = told_of(_showcase_at(request.GET.get("url", "")), request)
    response: HttpResponse = (
        JsonResponse(told)
        if form == "json"
        else HttpResponse(_xml(told), content_type="text/xml; charset=utf-8")
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _showcase_at(url: str) -> Showcase:
    """Raises `Http404` for what is not ours, not public, or no longer there."""
    try:
        parts = urlsplit(url[:_LONGEST])
        ours = urlsplit(settings.BASE_URL)
        found = resolve(clean(unquote(parts.path))) if parts.netloc == ours.netloc else None
    except (ValueError, Resolver404):
        raise Http404 from None
    if found is None or found.view_name not in {"showcase:showcase", "showcase:embed"}:
        raise Http404
    showcase: Showcase | None = shown(VISITOR).filter(slug=found.kwargs["slug"]).first()
    if showcase is None:
        raise Http404
    return showcase


def told_of(showcase: Showcase, request: HttpRequest) -> dict[str, Any]:
    def most(name: str, ours: int) -> int:
        asked = request.GET.get(name, "")
        return min(ours, max(200, int(asked))) if asked.isdecimal() and len(asked) < 6 else ours

    width, height = most("maxwidth", WIDTH), most("maxheight", HEIGHT)
    base = settings.BASE_URL
    return {
        "version": "1.0",
        "type": "rich",
        "title": showcase.title,
        "author_name": showcase.city.name,
        "author_url": base + showcase.city.get_absolute_url(),
        "provider_name": "Digital House of the Sharing Cities Alliance",
        "provider_url": base,
        "cache_age": 300,
        "width": width,
        "height": height,
        "thumbnail_url": base + reverse("front:card", args=["showcase", showcase.slug]),
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "html": format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
            'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>',
            base + reverse("showcase:embed", args=[showcase.slug]), showcase.title, width, height,
        ),
    }  # fmt: skip


def _xml(told: dict[str, Any]) -> str:
    rows = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in told.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>{rows}</oembed>'
