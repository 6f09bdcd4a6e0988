"""Stories for programs: what the pages show to whoever calls. Titles and summaries are the sources' own."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from house.access.viewer import Viewer
from house.ground.paging import page_of
from house.partners.calling import Calling
from house.radar import queries
from house.radar.models import Story

router = Router()


class StoryFilters(Schema):
    topic: str = ""
    city: str = ""
    language: str = ""
    source: str = ""
    cursor: str = ""


class TellingOut(Schema):
    source: str
    title: str
    url: str
    author: str
    summary: str
    language: str
    published_at: str


class StoryOut(Schema):
    id: str
    url: str
    title: str
    language: str
    is_picked: bool
    note: str
    note_language: str
    picked_at: str | None
    audience: str
    topics: list[str]
    cities: list[str]
    sources: int
    first_at: str
    last_at: str
    told_by: list[TellingOut]


class StoryList(Schema):
    items: list[StoryOut]
    next: str | None


@router.get("", response=StoryList, operation_id="radar_stories", auth=Calling())
def radar_stories(request: HttpRequest, asked: Query[StoryFilters]) -> dict[str, Any]:
    """Picked ones first, then the newest. Without a token: what was picked for everyone."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    found = queries.narrowed(queries.listed(viewer), viewer, asked.dict()).for_list()
    page = page_of(found, asked.cursor, lambda each: {"story": each})
    rows = queries.told_by([row["story"] for row in page["items"]], viewer)
    return {"items": [_out(told) for told in rows], "next": page["next"]}


@router.get("/{code}", response=StoryOut, operation_id="radar_story", auth=Calling())
def radar_story(request: HttpRequest, code: str) -> dict[str, Any]:
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    found = get_object_or_404(queries.listed(viewer).for_list(), code=code)
    return _out(queries.told_by([found], viewer)[0])


def _out(told: queries.Told) -> dict[str, Any]:
    each: Story = told.story
    picked = each.state == "picked"
    return {
        "id": each.code,
        "url": each.get_absolute_url(),
        "title": each.title,
        "language": each.language,
        "is_picked": picked,
        # A note of a pick that was taken back is nobody's business any more.
        "note": each.note if picked else "",
        "note_language": each.note_language if picked else "",
        "picked_at": each.picked_at.isoformat() if picked and each.picked_at else None,
        "audience": each.audience if picked else "alliance",
        "topics": [topic.pk for topic in each.topics.all()],
        "cities": [city.pk for city in each.cities.all()],
        "sources": each.sources,
        "first_at": each.first_at.isoformat(),
        "last_at": each.last_at.isoformat(),
        "told_by": [_telling(item) for item in told.items],
    }


def _telling(item: Any) -> dict[str, Any]:
    return {
        "source": item.source.name,
        "title": item.title,
        "url": item.url,
        "author": item.author,
        "summary": item.words,
        "language": item.language,
        "published_at": item.published_at.isoformat(),
    }
