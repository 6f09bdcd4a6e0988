"""The magazine for programs: what the pages show to whoever calls."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from house.access.routes import OPEN
from house.access.viewer import Viewer
from house.ground.paging import page_of
from house.magazine.lent import note, taken_back
from house.magazine.models import Article, Issue
from house.magazine.reading import articles_of, as_shown, words_of
from house.partners.calling import Calling

router = Router()


class IssueOut(Schema):
    number: int
    url: str
    title: str
    month: str
    is_sample: bool


class IssueList(Schema):
    items: list[IssueOut]
    next: str | None


class ArticleRef(Schema):
    slug: str
    url: str
    title: str
    teaser: str
    section: str
    language: str
    audience: str
    cities: list[str]


class IssueDetail(IssueOut):
    articles: list[ArticleRef]


class ArticleOut(ArticleRef):
    issue: int
    byline: str
    licence: str
    topics: list[str]
    text: str


@router.get("", response=IssueList, operation_id="magazine_issues", auth=Calling(OPEN))
def magazine_issues(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """Issues that are out, the newest first."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    return page_of(Issue.objects.visible_to(viewer).published(), cursor, _issue)


@router.get("/{number}", response=IssueDetail, operation_id="magazine_issue", auth=Calling(OPEN))
def magazine_issue(request: HttpRequest, number: int) -> dict[str, Any]:
    """An issue with those of its articles that the caller may read."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    found = get_object_or_404(Issue.objects.visible_to(viewer).published(), number=number)
    return {**_issue(found), "articles": [_ref(each) for each in articles_of(found, viewer)]}


@router.get(
    "/{number}/{slug}", response=ArticleOut, operation_id="magazine_article", auth=Calling(OPEN)
)
def magazine_article(request: HttpRequest, number: int, slug: str) -> dict[str, Any]:
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    articles = Article.objects.visible_to(viewer).published().for_cards()
    found = get_object_or_404(articles.prefetch_related("topics"), issue__number=number, slug=slug)
    return {
        **_ref(as_shown([found])[0]),
        "issue": number,
        "byline": found.byline,
        "licence": found.licence,
        "topics": sorted(topic.pk for topic in found.topics.all()),
        "text": words_of(found, taken_back(found), note()),
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "number": issue.number,
        "url": issue.get_absolute_url(),
        "title": issue.title,
        "month": f"{issue.month:%Y-%m}",
        "is_sample": issue.is_sample,
    }


def _ref(article: Article) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "url": article.get_absolute_url(),
        "title": article.shown_title,
        "teaser": article.shown_teaser,
        "section": article.section,
        "language": article.language,
        "audience": article.audience,
        "cities": sorted(city.pk for city in article.shown_cities),
    }
