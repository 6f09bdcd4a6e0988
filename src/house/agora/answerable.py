"""Open questions that somebody could answer: what her digest begins with."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, JSONField, OuterRef, Q, Subquery

from house.access.viewer import Viewer
from house.agora.models import Answer, Kind, Post, State
from house.agora.models.post import PostQuerySet
from house.agora.models.routing import Invitation
from house.agora.routing import judging, matter, words
from house.agora.telling import credited
from house.ground.text import shorten
from house.notices import happenings
from house.notices.happenings import Told
from house.people.models import Person

_LOOKED_AT = 100
_LEAST = 0.4  # log-odds: more than a word in common by chance


def questions_for(viewer: Viewer, most: int) -> Sequence[Told]:
    """In a language of hers, on her topics or about what she says she can help with; none of her own.

    Nor what she answered. What nobody answered comes first, then what most speaks for her, weighed as
    where peers are chosen (`routing.judging`). One query. Who may not answer is asked nothing.
    """
    if viewer.person_id is None or not viewer.can("agora.write"):
        return []
    open_ones = [
        post
        for post in _open_to(viewer)[:_LOOKED_AT]
        if not post.hers or post.language in post.hers
    ]
    speaking = _what_speaks_for_her(open_ones)
    fitting = [post for post in open_ones if speaking[post.pk] >= _LEAST]
    fitting.sort(key=lambda post: (post.answer_count > 0, -speaking[post.pk]))
    return [
        Told(
            title=post.title,
            url=post.get_absolute_url(),
            line=shorten(post.body, 200),
            credit=credited(post),
            language=post.language,
        )
        for post in fitting[:most]
    ]


def _open_to(viewer: Viewer) -> PostQuerySet:
    # every row: her own topics, languages and words; what she keeps from colleagues only she is told by
    her = Person.objects.filter(pk=viewer.person_id)
    on_hers = Post.topics.through.objects.filter(
        post=OuterRef("pk"), topic__in=her.values("topics")
    )
    return (
        Post.objects.visible_to(viewer)
        .published()
        .filter(kind__in=[Kind.QUESTION, Kind.CALL], state=State.OPEN, accepted=None)
        .exclude(author=viewer.person_id)
        # every row: her own answers, to leave out what she said something to
        .exclude(pk__in=Answer.objects.filter(author=viewer.person_id).values("post"))
        # every row: what she was asked in person stands in a mail of its own
        .exclude(pk__in=Invitation.objects.filter(person=viewer.person_id).values("post"))
        .annotate(
            hers=Subquery(her.values("languages")[:1], output_field=JSONField()),
            helps_with=Subquery(her.values("can_help_with")[:1]),
            is_on_hers=Exists(on_hers),
        )
        .filter(Q(is_on_hers=True) | ~Q(helps_with=""))
        .select_related("author", "city")
        .with_counts()
        .unanswered_first()
    )


def _what_speaks_for_her(posts: Sequence[Any]) -> dict[int, float]:
    """Her words against all these questions at once, so that what stands in each of them says little."""
    texts = {post.pk: f"{post.title}\n{post.body}" for post in posts}
    says = words.about(posts[0].helps_with, texts) if posts and posts[0].helps_with else {}
    return {
        post.pk: judging.BY_WORDS.topics * post.is_on_hers
        + judging.BY_WORDS.says * matter.offered(says.get(post.pk, 0.0))
        for post in posts
    }


def register() -> None:
    happenings.register_answerable(questions_for)
