"""How threads are found: the post and its answers, each answer a passage with a name of its own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Model
from django.utils.translation import gettext as _

from house.access.audience import token_of
from house.access.viewer import Viewer
from house.agora.models import Answer, Comment, Kind, Post, State
from house.ground.html import to_text
from house.retrieval.documents import Document
from house.retrieval.facts import Contact, Facts
from house.retrieval.passages import PIECE, Section, cut
from house.retrieval.sources import Source

KIND = "post"


def documents(pks: Sequence[int]) -> Iterator[Document]:
    """The published threads among these, in a fixed number of queries. Nothing out of sight is in them."""
    # every row: the index holds every audience and is asked with tokens
    posts = list(
        Post.objects.filter(pk__in=pks)
        .published()
        .select_related("shown_city")
        .prefetch_related("topics")
    )
    # every row: as above
    shown = Answer.objects.filter(post__in=posts, is_hidden=False).in_order()
    answers: dict[int, list[Answer]] = defaultdict(list)
    for answer in shown:
        answers[answer.post_id].append(answer)
    # every row: as above
    said = Comment.objects.filter(post__in=posts, is_hidden=False).exclude(answer__is_hidden=True)
    comments: dict[int, list[Comment]] = defaultdict(list)
    for comment in said.in_order():
        comments[comment.post_id].append(comment)
    for post in posts:
        yield _document(post, answers[post.pk], comments[post.pk])


def document(post: Model) -> Document | None:
    return next(documents([post.pk]), None)


def _document(post: Post, answers: list[Answer], comments: list[Comment]) -> Document:
    city = post.shown_city  # never `city`: a filter must not tell what the author did not
    facets = {
        "kind": (post.kind,),
        "topic": tuple(topic.pk for topic in post.topics.all()),
        "city": (city.slug,) if city else (),
        "country": (city.country,) if city else (),
        "language": (post.language,),
    }
    return Document(
        kind=KIND,
        pk=post.pk,
        version=post.revision + 1,
        title=post.title,
        language=post.language,
        audience=token_of(post),
        facets=facets,
        prior=prior(post, len(answers)),
        passages=tuple(cut(_sections(post, answers, comments), prefix=f"{PIECE}{post.code}")),
    )


def prior(post: Post, answers: int) -> float:
    """What was solved is worth more than what waits, and talk never as much as a proven entry."""
    if post.state == State.SOLVED:
        return 0.05
    return -0.1 if answers else -0.3


def _sections(
    post: Post, answers: Iterable[Answer], comments: Iterable[Comment]
) -> Iterator[Section]:
    yield Section(to_text(post.html) or post.title, language=post.language, anchor="post")
    ordered = sorted(answers, key=lambda answer: answer.pk != post.accepted_id)
    for answer in ordered:
        path = (_("Accepted answer"),) if answer.pk == post.accepted_id else (_("Answer"),)
        # An id of its own, so that a passage stays the answer's while others come and go.
        yield Section(
            to_text(answer.html), path, external_id=f"{PIECE}{answer.code}", anchor=answer.anchor
        )
    for comment in comments:
        yield Section(to_text(comment.html), (_("Comment"),), anchor=comment.anchor)


def facts(post: Model, viewer: Viewer) -> Facts:
    """Beside a quote. Reads what `for_cards()` loads."""
    assert isinstance(post, Post)  # noqa: S101 -- the registry's promise, told to mypy
    city = post.shown_city
    return Facts(
        title=post.title,
        url=post.get_absolute_url(),
        kind=post.kind,
        city=city.label() if city else "",
        city_slug=city.slug if city else "",
        country=city.country_name if city else "",
        year=post.published_at.year if post.published_at else None,
    )


def people(things: Sequence[Model], viewer: Viewer) -> list[Contact]:
    """Nobody: who wants to ask them asks in the thread, where candour is kept."""
    return []


def proves(post: Model, anchor: str) -> bool:
    """Answers do, and what a success tells; a question or a struggle only asks."""
    assert isinstance(post, Post)  # noqa: S101 -- the registry's promise, told to mypy
    return post.kind == Kind.SUCCESS if anchor == "post" else anchor.startswith("answer-")


SOURCE = Source(
    kind=KIND,
    model=Post,
    document=document,
    cards=lambda posts: posts.for_cards(),
    documents=documents,
    facts=facts,
    people=people,
    proves=proves,
)
