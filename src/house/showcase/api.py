"""Showcases for programs: what everybody sees."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router, Schema

from house.access.viewer import Viewer
from house.ground.paging import page_of
from house.partners.calling import Calling
from house.showcase import queries
from house.showcase.models import Showcase

router = Router()


class ShowcaseFilters(Schema):
    city: str = ""
    topic: str = ""
    cursor: str = ""


class ShowcaseOut(Schema):
    id: str
    slug: str
    url: str
    title: str
    summary: str
    language: str
    city: str
    topics: list[str]
    picture: str | None
    is_demonstration: bool
    published_at: str
    changed_at: str


class PictureOut(Schema):
    url: str
    alt: str
    caption: str


class ShowcaseDetailOut(ShowcaseOut):
    text: str
    edition: int
    pictures: list[PictureOut]
    video: str


class ShowcaseList(Schema):
    items: list[ShowcaseOut]
    next: str | None


def card(found: Showcase) -> dict[str, Any]:
    assert found.current is not None  # noqa: S101 -- a database constraint, told to mypy
    return {
        "id": found.code,
        "slug": found.slug,
        "url": found.get_absolute_url(),
        "title": found.current.title,
        "summary": found.current.summary,
        "language": found.current.language,
        "city": found.city.slug,
        "topics": found.current.topics,
        "picture": _address(found, found.cover.code) if found.cover else None,
        "is_demonstration": found.is_demonstration,
        "published_at": found.published_at.isoformat() if found.published_at else "",
        "changed_at": found.changed_at.isoformat() if found.changed_at else "",
    }


def _address(found: Showcase, code: str) -> str:
    return reverse("showcase:picture", args=[found.slug, code, "large"])


@router.get(
    "",
    response=ShowcaseList,
    operation_id="showcase_showcases",
    auth=Calling(),
    url_name="showcases",
)
def showcases(request: HttpRequest, asked: Query[ShowcaseFilters]) -> dict[str, Any]:
    """What cities show the world, newest first."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    found = queries.shown(viewer, city=asked.city, topic=asked.topic)
    return page_of(found, asked.cursor, card)


@router.get(
    "/{slug}",
    response=ShowcaseDetailOut,
    operation_id="showcase_showcase",
    auth=Calling(),
    url_name="showcase",
)
def showcase(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One showcase with its text and pictures, as it stands."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    found = get_object_or_404(queries.shown(viewer), slug=slug)
    edition = found.current
    assert edition is not None  # noqa: S101 -- a database constraint, told to mypy
    rows = queries.pictures_of(found, edition.pictures, viewer)
    return {
        **card(found),
        "text": edition.text,
        "edition": edition.number,
        "video": edition.video,
        "pictures": [
            {
                "url": _address(found, row["picture"].code),
                "alt": row["alt"],
                "caption": row["caption"],
            }
            for row in rows
        ],
    }
