"""The sitemap: an index at one address, which names the files of each kind."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.front.sitemaps import SITEMAPS, Sitemap


@require_safe
@route(OPEN)
def sitemap(request: HttpRequest) -> HttpResponse:
    """One count for each kind, however much there is of it."""
    files = [
        {"location": settings.BASE_URL + reverse("sitemap_file", args=[kind, number])}
        for kind, listed in SITEMAPS.items()
        for number in _numbers_of(listed())
    ]
    return _xml(request, "sitemap_index.xml", {"sitemaps": files})


def _numbers_of(listed: Sitemap[Any]) -> Iterable[int]:
    """Of its files; none for a kind of which there is nothing."""
    paginator = listed.paginator
    return paginator.page_range if paginator.count else ()


@require_safe
@route(OPEN)
def sitemap_file(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    if kind not in SITEMAPS:
        raise Http404
    try:
        urls = SITEMAPS[kind]().get_urls(page=number)
    except EmptyPage as beyond:
        raise Http404 from beyond
    return _xml(request, "sitemap.xml", {"urlset": urls})


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml; charset=utf-8")
