"""Erasure that keeps the city's contribution: the person goes, what her city gave to the others stays.

She asks; seven days pass in which signing in takes it back; then a daily duty erases. What stays of her is a
row without name, address or face ("A former member of Ghent") that entries and the journal point to.
Each floor and room registers in its `apps.py` what it does about the columns that point to a person. A test
compares these with every column of the house, so that a new model can't be forgotten.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import VISITOR, Viewer
from house.ground.codes import short_code
from house.ground.errors import Refused
from house.people import tasks
from house.people.models import Person
from house.people.sessions import end_all

# every row in this file: each function names whose row it reads

GRACE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Part:
    """`goes` and `stays` tell the person, in a sentence each, what will be left of this."""

    name: str
    erase: Callable[[Person], None]
    covers: frozenset[str]
    goes: str | Promise
    stays: str | Promise


_parts: dict[str, Part] = {}


def register(
    name: str,
    erase: Callable[[Person], None],
    *,
    covers: Iterable[str] = (),
    goes: str | Promise = "",
    stays: str | Promise = "",
) -> None:
    """`erase` runs in one transaction with all others, before the person's own row is emptied.

    `covers` names every column it deals with, also those that it leaves pointing to the emptied row.
    """
    _parts[name] = Part(name, erase, frozenset(covers), goes, stays)


def parts() -> list[Part]:
    return list(_parts.values())


def covered() -> frozenset[str]:
    return frozenset[str]().union(*(part.covers for part in _parts.values()))


@transaction.atomic
def ask(person: Person, *, by: Viewer, reason: str = "") -> Person:
    """Begin the grace: she is signed out everywhere and absent for colleagues. Asking twice changes nothing.

    Raises `Forbidden`, or `Refused` for the only person of the office.
    """
    allow(by, "erase", person)
    if person.erase_after is not None or person.is_former:
        return person
    _leaves_an_office(person)
    person.erase_after = timezone.now() + GRACE
    person.save(update_fields=["erase_after"])
    end_all(person)
    facts = {"erase_after": person.erase_after, "by_herself": by.person_id == person.pk}
    transaction.on_commit(partial(tasks.mail_erasure_asked.enqueue, person.pk))
    journal.record("people.erasure_asked", person, by=by, reason=reason, facts=facts)
    return person


@transaction.atomic
def take_back(person: Person, *, by: Viewer) -> None:
    """Everything is as it was: nothing has gone yet."""
    allow(by, "erase", person)
    if person.erase_after is None or person.is_former:
        return
    person.erase_after = None
    person.save(update_fields=["erase_after"])
    journal.record("people.erasure_taken_back", person, by=by)


def note_sign_in(
    sender: type[AbstractBaseUser], request: HttpRequest, user: Person, **_facts: object
) -> None:
    """Heard from Django: who signs in during the grace takes her erasure back."""
    if user.erase_after is not None:
        take_back(user, by=Viewer(person_id=user.pk))
        request.erasure_taken_back = True  # type: ignore[attr-defined]


def erase_due() -> int:
    """Erase everybody whose grace is over; gives how many. Safe to run twice and to kill."""
    due = Person.objects.filter(erase_after__lte=timezone.now(), erased_at=None)
    pks = list(due.values_list("pk", flat=True))
    with _overwriting():
        for pk in pks:
            erase(pk)
    return len(pks)


def erase_again() -> int:
    """After a restore: erase whom the backup brought back though she is gone; gives how many."""
    file = Path(settings.ERASED_FILE)
    known = set(file.read_text(encoding="ascii").split()) if file.exists() else set()
    there = Person.objects.filter(erased_at=None).values_list("pk", "code")
    back = [pk for pk, code in there if _digest(code) in known]
    Person.objects.filter(pk__in=back).update(erase_after=timezone.now())
    return erase_due() if back else 0


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _remember(digest: str) -> None:
    """Beside the records, so that bringing older ones back does not bring her back. Names nobody."""
    file = Path(settings.ERASED_FILE)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="ascii") as lines:
        lines.write(f"{digest}\n")


@contextmanager
def _overwriting() -> Iterator[None]:
    """SQLite leaves the bytes of what was deleted in its file until they are needed again, unless told so."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA secure_delete=OFF")
            # The log of writes still holds the pages as they were before.
            if not connection.in_atomic_block:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@transaction.atomic
def erase(pk: int) -> None:
    """Leave of the person what her city's contributions need, and nothing that names her."""
    person = (
        Person.objects.select_for_update(of=("self",))
        .select_related("city")
        .filter(pk=pk, erase_after__lte=timezone.now(), erased_at=None)
        .first()
    )
    if person is None:  # taken back in this very moment, or done by another worker
        return
    for part in parts():
        part.erase(person)
    transaction.on_commit(partial(_remember, _digest(person.code)))
    _empty(person)
    journal.record("people.erased", person, by=VISITOR)


def former_name(person: Person) -> str:
    if person.city is None:
        return (
            _("A former member of the foundation") if person.is_foundation else _("A former member")
        )
    return _("A former member of %(city)s") % {"city": person.city.name}


def _empty(person: Person) -> None:
    """The row stays, because versions of entries never change and point to it."""
    kept = Person(pk=person.pk, city=person.city, name=former_name(person))
    kept.email = f"{short_code(16)}@erased.invalid"
    kept.set_unusable_password()
    kept.is_active = kept.is_listed = False
    kept.erased_at = kept.date_joined = timezone.now()
    # A new code: addresses that were known to lead to her lead nowhere.
    kept.save(force_update=True)


def _leaves_an_office(person: Person) -> None:
    others = Person.objects.filter(is_office=True, is_active=True, erase_after=None)
    if person.is_office and not others.exclude(pk=person.pk).exists():
        raise Refused(
            _("You are the only person of the foundation's office."),
            remedy=_(
                "Let somebody else into the office first: the house needs one who can open it."
            ),
        )
