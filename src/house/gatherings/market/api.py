"""Topics for programs: what members want, and how many cities stand behind each."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from ninja.responses import Status

from house.access.viewer import Viewer
from house.gatherings.market import actions, queries
from house.gatherings.market.actions import Wish
from house.gatherings.models import Suggestion
from house.ground.paging import page_of
from house.partners.calling import Calling
from house.vocabulary.models import Topic

router = Router()


class SuggestionFilters(Schema):
    target: str = ""
    topic: str = ""
    state: str = ""
    sort: str = ""
    cursor: str = ""


class SuggestionIn(Schema):
    title: str
    target: str = "seminar"
    text: str = ""
    language: str = "en"
    topics: list[str] = []


class CityRef(Schema):
    code: str
    slug: str
    name: str


class SuggestionOut(Schema):
    id: str
    url: str
    title: str
    text: str
    target: str
    language: str
    topics: list[str]
    state: str
    reason: str
    planned_at: str
    cities: list[CityRef]


class SuggestionList(Schema):
    items: list[SuggestionOut]
    next: str | None


@router.get(
    "", response=SuggestionList, operation_id="topics_list", auth=Calling("gatherings.read")
)
def suggestions(request: HttpRequest, asked: Query[SuggestionFilters]) -> dict[str, Any]:
    """Topics, those that most cities stand behind first; `sort=new` for the newest."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    found = queries.wanted(
        viewer, target=asked.target, topic=asked.topic, state=asked.state, sort=asked.sort
    )
    page = page_of(found, asked.cursor, lambda each: {"topic": each})
    rows = [row["topic"] for row in page["items"]]
    behind = queries.cities_behind(rows, viewer)
    return {"items": [card(each, behind[each.pk]) for each in rows], "next": page["next"]}


@router.post(
    "", response={201: SuggestionOut}, operation_id="topics_suggest", auth=Calling("topics.suggest")
)
def suggestion_create(request: HttpRequest, told: SuggestionIn) -> Status[dict[str, Any]]:
    """Suggest a topic; the caller's city stands behind it."""
    # every row: topics are open to all
    topics = tuple(Topic.objects.filter(pk__in=told.topics))
    made = actions.suggest_topic(Wish(**{**told.dict(), "topics": topics}), by=request.auth)  # type: ignore[attr-defined]
    return Status(201, _one(request, made.code))


@router.post(
    "/{code}/support",
    response=SuggestionOut,
    operation_id="topics_support",
    auth=Calling("topics.suggest"),
)
def suggestion_support(request: HttpRequest, code: str) -> dict[str, Any]:
    """The caller's city stands behind it; saying so again changes nothing."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    found = get_object_or_404(Suggestion.objects.visible_to(viewer), code=code)
    kept = actions.support_topic(found, by=viewer)
    return _one(request, kept.suggestion.code)


@router.delete(
    "/{code}/support",
    response=SuggestionOut,
    operation_id="topics_withdraw",
    auth=Calling("topics.suggest"),
)
def suggestion_withdraw(request: HttpRequest, code: str) -> dict[str, Any]:
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    found = get_object_or_404(Suggestion.objects.visible_to(viewer), code=code)
    actions.withdraw_support(found, by=viewer)
    return _one(request, found.merged_into.code if found.merged_into else code)


def _one(request: HttpRequest, code: str) -> dict[str, Any]:
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    found = Suggestion.objects.visible_to(viewer).for_list().get(code=code)
    return card(found, queries.cities_behind([found], viewer)[found.pk])


def card(found: Suggestion, cities: list[Any]) -> dict[str, Any]:
    return {
        "id": found.code,
        "url": found.get_absolute_url(),
        "title": found.title,
        "text": found.text,
        "target": found.target,
        "language": found.language,
        "topics": [topic.pk for topic in found.topics.all()],
        "state": found.state,
        "reason": found.reason,
        "planned_at": found.url,
        "cities": cities,
    }
