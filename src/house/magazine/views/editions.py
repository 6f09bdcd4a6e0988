from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import feedgenerator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.access.viewer import VISITOR
from house.ground.paper import NoPrinter
from house.ground.text import clean, one_line
from house.magazine.editions import epub_of, pdf_of
from house.magazine.models import Article, Issue
from house.magazine.reading import as_shown, issue_context

_MOST = 40


@require_safe
@route(OPEN)
def issue_pdf(request: HttpRequest, number: int) -> HttpResponse:
    found = _issue(request, number)
    try:
        made = pdf_of(found, request.viewer)
    except NoPrinter as refused:
        context = {**issue_context(found, request.viewer), "prints": False, "refused": refused}
        return render(request, "magazine/issue.html", context, status=refused.status)
    return _own(made, "application/pdf", f"digital-house-{number}.pdf")


@require_safe
@route(OPEN)
def issue_epub(request: HttpRequest, number: int) -> HttpResponse:
    made = epub_of(_issue(request, number), request.viewer)
    return _own(made, "application/epub+zip", f"digital-house-{number}.epub")


@require_safe
@route(OPEN)
def feed(request: HttpRequest) -> HttpResponse:
    """RSS of what everybody may read, whoever asks: readers of feeds keep what they got.

    Caches on the way keep it for a minute only, for its words may be taken back.
    """
    made = feedgenerator.Rss201rev2Feed(
        title=_("The magazine of the Sharing Cities Alliance"),
        link=f"{settings.BASE_URL}/magazine/",
        description=_("Articles that everybody may read."),
        language="en",
        feed_url=settings.BASE_URL + request.path,
    )
    articles = Article.objects.visible_to(VISITOR).published().for_cards()
    for article in as_shown(articles.order_by("-first_published_at", "-pk")[:_MOST]):
        address = settings.BASE_URL + article.get_absolute_url()
        made.add_item(
            title=one_line(article.shown_title),  # XML can't hold control characters
            link=address,
            description=clean(article.shown_teaser),
            unique_id=address,
            pubdate=article.first_published_at,
            categories=[city.name for city in article.shown_cities],
        )
    response = HttpResponse(
        made.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8"
    )
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _issue(request: HttpRequest, number: int) -> Issue:
    issues = Issue.objects.visible_to(request.viewer).select_related("cover")
    found: Issue = get_object_or_404(issues, number=number)
    return found


def _own(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Made for this reader: no cache keeps it for another."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
