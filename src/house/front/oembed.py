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
from house.ground.text import clean, number_in
from house.showcase.models import Showcase
from house.showcase.queries import shown

WIDTH, HEIGHT = 420, 440
LEAST = 200  # points, in which the words of a card still stand
THUMBNAIL = 1200, 630
_LONGEST = 1000  # a title of eighty letters in Hangul is nine times as long in an address


@require_safe
@route(OPEN)
def oembed(request: HttpRequest) -> HttpResponse:
    """`url` is the address of a showcase of this house, `format` json or xml; `maxwidth` and `maxheight`.

    Nothing that is told is larger than was asked: where a card would break, the answer is a link.
    """
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
    most = _most(request, "maxwidth"), _most(request, "maxheight")
    base = settings.BASE_URL
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": showcase.title,
        "author_name": showcase.city.name,
        "author_url": base + showcase.city.get_absolute_url(),
        "provider_name": "Digital House of the Sharing Cities Alliance",
        "provider_url": base,
        "cache_age": 300,
    }
    if all(ours <= there for ours, there in zip(THUMBNAIL, most, strict=True)):
        told["thumbnail_url"] = base + reverse("front:card", args=["showcase", showcase.slug])
        told["thumbnail_width"], told["thumbnail_height"] = THUMBNAIL
    if min(most) >= LEAST:
        told |= _card(showcase, min(WIDTH, most[0]), min(HEIGHT, most[1]))
    return told


def _most(request: HttpRequest, name: str) -> int:
    """As much as there is, where nothing sensible is asked."""
    asked = number_in(request.GET.get(name, ""))
    return 99_999 if asked is None else asked


def _card(showcase: Showcase, width: int, height: int) -> dict[str, Any]:
    src = settings.BASE_URL + reverse("showcase:embed", args=[showcase.slug])
    return {
        "type": "rich",
        "width": width,
        "height": height,
        "html": format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
            'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>',
            src,
            showcase.title,
            width,
            height,
        ),
    }


def _xml(told: dict[str, Any]) -> str:
    rows = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in told.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>{rows}</oembed>'
