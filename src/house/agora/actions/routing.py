import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import VISITOR, Viewer
from house.agora.actions import steps
from house.agora.models import Answer, Post, State
from house.agora.models.routing import Invitation, Route, Willingness
from house.agora.routing.invited import tell_of_end, tell_of_invitation
from house.agora.routing.judging import AT_MOST
from house.agora.routing.proposing import OF_ASKER, Proposal, experts_for, propose
from house.ground.errors import Forbidden, Refused
from house.ground.text import one_line
from house.partners import rights
from house.partners.viewing import viewer_for
from house.people.models import Person

# every row in this file: whom a post is put to is settled for its author, who agreed to it

TERM = datetime.timedelta(days=5)  # to say whether she will
LONGER = datetime.timedelta(days=7)  # and then to answer
MOST_PEERS = 6  # are asked before an expert is
PROPOSED = 9  # may be chosen among
MOST_REASONS = 12


@transaction.atomic
def invite_peers(
    post: Post,
    persons: Collection[int],
    *,
    by: Viewer,
    without: Iterable[int] = (),
    goes_on: bool = True,
) -> list[Invitation]:
    """Ask these peers, of those that the house proposes. Asking somebody twice changes nothing.

    `without` are those whom the asker took off the list; `goes_on` that the house may ask the next.
    """
    rights.require(by, "agora.write")
    allow(by, "edit", steps.lock(post))
    _require_open(post)
    if not 0 < len(persons) <= AT_MOST:
        raise Refused(_("Choose one, two or three people."))
    route, _is_new = Route.objects.get_or_create(post=post)
    asked = set(Invitation.objects.filter(post=post).values_list("person", flat=True))
    left_out = set(route.without) | set(without)
    proposed = {
        each.person.pk: each
        for each in propose(post, viewer=by, exclude=asked | left_out, count=PROPOSED)
    }
    if unknown := set(persons) - proposed.keys() - asked:
        raise Refused(
            _("%(count)d of these can't be asked any more.") % {"count": len(unknown)},
            remedy=_("Look at the list once more: somebody may be away or asked enough by now."),
        )
    made = [_invite(post, proposed[pk]) for pk in persons if pk in proposed and pk not in asked]
    route.without = sorted(left_out - set(persons))
    route.goes_on = goes_on
    route.state, route.moved_at = Route.State.ASKING, timezone.now()
    route.save()
    steps.note_act("agora.invite", post, by=by, number=len(made))
    return made


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: Viewer) -> Invitation:
    """She will answer, and has some days more for it."""
    _hold(invitation, by)
    if invitation.state == Invitation.State.ASKED:
        _set(invitation, Invitation.State.ACCEPTED, answer_by=timezone.now() + LONGER)
    return invitation


@transaction.atomic
def decline_invitation(invitation: Invitation, *, by: Viewer, why: str = "") -> Invitation:
    """Not this time. The asker hears that the next is asked, never why."""
    _hold(invitation, by)
    if invitation.is_open:
        invitation.why_not = one_line(why)[:300]
        _set(invitation, Invitation.State.DECLINED)
        _go_on(invitation.post)
    return invitation


@transaction.atomic
def pass_on(invitation: Invitation, colleague: Person, *, by: Viewer) -> Invitation:
    """A colleague of her city is asked in her place."""
    _hold(invitation, by)
    if not invitation.is_open:
        raise Refused(_("This is settled already."))
    if not colleagues_of(invitation, by).filter(pk=colleague.pk).exists():
        raise Forbidden(
            _("It can be passed on to colleagues of your own city."),
            remedy=_("Tell others of the thread by sending them its address."),
        )
    viewer = viewer_for(colleague)
    if (
        not viewer.can("agora.write")
        or not Post.objects.visible_to(viewer).filter(pk=invitation.post_id).exists()
    ):
        raise Refused(_("She may not answer there."), remedy=_("Choose another colleague."))
    if Invitation.objects.filter(post=invitation.post_id, person=colleague).exists():
        raise Refused(_("She was asked already."), remedy=_("Choose another colleague."))
    made = Invitation.objects.create(
        post=invitation.post,
        person=colleague,
        reasons=[],
        passed_by_id=by.person_id,
        is_expert=invitation.is_expert,
        answer_by=timezone.now() + TERM,
    )
    _set(invitation, Invitation.State.PASSED_ON)
    tell_of_invitation(made)
    return made


def colleagues_of(invitation: Invitation, by: Viewer):  # type: ignore[no-untyped-def] -- a queryset
    """Whom she may pass it on to: those of her own city, for an expert those of the foundation."""
    people = Person.objects.visible_to(by).exclude(pk=by.person_id)
    people = people.exclude(pk=invitation.post.author_id)
    if by.city_ids:
        return people.filter(city__in=by.city_ids).order_by("name", "pk")
    return people.filter(is_expert=True).order_by("name", "pk")


@transaction.atomic
def set_willingness(*, by: Viewer, per_month: int, away_until: datetime.date | None) -> Willingness:
    """How often she wants to be asked, and from when again."""
    rights.require(by, "agora.write")
    kept, _is_new = Willingness.objects.update_or_create(
        person_id=by.person_id,
        defaults={"per_month": min(30, max(0, per_month)), "away_until": away_until},
    )
    return kept


@transaction.atomic
def note_answer(answer: Answer) -> None:
    """Somebody answered: who was asked has done it, and nobody else is asked for now."""
    mine = Invitation.objects.filter(
        post=answer.post_id, person=answer.author_id, state__in=Invitation.OPEN
    )
    for invitation in mine:
        invitation.answer = answer
        _set(invitation, Invitation.State.ANSWERED)


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
        _go_on(post)
    return len(posts)


def _go_on(post: Post) -> None:
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
    peers = asked.filter(is_expert=False, passed_by=None).count()
    waiting = asked.filter(state__in=Invitation.OPEN).count()
    free = min(AT_MOST - waiting, MOST_PEERS - peers)
    if route.state == Route.State.ASKING and free > 0:
        # every row: the asker, with whose eyes the house looks for her
        viewer = viewer_for(Person.objects.get(pk=post.author_id))
        found = propose(post, viewer=viewer, exclude=known, count=1)
        if found:
            _invite(post, found[0])
            _end(route, Route.State.ASKING)
            return
    if waiting:
        return
    experts = experts_for(post, exclude=known)
    if route.state == Route.State.ASKING and experts:
        made = Invitation.objects.create(
            post=post, person=experts[0], is_expert=True, answer_by=timezone.now() + TERM
        )
        tell_of_invitation(made)
        _end(route, Route.State.EXPERT)
        return
    _end(route, Route.State.STUCK)
    tell_of_end(post)


def _end(route: Route, state: str) -> None:
    route.state, route.moved_at = state, timezone.now()
    route.save(update_fields=["state", "moved_at"])


def _invite(post: Post, proposal: Proposal) -> Invitation:
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


def _require_open(post: Post) -> None:
    if post.is_draft:
        raise Refused(_("Nobody else can read this yet."), remedy=_("Publish it first."))
    if post.state != State.OPEN or post.is_hidden:
        raise Refused(_("This takes no more answers."), remedy=_("Open it again first."))


def _hold(invitation: Invitation, by: Viewer) -> None:
    # every row: the caller fetched it through its door
    own = Invitation.objects.select_for_update(of=("self",)).select_related("post")
    invitation.refresh_from_db(from_queryset=own)
    allow(by, "answer", invitation)


def _set(
    invitation: Invitation, state: str, *, answer_by: datetime.datetime | None = None
) -> None:
    invitation.state, invitation.changed_at = state, timezone.now()
    invitation.answer_by = answer_by or invitation.answer_by
    invitation.save(update_fields=["state", "changed_at", "answer_by", "answer", "why_not"])
    # Who was asked is between the asker and her: the journal keeps that something was answered.
    journal.record("agora.invited", invitation.post, by=VISITOR, facts={"state": state})
