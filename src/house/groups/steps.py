"""Steps that several verbs share. They check nothing: the verbs did."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.ground.text import clean, one_line
from house.groups.models import Group, Meeting, Member
from house.notices import happenings, letters
from house.people.models import Person
from house.retrieval import outbox

# every row in this file: the verbs have fetched the group through its door


def lock(group: Group) -> Group:
    """The same object as it stands now, held until the transaction ends."""
    group.refresh_from_db(from_queryset=Group.objects.select_for_update(of=("self",)))
    return group


def thread_of(group: Group) -> str:
    return f"groups.group:{group.code}"


def changed(group: Group) -> None:
    """Tell search, in this transaction: of the group, and of the page, whose audience is the group's."""
    outbox.touch("group", group.pk)
    outbox.touch("group-page", group.pk)


def leads_of(group: Group) -> list[int]:
    rows = Member.objects.filter(group=group, is_lead=True).now()
    return list(rows.values_list("person", flat=True))


def members_of(group: Group) -> list[int]:
    return list(Member.objects.filter(group=group).now().values_list("person", flat=True))


def as_told(persons: Iterable[int | None], reason: str) -> dict[int, str]:
    return {person: reason for person in persons if person is not None}


def enter(group: Group, person: Person, city: str | None, *, is_lead: bool = False) -> Member:
    """She is a member from now on, reads inside, and hears what happens."""
    member, _is_new = Member.objects.get_or_create(
        group=group,
        person=person,
        left_at=None,
        defaults={"city_id": city, "is_lead": is_lead},
    )
    group.circle.persons.add(person)
    happenings.follow(person.pk, f"thread:{thread_of(group)}")
    for meeting in Meeting.objects.filter(group=group).coming():
        invite_to(meeting, person.pk)
    changed(group)
    return member


def invite_to(meeting: Meeting, person: int) -> None:
    letters.post("groups.meeting", meeting, person, key=_key("groups.meeting", meeting, person))


def call_off(meeting: Meeting, person: int) -> None:
    """It goes from her calendar: the meeting was cancelled, or she has left."""
    kind = "groups.meeting_cancelled"
    letters.post(kind, meeting, person, key=_key(kind, meeting, person))


def _key(kind: str, meeting: Meeting, person: int) -> str:
    """One letter for each time that the meeting moved, and for each time that she came in or left."""
    terms = Member.objects.filter(group=meeting.group_id, person=person).count()
    return f"{kind}:{meeting.code}:{meeting.sequence}:{person}:{terms}"


def city_for(by: Viewer, wanted: str = "") -> str | None:
    """The city that she works for in a group; the foundation's people work for none."""
    if wanted and wanted in by.city_ids:
        return wanted
    if by.city_ids:
        return min(by.city_ids)
    return None


def herself(by: Viewer) -> int:
    """The key of who acts. Raises `Forbidden` for a visitor."""
    if by.person_id is None:
        raise Forbidden(_("This is for people of the alliance."), remedy=_("Sign in to go on."))
    return by.person_id


def line(value: str, what: str, longest: int) -> str:
    """Raises `Refused` for what is empty or too long: the database of a test need not say so."""
    told = one_line(value)
    if not told:
        raise Refused(_("%(what)s is missing.") % {"what": what})
    return within(told, what, longest)


def words(value: str, what: str, longest: int, *, needed: bool = False) -> str:
    told = clean(value).strip()
    if needed and not told:
        raise Refused(_("%(what)s is missing.") % {"what": what})
    return within(told, what, longest)


def within(told: str, what: str, longest: int) -> str:
    if len(told) > longest:
        raise Refused(
            _("%(what)s is longer than %(longest)d characters.")
            % {"what": what, "longest": longest},
            remedy=_("Shorten it, or put the rest on the group's page."),
        )
    return told
