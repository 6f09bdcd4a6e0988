"""Closing, and merging what was asked twice."""

from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from house.access.audience import HasAudience, token_of
from house.access.doors import allow
from house.access.viewer import Viewer
from house.agora.actions import steps
from house.agora.models import Answer, Comment, Helped, Post, State
from house.ground.errors import Refused
from house.ground.text import shorten

_PARTS = (Answer, Comment, Helped)


@transaction.atomic
def close_post(post: Post, *, by: Viewer, why: str = "") -> Post:
    """It takes no more answers; what was said stays. A moderator says why."""
    allow(by, "close", steps.lock(post))
    if post.state in {State.DRAFT, State.MERGED}:
        raise Refused(_("There is nothing to close."))
    if post.author_id != by.person_id and not why.strip():
        raise Refused(_("Say why: its author reads this."))
    if post.state != State.CLOSED:
        post.state, post.closed_why = State.CLOSED, shorten(why, 300)
        post.save(update_fields=["state", "closed_why"])
        steps.changed(post)
        steps.note_act("agora.close", post, by=by, reason=post.closed_why)
    return post


@transaction.atomic
def open_post_again(post: Post, *, by: Viewer) -> Post:
    allow(by, "close", steps.lock(post))
    if post.state == State.CLOSED:
        post.state = State.SOLVED if post.accepted_id else State.OPEN
        post.closed_why = ""
        post.save(update_fields=["state", "closed_why"])
        steps.changed(post)
        steps.note_act("agora.reopen", post, by=by)
    return post


@transaction.atomic
def merge_post(post: Post, target: Post, *, by: Viewer, why: str = "") -> Post:
    """Its answers move under the target, and its address leads there. Both must have the same readers.

    Otherwise a merge would show to many what was said to few.
    """
    allow(by, "merge", post)
    first, second = sorted((post, target), key=lambda each: each.pk)
    steps.lock(first), steps.lock(second)
    if post.pk == target.pk or target.state in {State.DRAFT, State.MERGED} or target.is_hidden:
        raise Refused(_("It can't be merged into this one."), remedy=_("Choose another thread."))
    if post.state == State.MERGED and post.merged_into_id == target.pk:
        return post
    if post.state in {State.DRAFT, State.MERGED}:
        raise Refused(_("There is nothing to merge."))
    if token_of(cast("HasAudience", post)) != token_of(cast("HasAudience", target)):
        raise Refused(
            _("The two have different readers."),
            remedy=_("Ask its author to change who may read it, or link from one to the other."),
        )
    _move(post, target)
    post.state, post.merged_into = State.MERGED, target
    post.save(update_fields=["state", "merged_into"])
    steps.changed(post)
    steps.changed(target)
    steps.note_act("agora.merge", post, by=by, reason=shorten(why, 300), into=target.code)
    return post


@transaction.atomic
def undo_merge(post: Post, *, by: Viewer) -> Post:
    """Everything that came with it goes back; what was said since stays where it was said."""
    allow(by, "merge", steps.lock(post))
    target = post.merged_into
    if post.state != State.MERGED or target is None:
        raise Refused(_("It is not merged."))
    steps.lock(target)
    for model in _PARTS:
        # every row: all that came from this post
        model.objects.filter(moved_from=post).update(post=post, moved_from=None)
    # every row: whether its accepted answer came back with the rest
    if (
        target.accepted_id
        and not Answer.objects.filter(post=target, pk=target.accepted_id).exists()
    ):
        target.accepted, target.state = None, State.OPEN
        target.save(update_fields=["accepted", "state"])
    post.state = State.SOLVED if post.accepted_id else State.OPEN
    post.merged_into = None
    post.save(update_fields=["state", "merged_into"])
    steps.changed(post)
    steps.changed(target)
    steps.note_act("agora.unmerge", post, by=by)
    return post


def _move(post: Post, target: Post) -> None:
    # every row: the cities that have spoken for themselves under the target
    spoken = Helped.objects.filter(post=target).values("city")
    for model in _PARTS:
        # every row: all that was said to this post
        rows = model.objects.filter(post=post)
        if model is Helped:
            rows = rows.exclude(city__in=list(spoken.values_list("city", flat=True)))
        rows.update(post=target, moved_from=post)
    if target.accepted_id is None and post.accepted_id and target.author_id == post.author_id:
        target.accepted_id, target.state = post.accepted_id, State.SOLVED
        target.save(update_fields=["accepted", "state"])
