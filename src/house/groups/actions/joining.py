from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.groups.models import Admission, Group, Member
from house.groups.steps import as_told, city_for, enter, herself, leads_of, lock, words
from house.notices import happenings
from house.notices.happenings import Reason
from house.partners import rights
from house.partners.viewing import viewer_for
from house.people.models import Person

MOST_WAITING = 40  # invitations that nobody has answered: a group is no mailing list


@transaction.atomic
def invite_person(
    group: Group, person: Person, *, by: Viewer, text: str = "", city: str = ""
) -> Admission:
    """Ask somebody in. Who asked to join herself is taken in at once; inviting twice is one invitation.

    Raises `Refused` for somebody who could not take part, such as people of associate cities.
    """
    rights.require(by, "agora.write")
    allow(by, "lead", lock(group))
    # Only whom she can see in the directory: the answer must not tell who else is here.
    if not Person.objects.visible_to(by).filter(pk=person.pk).exists():
        raise Refused(_("There is nobody of this name that you can invite."))
    hers = viewer_for(person)
    if not hers.can("agora.write"):
        raise Refused(
            _("%(name)s may read along, but not take part.") % {"name": person.name},
            remedy=_("Let her city read along: its people then see everything the group writes."),
        )
    if Member.objects.filter(group=group, person=person).now().exists():
        raise Refused(_("%(name)s is in the group already.") % {"name": person.name})
    waiting = Admission.objects.filter(group=group).waiting()
    standing = waiting.filter(person=person).first()
    if standing is not None:
        if standing.sort == Admission.Sort.ASKED:
            return answer_admission(standing, yes=True, by=by)
        return standing
    if waiting.count() >= MOST_WAITING:
        raise Refused(
            _("%(number)d invitations wait for an answer.") % {"number": MOST_WAITING},
            remedy=_("Withdraw some of them first."),
        )
    admission = Admission.objects.create(
        group=group,
        person=person,
        city_id=city_for(hers, city),
        sort=Admission.Sort.INVITED,
        text=words(text, _("Your words"), 2000),
        made_by_id=by.person_id,
    )
    journal.record("groups.invite", group, by=by, facts={"admission": admission.code})
    happenings.tell(
        "groups.invited", admission, key=f"groups.invited:{admission.code}", by=by,
        to={person.pk: Reason.INVITED}, is_direct=True,
    )  # fmt: skip
    return admission


@transaction.atomic
def ask_to_join(group: Group, *, by: Viewer, text: str = "", city: str = "") -> Admission:
    """Ask those who lead it. Whom they invited already joins at once; asking twice is one request."""
    rights.require(by, "agora.write")
    allow(by, "join", lock(group))
    standing = Admission.objects.filter(group=group, person_id=herself(by)).waiting().first()
    if standing is not None:
        if standing.sort == Admission.Sort.INVITED:
            return answer_admission(standing, yes=True, by=by)
        return standing
    admission = Admission.objects.create(
        group=group,
        person_id=herself(by),
        city_id=city_for(by, city),
        sort=Admission.Sort.ASKED,
        text=words(text, _("Your words"), 2000),
        made_by_id=by.person_id,
    )
    happenings.tell(
        "groups.asked", admission, key=f"groups.asked:{admission.code}", by=by,
        to=as_told(leads_of(group), Reason.OWN), is_direct=True,
    )  # fmt: skip
    return admission


@transaction.atomic
def answer_admission(admission: Admission, *, yes: bool, by: Viewer) -> Admission:
    """Yes makes a member. Answering again changes nothing."""
    rights.require(by, "agora.write")
    group = lock(admission.group)
    admission.refresh_from_db()
    allow(by, "answer", admission)
    if admission.answer:
        return admission
    if not group.is_open:
        raise Refused(_("This group has ended."), remedy=_("What came of it stands on its page."))
    if yes:
        _take_in(admission)
    admission.answer = Admission.Answer.YES if yes else Admission.Answer.NO
    admission.answered_at, admission.answered_by_id = timezone.now(), by.person_id
    admission.save(update_fields=["answer", "answered_at", "answered_by", "city"])
    journal.record("groups.admit", group, by=by, facts={"admission": admission.code, "yes": yes})
    _tell_the_others(admission, by)
    return admission


def _take_in(admission: Admission) -> None:
    """Her seat and her right are looked at when she enters: weeks may lie between asking and answering."""
    hers = viewer_for(admission.person)
    if not hers.can("agora.write"):
        raise Refused(
            _("%(name)s can't take part any more.") % {"name": admission.person.name},
            remedy=_("Her city's partnership or her seat has changed."),
        )
    if admission.city_id not in hers.city_ids:
        admission.city_id = city_for(hers)
    enter(admission.group, admission.person, admission.city_id)


def _tell_the_others(admission: Admission, by: Viewer) -> None:
    asked = admission.sort == Admission.Sort.ASKED
    concerned = [admission.person_id] if asked else leads_of(admission.group)
    happenings.tell(
        "groups.answered", admission, key=f"groups.answered:{admission.code}", by=by,
        to=as_told(concerned, Reason.OWN),
    )  # fmt: skip


@transaction.atomic
def withdraw_admission(admission: Admission, *, by: Viewer) -> Admission:
    lock(admission.group)
    admission.refresh_from_db()
    allow(by, "withdraw", admission)
    if not admission.answer:
        admission.answer = Admission.Answer.WITHDRAWN
        admission.answered_at, admission.answered_by_id = timezone.now(), by.person_id
        admission.save(update_fields=["answer", "answered_at", "answered_by"])
    return admission
