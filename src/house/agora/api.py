"""Threads for programs: a list, one thread with its answers, and the verbs that a program may use.

What the author hides is hidden here as on the page: neither city nor hour, nor who among the callers she is.
"""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status

from house.access.audience import Audience
from house.access.candour import Candour
from house.access.viewer import Viewer
from house.agora import actions, limits
from house.agora.models import Answer, Post, Said
from house.agora.models.post import PostQuerySet
from house.agora.queries import filtered
from house.ground.limits import spend
from house.ground.paging import page_of
from house.partners.calling import Calling, limit_key

router = Router()


class PostFilters(Schema):
    kind: str = ""
    topic: str = ""
    city: str = ""
    language: str = ""
    state: str = ""
    cursor: str = ""


class CityRef(Schema):
    code: str
    slug: str
    name: str


class CreditOut(Schema):
    name: str
    city: str


class PostOut(Schema):
    id: str
    url: str
    kind: str
    state: str
    title: str
    language: str
    city: CityRef | None
    credit: CreditOut
    topics: list[str]
    audience: str
    answers: int
    published: str | None
    is_demonstration: bool


class AnswerOut(Schema):
    id: str
    url: str
    body: str
    credit: CreditOut
    city: CityRef | None
    is_accepted: bool
    published: str | None


class PostDetailOut(PostOut):
    body: str
    accepted: str | None


class PostList(Schema):
    items: list[PostOut]
    next: str | None


class AnswerList(Schema):
    items: list[AnswerOut]
    next: str | None


class PostIn(Schema):
    """Kind, title and body are enough; the rest has the page's defaults."""

    kind: str
    title: str
    body: str
    language: str = ""
    topics: list[str] = []
    audience: str = Audience.ALLIANCE.value
    circle: str = ""
    candour: str = Candour.CITY.value
    described_as: str = ""
    # The `digest` of a warning that the writer has read, to publish all the same.
    despite: str = ""


class AnswerIn(Schema):
    body: str
    candour: str = Candour.PERSON.value
    described_as: str = ""
    despite: str = ""
    # The same key is answered once, however often a program tries.
    key: str = ""


def shown(viewer: Viewer) -> PostQuerySet:
    return Post.objects.visible_to(viewer).published().for_cards()


@router.get("", response=PostList, operation_id="agora_posts", auth=Calling())
def posts(request: HttpRequest, asked: Query[PostFilters]) -> dict[str, Any]:
    """Published threads that the caller may read, newest first."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    found = filtered(shown(viewer), asked.dict(exclude={"cursor"})).newest_first()
    return page_of(found, asked.cursor, card)


@router.post(
    "",
    response={201: PostDetailOut},
    operation_id="agora_ask",
    url_name="posts",
    auth=Calling("agora.write"),
)
def post_new(request: HttpRequest, body: PostIn) -> Status[dict[str, Any]]:
    """Put it to one's peers. Where the text may give a hidden author away, 409 says by which words.

    Send its `digest` as `despite` to publish all the same.
    """
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    spend("agora", limit_key(request), limit=limits.PER_HOUR, seconds=3600)
    made = actions.write_post(by=viewer, **body.dict())
    return Status(201, detail(get_object_or_404(shown(viewer), pk=made.pk)))


@router.get("/{code}", response=PostDetailOut, operation_id="agora_post", auth=Calling())
def post(request: HttpRequest, code: str) -> dict[str, Any]:
    """One thread; its answers are a list of their own."""
    return detail(get_object_or_404(shown(request.auth), code=code))  # type: ignore[attr-defined]


@router.get("/{code}/answers", response=AnswerList, operation_id="agora_answers", auth=Calling())
def post_answers(request: HttpRequest, code: str, cursor: str = "") -> dict[str, Any]:
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    found = get_object_or_404(shown(viewer), code=code)
    answers = Answer.objects.visible_to(viewer).filter(post=found, is_hidden=False)
    rows = answers.select_related("author", "city", "shown_city", "post").in_order()
    return page_of(rows, cursor, lambda answer: said(answer, found), size=50)


@router.post(
    "/{code}/answers", response={201: AnswerOut}, operation_id="agora_answer", url_name="post_answers",
    auth=Calling("agora.write"),
)  # fmt: skip
def answer_new(request: HttpRequest, code: str, body: AnswerIn) -> Status[dict[str, Any]]:
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    spend("agora", limit_key(request), limit=limits.PER_HOUR, seconds=3600)
    found = get_object_or_404(shown(viewer), code=code)
    made = actions.answer(found, by=viewer, **body.dict())
    answers = Answer.objects.visible_to(viewer).select_related(
        "author", "city", "shown_city", "post"
    )
    return Status(201, said(answers.get(pk=made.pk), found))


def card(found: Post) -> dict[str, Any]:
    return {
        "id": found.code,
        "url": found.get_absolute_url(),
        "kind": found.kind,
        "state": found.state,
        "title": found.title,
        "language": found.language,
        # Never `city`: that is the truth for the door; this is what may be told.
        "city": found.shown_city,
        "credit": _credit(found),
        "topics": [topic.pk for topic in found.topics.all()],
        "audience": found.audience,
        "answers": found.answer_count,
        "published": _moment(found),
        "is_demonstration": found.is_demonstration,
    }


def detail(found: Post) -> dict[str, Any]:
    # every row: only its code, of a thread behind its door
    accepted = Answer.objects.filter(pk=found.accepted_id).values_list("code", flat=True).first()
    return {**card(found), "body": found.body, "accepted": accepted}


def said(answer: Answer, found: Post) -> dict[str, Any]:
    return {
        "id": answer.code,
        "url": answer.get_absolute_url(),
        "body": answer.body,
        "credit": _credit(answer),
        "city": answer.shown_city,
        "is_accepted": answer.pk == found.accepted_id,
        "published": _moment(answer),
    }


def _credit(thing: Said) -> dict[str, str]:
    credit = thing.credit()
    return {"name": credit.name, "city": credit.city}


def _moment(thing: Said) -> str | None:
    """The day alone, where the hour would tell a part of the world."""
    if thing.published_at is None:
        return None
    return (
        thing.published_at.date().isoformat()
        if thing.hides_city
        else thing.published_at.isoformat()
    )
