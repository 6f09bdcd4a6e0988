import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.viewer import Viewer
from house.agora.actions import steps
from house.agora.models import Post, State
from house.agora.models.routing import Invitation, Route, Willingness
from house.agora.routing.invited import tell_of_invitation
from house.agora.routing.judging import AT_MOST
from house.agora.routing.moving import TERM, go_on, invite, set_state
from house.agora.routing.proposing import propose
from house.ground.errors import Forbidden, Refused
from house.ground.text import one_line
from house.partners import rights
from house.partners.viewing import viewer_for
from house.people.models import Person

# every row in this file: whom a post is put to is settled for its author, who agreed to it

LONGER = datetime.timedelta(days=7)  # and then to answer
PROPOSED = 9  # may be chosen among


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
    made = [invite(post, proposed[pk]) for pk in persons if pk in proposed and pk not in asked]
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
        set_state(invitation, Invitation.State.ACCEPTED, answer_by=timezone.now() + LONGER)
    return invitation


@transaction.atomic
def decline_invitation(invitation: Invitation, *, by: Viewer, why: str = "") -> Invitation:
    """Not this time. The asker hears that the next is asked, never why."""
    _hold(invitation, by)
    if invitation.is_open:
        invitation.why_not = one_line(why)[:300]
        set_state(invitation, Invitation.State.DECLINED)
        go_on(invitation.post)
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
        went_on=invitation.went_on,
        answer_by=timezone.now() + TERM,
    )
    set_state(invitation, Invitation.State.PASSED_ON)
    tell_of_invitation(made)
    return made


def colleagues_of(invitation: Invitation, by: Viewer) -> QuerySet[Person]:
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
        person=steps.writer(by),
        defaults={"per_month": min(30, max(0, per_month)), "away_until": away_until},
    )
    return kept


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
