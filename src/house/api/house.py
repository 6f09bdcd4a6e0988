"""What belongs to no single room: who am I, search, answers, cities, topics, partnerships."""

from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from house.access.viewer import Viewer
from house.api import schemas
from house.api.benefits import benefits_of
from house.ground.limits import spend
from house.ground.paging import cursor_of, offset_of, page_of
from house.partners import rights
from house.partners.calling import Calling, limit_key, person_calling
from house.partners.models import Partnership
from house.retrieval.answers import answer
from house.retrieval.search import Filters, search
from house.vocabulary.models import City, CityFact, Topic

router = Router()
PAGE = 20
FILTERS = ("kind", "topic", "city", "country", "outcome", "language")


def viewer_of(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.auth  # type: ignore[attr-defined]  # set by ninja from `caller`
    return viewer


@router.get("/me", response=schemas.MeOut, operation_id="house_me", auth=Calling())
def me(request: HttpRequest) -> dict[str, Any]:
    """The caller's person, city, level and rights; without a token, what a visitor may do."""
    viewer, person = viewer_of(request), person_calling(request)
    decisions = {name: rights.decide(viewer, name) for name in sorted(rights.CAPABILITIES)}
    return {
        "person": person,
        "city": person.city if person else None,
        "level": viewer.level,
        "rights": decisions,
        "benefits": benefits_of(viewer),
    }


@router.get("/search", response=schemas.SearchOut, operation_id="house_search", auth=Calling())
def find(request: HttpRequest, asked: Query[schemas.SearchIn]) -> dict[str, Any]:
    """Search in any language. Quotes ("…") ask for a phrase, `-word` leaves out."""
    spend("search", limit_key(request), limit=settings.SEARCH_RATE)
    offset = offset_of(asked.cursor)
    filters = Filters(**{name: (value,) for name in FILTERS if (value := getattr(asked, name))})
    found = search(asked.q, viewer=viewer_of(request), filters=filters, limit=PAGE, offset=offset)
    more = offset + len(found.hits) < found.total and bool(found.hits)
    return {
        "items": [
            {
                "id": code_of(hit.thing),
                "kind": hit.facts.kind or hit.kind,
                "title": hit.facts.title,
                "url": hit.thing.get_absolute_url(),
                "snippet": "".join(part for part, _is_hit in hit.snippet),
                "language": hit.language,
            }
            for hit in found.hits
        ],
        "next": cursor_of(offset + len(found.hits)) if more else None,
        "mode": found.mode,
        "total": found.total,
        "facets": {
            name: [{"value": value, "count": count} for value, count in counts]
            for name, counts in found.facets.items()
        },
        "did_you_mean": found.did_you_mean or "",
    }


def code_of(thing: Model) -> str:
    """What the caller may keep: the thing's short code, never its database key."""
    return str(thing.code)  # type: ignore[attr-defined]  # every findable thing has one


@router.post("/answers", operation_id="house_answer", auth=Calling())
def ask(request: HttpRequest, body: schemas.QuestionIn) -> schemas.AnswerOut:
    """Quotes that prove the answer, or `known: false` with the nearest entries."""
    spend("search", limit_key(request), limit=settings.SEARCH_RATE)
    return answer(body.question, viewer=viewer_of(request)).to_json()


@router.get("/cities", response=schemas.CityList, operation_id="house_cities", auth=Calling())
def cities(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    return page_of(City.objects.visible_to(viewer_of(request)), cursor, with_url)


@router.get(
    "/cities/{slug}", response=schemas.CityDetailOut, operation_id="house_city", auth=Calling()
)
def city(request: HttpRequest, slug: str) -> dict[str, Any]:
    shown = get_object_or_404(City.objects.visible_to(viewer_of(request)), slug=slug)
    figures = CityFact.objects.visible_to(viewer_of(request)).filter(city=shown)
    return {**with_url(shown), "figures": list(figures)}


@router.get("/topics", response=schemas.TopicList, operation_id="house_topics", auth=Calling())
def topics(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    return page_of(Topic.objects.visible_to(viewer_of(request)), cursor, topic_out, size=200)


def topic_out(topic: Topic) -> dict[str, Any]:
    return {**with_url(topic), "broader": topic.broader_id}


@router.get(
    "/partnerships",
    response=schemas.PartnershipList,
    operation_id="house_partnerships",
    auth=Calling(),
)
def partnerships(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """Which cities stand together now, and how. Public."""
    running = Partnership.objects.visible_to(viewer_of(request)).running().with_level()
    running = running.select_related("city")
    return page_of(running, cursor, partnership_out, size=100)


def partnership_out(partnership: Any) -> dict[str, Any]:
    """Of a partnership loaded with its level of today: the column may be behind it by a day."""
    return {
        "city": partnership.city,
        "level": partnership.level_now,
        "since": partnership.starts_on.isoformat(),
        "is_demonstration": partnership.is_demonstration,
    }


def with_url(thing: Model) -> dict[str, Any]:
    plain = {field.name: getattr(thing, field.attname) for field in thing._meta.concrete_fields}
    return {**plain, "url": thing.get_absolute_url()}  # type: ignore[attr-defined]
