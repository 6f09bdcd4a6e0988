"""What the office does to persons: one or many at once, seen before it is done, undone within thirty days."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.office import tasks
from house.office.models import PeopleAct
from house.partners import rights
from house.partners.viewing import viewer_for
from house.people.models import Person
from house.people.sessions import end_all

# every row in this file: `rights.require` asks first for the capability that sees everybody

UNDO = datetime.timedelta(days=30)
MOST = 500
Act = PeopleAct.Act
# The field that an act sets, and to what; the others change no column and can't be undone.
CHANGES: dict[str, tuple[str, bool]] = {
    Act.SUSPEND: ("is_active", False),
    Act.REINSTATE: ("is_active", True),
    Act.GIVE_OFFICE: ("is_office", True),
    Act.TAKE_OFFICE: ("is_office", False),
    Act.GIVE_CURATOR: ("is_curator", True),
    Act.TAKE_CURATOR: ("is_curator", False),
    Act.GIVE_EXPERT: ("is_expert", True),
    Act.TAKE_EXPERT: ("is_expert", False),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One person under an act: why it can't be done to her, or nothing."""

    person: Person
    refusal: str

    @property
    def is_possible(self) -> bool:
        return not self.refusal


def plan(act: str, persons: Collection[Person], *, by: Viewer) -> list[Line]:
    """Who would be changed and who can't be, without changing anything."""
    rights.require(by, "office.people")
    if act not in Act.values:
        raise Refused(_("The office knows no such act."))
    if len(persons) > MOST:
        raise Refused(_("That are too many persons at once."), remedy=_("Choose at most 500."))
    left = _office_keys() - {person.pk for person in persons}
    return [Line(person, _refusal(act, person, by=by, is_last=not left)) for person in persons]


def _office_keys() -> set[int]:
    office = Person.objects.filter(is_office=True, is_active=True, erased_at__isnull=True)
    return set(office.values_list("pk", flat=True))


def _refusal(act: str, person: Person, *, by: Viewer, is_last: bool) -> str:
    if person.is_former:
        return _("Erased: there is nobody left.")
    if person.pk == by.person_id:
        return _("This is you. Ask a colleague of the office.")
    if act in CHANGES:
        return _why_no_change(act, person, is_last=is_last)
    if not person.is_active:
        return _("Suspended.")
    return ""


def _why_no_change(act: str, person: Person, *, is_last: bool) -> str:
    field, value = CHANGES[act]
    if getattr(person, field) is value:
        return _("This is so already.")
    takes_office = (field, value) in {("is_active", False), ("is_office", False)}
    if takes_office and person.is_office and is_last:
        return _("Nobody would be left in the office.")
    if field != "is_active" and value and not person.is_active:
        return _("Suspended: reinstate her first.")
    return ""


@transaction.atomic
def act_on_people(act: str, persons: Sequence[Person], *, by: Viewer, reason: str) -> PeopleAct:
    """Do it to all for whom it is possible, in one transaction; a row of the journal for each.

    What is possible is judged again here, on locked rows: two office people who suspend each other
    at the same moment don't both succeed.
    """
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why: the reason stands in the journal."))
    locked = _locked([person.pk for person in persons], by)
    lines = [line for line in plan(act, locked, by=by) if line.is_possible]
    if not lines:
        raise Refused(_("Nobody can be changed in this way."))
    done = PeopleAct.objects.create(act=act, by_id=by.person_id, reason=reason[:300])
    for line in lines:
        before = _do(act, line.person)
        done.before[str(line.person.pk)] = before
    done.save(update_fields=["before"])
    for line in lines:
        facts = {"with": done.code}
        journal.record(f"people.{act}", line.person, by=by, reason=reason, facts=facts)
    return done


@transaction.atomic
def add_colleague(
    name: str, email: str, works_as: Collection[str], *, by: Viewer, reason: str
) -> Person:
    """Somebody of the foundation, who holds no city's seat. She is told how to sign in; there is no password.

    Whoever comes from a city is invited to a seat instead, and whoever is here already is given the work.
    """
    rights.require(by, "office.people")
    if Person.objects.filter(email__iexact=email).exists():
        raise Refused(
            _("This address is known in the house."), remedy=_("Find it in the list of people.")
        )
    person = Person.objects.create_user(
        email, name=name, **{f"is_{work}": True for work in works_as}
    )
    facts = {"as": sorted(works_as)}
    journal.record("people.add", person, by=by, reason=reason, facts=facts)
    transaction.on_commit(partial(tasks.mail_sign_in_help.enqueue, person.pk))
    return person


def _locked(keys: Collection[int], by: Viewer) -> list[Person]:
    """These persons and the whole office, locked in one order; then: is she who acts still of the office?"""
    wanted = Person.objects.filter(pk__in=keys) | Person.objects.filter(is_office=True)
    rows = {person.pk: person for person in wanted.order_by("pk").select_for_update(of=("self",))}
    if by.person_id is not None:
        actor = rows.get(by.person_id) or Person.objects.filter(pk=by.person_id).first()
        if actor is None or not viewer_for(actor).can("office.people"):
            raise Forbidden(_("You are not of the office any more."))
    return [rows[pk] for pk in keys if pk in rows]


def _do(act: str, person: Person) -> bool | None:
    """Change her; gives what the field held before."""
    if act == Act.SEND_HELP:
        transaction.on_commit(partial(tasks.mail_sign_in_help.enqueue, person.pk))
        return None
    before = None
    if act in CHANGES:
        field, value = CHANGES[act]
        before = getattr(person, field)
        setattr(person, field, value)
        person.save(update_fields=[field])
    if act in {Act.SUSPEND, Act.END_SESSIONS}:
        end_all(person)
    return before


def may_be_undone(done: PeopleAct) -> bool:
    return done.act in CHANGES and done.undone_at is None and timezone.now() - done.at <= UNDO


def plan_undo(done: PeopleAct, *, by: Viewer) -> list[Line]:
    """Who would get back what she had. Who was changed otherwise since then stays as she is."""
    rights.require(by, "office.people")
    persons = list(Person.objects.filter(pk__in=done.before).order_by("name", "pk"))
    return _lines_back(done, persons, by=by)


def _lines_back(done: PeopleAct, persons: Collection[Person], *, by: Viewer) -> list[Line]:
    if not may_be_undone(done):
        raise Refused(_("This can't be undone any more."))
    return plan(_opposite(done.act), persons, by=by)


def _opposite(act: str) -> str:
    field, value = CHANGES[act]
    return next(other for other, change in CHANGES.items() if change == (field, not value))


@transaction.atomic
def undo_people_act(done: PeopleAct, *, by: Viewer) -> PeopleAct:
    """Give back what was before, to all for whom that is still possible. Once, within thirty days."""
    done = PeopleAct.objects.select_for_update(of=("self",)).get(pk=done.pk)
    rights.require(by, "office.people")
    locked = _locked([int(key) for key in done.before], by)
    lines = [line for line in _lines_back(done, locked, by=by) if line.is_possible]
    if not lines:
        raise Refused(_("Nobody is left who could be changed back."))
    for line in lines:
        _do(_opposite(done.act), line.person)
    done.undone_by_id, done.undone_at = by.person_id, timezone.now()
    done.save(update_fields=["undone_by", "undone_at"])
    for line in lines:
        facts = {"undoes": done.code}
        journal.record(
            f"people.{_opposite(done.act)}", line.person, by=by, reason=done.reason, facts=facts
        )
    return done
