import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.groups.models import Group, Member
from house.groups.parting import go, tell_lead
from house.groups.steps import enter, herself, lock
from house.notices import happenings
from house.notices.happenings import Reason
from house.partners import rights

COME_BACK = datetime.timedelta(hours=1)


@transaction.atomic
def leave_group(group: Group, *, by: Viewer) -> None:
    """She goes; what she wrote stays, and her open tasks are free for others."""
    lock(group)
    member = Member.objects.filter(group=group, person_id=herself(by)).now().first()
    if member is None:
        return
    others = Member.objects.filter(group=group).now().exclude(pk=member.pk)
    if group.is_open and not others.exists():
        raise Refused(
            _("You are the last one in this group."),
            remedy=_("Close it, and say what you learned: others will meet the same problem."),
        )
    go(member, Member.Left.HERSELF)
    journal.record("groups.leave", group, by=by)


@transaction.atomic
def come_back(group: Group, *, by: Viewer) -> Member:
    """Within an hour she takes back that she left, also as lead. Her tasks stay free for others.

    Raises `Refused` where somebody else took her out, or the hour or the group is over.
    """
    rights.require(by, "agora.write")
    lock(group)
    person = herself(by)
    # every row: her own memberships
    hers = Member.objects.filter(group=group, person_id=person)
    if standing := hers.now().first():
        return standing
    last = hers.order_by("-left_at").select_related("person").first()
    since = timezone.now() - COME_BACK
    by_herself = last is not None and last.left_why == Member.Left.HERSELF
    if last is None or not by_herself or last.left_at is None or last.left_at < since:
        raise Refused(_("It is too late to come back like this."), remedy=_("Ask to join again."))
    if not group.is_open:
        raise Refused(_("This group has ended."))
    if not (last.city_id in by.city_ids or (last.city_id is None and "alliance" in by.tokens)):
        raise Forbidden(_("You hold no seat of this city any more."))
    member = enter(group, last.person, last.city_id, is_lead=last.led)
    journal.record("groups.come_back", group, by=by)
    return member


@transaction.atomic
def remove_member(member: Member, *, by: Viewer) -> None:
    """A lead asks somebody to go. She is told by her notices."""
    rights.require(by, "agora.write")
    group = lock(member.group)
    allow(by, "lead", group)
    member.refresh_from_db()
    if member.left_at is not None:
        return
    if member.person_id == by.person_id:
        raise Refused(_("You can't remove yourself."), remedy=_("Leave the group instead."))
    if member.is_lead:
        raise Refused(_("She leads the group too."), remedy=_("Ask her to step down first."))
    go(member, Member.Left.REMOVED)
    journal.record("groups.remove", group, by=by, facts={"member": member.code})
    happenings.tell(
        "groups.removed", member, key=f"groups.removed:{member.code}", by=by,
        to={member.person_id: Reason.OWN},
    )  # fmt: skip


@transaction.atomic
def make_lead(member: Member, *, by: Viewer) -> Member:
    rights.require(by, "agora.write")
    group = lock(member.group)
    allow(by, "lead", group)
    member.refresh_from_db()
    if member.left_at is not None:
        raise Refused(_("She has left the group."))
    if not member.is_lead:
        member.is_lead = True
        member.save(update_fields=["is_lead"])
        journal.record("groups.lead", group, by=by, facts={"member": member.code})
        tell_lead(member, by)
    return member


@transaction.atomic
def step_down(member: Member, *, by: Viewer) -> Member:
    """Somebody leads no more, by her own will; another one must."""
    group = lock(member.group)
    allow(by, "lead", group)
    member.refresh_from_db()
    if member.person_id != by.person_id:
        raise Forbidden(_("Only she herself steps down."), remedy=_("Ask her."))
    others = Member.objects.filter(group=group, is_lead=True).now().exclude(pk=member.pk)
    if not others.exists():
        raise Refused(
            _("Nobody would lead the group any more."),
            remedy=_("Let another member lead it first."),
        )
    member.is_lead = False
    member.save(update_fields=["is_lead"])
    journal.record("groups.step_down", group, by=by)
    return member
