"""What it means that somebody is no longer in a group, whoever or whatever took her out."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from house.access import journal
from house.access.viewer import VISITOR, Viewer
from house.groups.models import OPEN_STATES, Admission, Meeting, Member, Task
from house.groups.steps import as_told, call_off, changed, lock
from house.notices import happenings
from house.notices.happenings import Reason
from house.partners.models import Partnership, Seat
from house.people.models import Person

# every row in this file: nobody is shown anything here; who goes is settled by her seat


def leave_without_seat() -> int:
    """Everybody goes whose seat in her city, or whose work for the foundation, has ended; gives how many.

    Until this duty has run she is a member by name only: doors ask for the seat each time.
    """
    seats = Seat.objects.filter(partnership__in=Partnership.objects.running())
    held = set(seats.filter(person__isnull=False).values_list("person", "partnership__city"))
    foundation = Q(is_office=True) | Q(is_curator=True) | Q(is_expert=True)
    works = set(Person.objects.filter(foundation, is_active=True).values_list("pk", flat=True))
    rows = Member.objects.now().filter(group__state__in=OPEN_STATES).select_related("person")
    gone = [
        row.pk
        for row in rows
        if not row.person.is_active
        or ((row.person_id, row.city_id) not in held if row.city_id else row.person_id not in works)
    ]
    for pk in gone:
        _leave_without_seat(pk)
    return len(gone)


@transaction.atomic
def _leave_without_seat(pk: int) -> None:
    member = Member.objects.select_related("group__circle").get(pk=pk)
    lock(member.group)
    member.refresh_from_db(fields=["left_at", "is_lead"])
    if member.left_at is None:
        go(member, Member.Left.SEAT)
        journal.record("groups.seat_lost", member.group, by=VISITOR, facts={"member": member.code})


def go(member: Member, why: str, *, tells: bool = True) -> None:
    """Her row stays with the day she left; whoever has been in it longest leads where nobody else does.

    For verbs that have checked their own permission. `tells` is false where she must get no letter any more.
    """
    group = member.group
    was_lead = member.led = member.is_lead
    member.is_lead = False
    member.left_at, member.left_why = timezone.now(), why
    member.save(update_fields=["is_lead", "led", "left_at", "left_why"])
    group.circle.persons.remove(member.person_id)
    if tells:
        for meeting in Meeting.objects.filter(group=group).coming():
            call_off(meeting, member.person_id)
    Task.objects.filter(group=group, owner=member.person_id, done_at__isnull=True).update(
        owner=None
    )
    Admission.objects.filter(group=group, person=member.person_id, answer="").delete()
    rest = Member.objects.filter(group=group).now()
    if was_lead and not rest.filter(is_lead=True).exists():
        heir = rest.order_by("joined_at", "pk").first()
        if heir is not None:
            heir.is_lead = True
            heir.save(update_fields=["is_lead"])
            tell_lead(heir, None)
    changed(group)


def tell_lead(member: Member, by: Viewer | None) -> None:
    happenings.tell(
        "groups.leads", member, key=f"groups.leads:{member.code}:{timezone.now():%Y%m%d%H%M}", by=by,
        to=as_told([member.person_id], Reason.OWN),
    )  # fmt: skip
