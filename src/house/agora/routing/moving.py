"""How a post goes on from one person to the next: what lapses, who comes then, and where it ends."""

import datetime

from django.db import transaction
from django.utils import timezone

from house.access import journal
from house.access.viewer import VISITOR
from house.agora.models import Answer, Post, State
from house.agora.models.routing import Invitation, Route
from house.agora.routing.invited import tell_of_end, tell_of_invitation
from house.agora.routing.judging import AT_MOST
from house.agora.routing.proposing import OF_ASKER, Proposal, experts_for, propose
from house.partners.viewing import viewer_for
from house.people.models import Person

# every row in this file: whom a post is put to is settled for its author, who agreed to it

TERM = datetime.timedelta(days=5)  # to say whether she will
MOST_PEERS = 6  # are asked before an expert is
MOST_REASONS = 12


@transaction.atomic
def note_answer(answer: Answer) -> None:
    """Somebody answered: who was asked has done it, and nobody else is asked for now."""
    mine = Invitation.objects.filter(
        post=answer.post_id, person=answer.author_id, state__in=Invitation.OPEN
    )
    for invitation in mine:
        invitation.answer = answer
        set_state(invitation, Invitation.State.ANSWERED)


@transaction.atomic
def move_on(now: datetime.datetime | None = None) -> int:
    """What is due: lapsed invitations, the next peer, then an expert; gives how many posts were looked at."""
    now = now or timezone.now()
    due = Invitation.objects.filter(state__in=Invitation.OPEN, answer_by__lte=now)
    posts = set(due.values_list("post", flat=True))
    due.update(state=Invitation.State.LAPSED, changed_at=now)
    running = Route.objects.filter(state__in=[Route.State.ASKING, Route.State.EXPERT])
    settled = running.exclude(post__state=State.OPEN) | running.filter(post__is_hidden=True)
    posts |= set(settled.values_list("post", flat=True))
    for post in Post.objects.filter(pk__in=posts).order_by("pk"):
        go_on(post)
    return len(posts)


def go_on(post: Post) -> None:
    route = (
        Route.objects.select_for_update(of=("self",))
        .filter(post=post, state__in=[Route.State.ASKING, Route.State.EXPERT])
        .first()
    )
    if route is None:
        return
    asked = Invitation.objects.filter(post=post)
    if post.state != State.OPEN or post.is_hidden:
        asked.filter(state__in=Invitation.OPEN).update(
            state=Invitation.State.SETTLED, changed_at=timezone.now()
        )
        _end(route, Route.State.DONE)
    elif Answer.objects.filter(post=post, is_hidden=False).exists():
        if not asked.filter(state__in=Invitation.OPEN).exists():
            _end(route, Route.State.DONE)
    elif route.goes_on:
        _ask_next(post, route)
    elif not asked.filter(state__in=Invitation.OPEN).exists():
        _end(route, Route.State.STUCK)


def _ask_next(post: Post, route: Route) -> None:
    """As many as have fallen away, up to six peers; then one expert of the foundation."""
    asked = Invitation.objects.filter(post=post)
    known = set(asked.values_list("person", flat=True)) | set(route.without) | {post.author_id}
    peers = asked.filter(went_on=False, passed_by=None).count()
    waiting = asked.filter(state__in=Invitation.OPEN).count()
    free = min(AT_MOST - waiting, MOST_PEERS - peers)
    if route.state == Route.State.ASKING and free > 0:
        # every row: the asker, with whose eyes the house looks for her
        viewer = viewer_for(Person.objects.get(pk=post.author_id))
        found = propose(post, viewer=viewer, exclude=known, count=1)
        if found:
            invite(post, found[0])
            _end(route, Route.State.ASKING)
            return
    if waiting:
        return
    experts = experts_for(post, exclude=known)
    if route.state == Route.State.ASKING and experts:
        made = Invitation.objects.create(
            post=post, person=experts[0], went_on=True, answer_by=timezone.now() + TERM
        )
        tell_of_invitation(made)
        _end(route, Route.State.EXPERT)
        return
    _end(route, Route.State.STUCK)
    tell_of_end(post)


def _end(route: Route, state: str) -> None:
    route.state, route.moved_at = state, timezone.now()
    route.save(update_fields=["state", "moved_at"])


def invite(post: Post, proposal: Proposal) -> Invitation:
    """With the reasons that speak of her; none that follows from an asker who is hidden."""
    told = [
        {"kind": each.kind, "facts": each.facts}
        for each in proposal.choice.reasons[:MOST_REASONS]
        if not (post.hides_city and each.kind in OF_ASKER)
    ]
    made = Invitation.objects.create(
        post=post, person=proposal.person, reasons=told, answer_by=timezone.now() + TERM
    )
    tell_of_invitation(made)
    return made


def set_state(
    invitation: Invitation, state: str, *, answer_by: datetime.datetime | None = None
) -> None:
    invitation.state, invitation.changed_at = state, timezone.now()
    invitation.answer_by = answer_by or invitation.answer_by
    invitation.save(update_fields=["state", "changed_at", "answer_by", "answer", "why_not"])
    # Who was asked is between the asker and her: the journal keeps that something was answered.
    journal.record("agora.invited", invitation.post, by=VISITOR, facts={"state": state})
