"""What the Agora offers the magazine to tell: what was solved, and what worked.

That something was solved may be told to whoever reads the thread. Words are quoted only of who agreed
that hers are used; a success is told at all only with that consent.
"""

import datetime
from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.agora.memory import ANSWER, POST
from house.agora.models import Answer, Helped, Kind, Post, State
from house.agora.telling import credited
from house.ground.html import to_text
from house.memory.tellers import Tellable, Teller, agreed, opening


def told(since: datetime.datetime, until: datetime.datetime, viewer: Viewer) -> Iterator[Tellable]:
    # every row: narrowed to answers of posts behind the reader's door just below
    answers = Answer.objects.filter(
        published_at__gte=since, published_at__lt=until, is_hidden=False
    )
    solved = Q(state=State.SOLVED, accepted__in=answers)
    success = Q(kind=Kind.SUCCESS, published_at__gte=since, published_at__lt=until)
    posts = list(
        Post.objects.visible_to(viewer)
        .published()
        .filter(solved | success, author__erased_at=None)
        .for_cards()
        .select_related("accepted__author", "accepted__city", "shown_city", "city", "author")
    )
    gave = agreed(POST, [post.pk for post in posts])
    of_answers = agreed(ANSWER, [post.accepted_id for post in posts if post.accepted_id])
    helped = _helped(posts)
    for post in posts:
        said = post if post.kind == Kind.SUCCESS else post.accepted
        willing = gave.get(post.pk, set()) | of_answers.get(post.accepted_id or 0, set())
        may_quote = said is not None and said.author_id in willing
        if said is not None and (may_quote or post.kind != Kind.SUCCESS):
            yield _tellable(post, said, helped.get(post.pk, 0), may_quote=may_quote)


def _helped(posts: list[Post]) -> dict[int, int]:
    # every row: a number of cities, of posts behind the reader's door
    rows = Helped.objects.filter(post__in=posts, is_hidden=False).values_list("post", flat=True)
    counted: dict[int, int] = {}
    for post in rows:
        counted[post] = counted.get(post, 0) + 1
    return counted


def _tellable(post: Post, said: Post | Answer, helped: int, *, may_quote: bool) -> Tellable:
    words = to_text(said.html) if may_quote else ""
    return Tellable(
        kind="post",
        key=post.pk,
        sort="success" if post.kind == Kind.SUCCESS else "solved",
        title=post.title,
        url=post.get_absolute_url(),
        when=said.published_at,
        language=post.language,
        cities=(post.shown_city_id,) if post.shown_city_id else (),
        topics=tuple(topic.pk for topic in post.topics.all()),
        counts={"answers": post.answer_count, "helped": helped},
        quote=opening(words),
        quote_url=said.get_absolute_url(),
        credit=credited(said) if may_quote else "",
        words=words,
    )


TELLER = Teller(
    "agora",
    _("Questions that were solved, and successes"),
    ("solved", "success"),
    "agora.read",
    told,
)
