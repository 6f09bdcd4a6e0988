"""The office lays, withdraws and restores versions of the table, and makes exceptions to it.

Whoever changes what others may do is judged first; nobody can lay a version in which the table could no
longer be changed, nor take from herself the right to change it.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.capabilities import CAPABILITIES, Standing
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.partners import rights
from house.partners.models import Allowance, Level, Right, RightException, Table
from house.partners.versions import Contents, contents_of, difference, holders, table_at
from house.people.models import Person
from house.vocabulary.models import City

# every row in this file: who acts here was judged first, and acts for every city

CAPABILITY = "office.rights"
LONGEST_EXCEPTION = datetime.timedelta(days=2 * 366)
MOST_UNITS, MOST_SEATS = 999, 9999


class Changed(Refused):
    """Somebody laid or withdrew a version while this one was being written."""

    code = "changed"


@transaction.atomic
def lay_table(
    contents: Contents,
    *,
    effective_from: datetime.datetime | None,
    note: str,
    known: str,
    by: Viewer,
) -> Table:
    """A new version, from that moment on (at once, if none is named). Laying it twice lays it once.

    `known` is `state_of_versions()` as it was when the author began: when another version was laid or
    withdrawn since, `Changed` is raised and nothing is laid, so that nobody overwrites unseen.
    """
    rights.require(by, CAPABILITY)
    now = timezone.now()
    _wait_for_turn()
    if (again := _laid_again(contents, effective_from, note, known, by)) is not None:
        return again
    if known != state_of_versions():
        raise Changed(
            _("Meanwhile somebody else laid or withdrew a version of the table."),
            remedy=_("Compare yours with it below, then lay yours if it is still right."),
        )
    if effective_from is not None and effective_from < now:
        raise Refused(
            _("A table can't rule the past."),
            remedy=_("Choose a moment to come, or leave it empty for “at once”."),
        )
    if not note.strip():
        raise Refused(_("Say why it changes."), remedy=_("Cities read this beside the version."))
    base = contents_of(table_at(effective_from or now))
    _check(contents)
    if not difference(base, contents):
        raise Refused(
            _("Nothing would change: this is what rules then anyway."),
            remedy=_("Change a cell, or close this page."),
        )
    _check_that_it_can_be_changed(contents, effective_from or now, by)
    table = Table.objects.create(
        effective_from=effective_from or now,
        note=note.strip(),
        made_by_id=by.person_id,
        seats=dict(contents.seats),
    )
    Right.objects.bulk_create(
        Right(table=table, standing=standing, capability=name)
        for standing, name in sorted(contents.cells)
    )
    Allowance.objects.bulk_create(
        Allowance(table=table, level=level, benefit_id=benefit, units=units, per=per)
        for (level, benefit), (units, per) in sorted(contents.allowances.items())
    )
    facts = _facts(base, contents, table)
    journal.record("rights.lay", table, by=by, reason=table.note, facts=facts)
    return table


@transaction.atomic
def withdraw_table(table: Table, *, reason: str, by: Viewer) -> Table:
    """Take back a version that is not in force yet. Twice changes nothing."""
    rights.require(by, CAPABILITY)
    _wait_for_turn()
    table = Table.objects.get(pk=table.pk)
    if table.withdrawn_at is not None:
        return table
    if table.effective_from <= timezone.now():
        raise Refused(
            _("This version has begun: what it allowed can't be made undone."),
            remedy=_("Lay a new version, or go back to an older one."),
        )
    table.withdrawn_at = timezone.now()
    table.save(update_fields=["withdrawn_at"])
    journal.record("rights.withdraw", table, by=by, reason=reason)
    return table


def state_of_versions() -> str:
    """Another word whenever a version was laid or withdrawn."""
    rows = list(Table.objects.order_by("pk").values_list("withdrawn_at", flat=True))
    return f"{len(rows)}-{sum(moment is not None for moment in rows)}"


@transaction.atomic
def make_exception(
    *,
    capability: str,
    is_granted: bool,
    starts_on: datetime.date,
    ends_on: datetime.date,
    reason: str,
    by: Viewer,
    city: City | None = None,
    person: Person | None = None,
) -> RightException:
    """For one city or one person, for a while, otherwise than the table. The same again makes no second."""
    rights.require(by, CAPABILITY)
    _wait_for_turn()
    today = timezone.localdate()
    if (city is None) == (person is None):
        raise Refused(_("Name one city or one person."))
    if capability not in CAPABILITIES:
        raise LookupError(f"No capability is called {capability!r}")
    if not reason.strip():
        raise Refused(_("Give the reason: those it concerns are told it."))
    if starts_on < today:
        raise Refused(_("An exception can't begin in the past."))
    if ends_on < starts_on:
        raise Refused(_("It ends before it begins."))
    if ends_on > starts_on + LONGEST_EXCEPTION:
        raise Refused(
            _("An exception lasts two years at most."),
            remedy=_("What should last longer belongs into the table."),
        )
    if city is not None and CAPABILITIES[capability].is_hidden:
        raise Refused(
            _("What is done at the foundation's desk is given to persons, not to a whole city."),
            remedy=_("Name the person."),
        )
    if capability == CAPABILITY and not is_granted and person and person.pk == by.person_id:
        raise Refused(
            _("You would take from yourself the right to change the table."),
            remedy=_("Ask a second person of the office to do it."),
        )
    facts: dict[str, Any] = {
        "capability": capability,
        "is_granted": is_granted,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    same = RightException.objects.filter(
        city=city, person=person, reason=reason.strip(), revoked_at=None, **facts
    ).first()
    if same is not None:
        return same
    made = RightException.objects.create(
        city=city, person=person, reason=reason.strip(), made_by_id=by.person_id, **facts
    )
    whom = {"city": made.city_id} if city else {"person": made.person_id}
    journal.record("rights.except", made, by=by, reason=made.reason, facts={**facts, **whom})
    return made


@transaction.atomic
def revoke_exception(exception: RightException, *, by: Viewer) -> RightException:
    """It ends now; the row is kept. Twice changes nothing."""
    rights.require(by, CAPABILITY)
    exception = RightException.objects.select_for_update().get(pk=exception.pk)
    if exception.revoked_at is None:
        exception.revoked_at = timezone.now()
        exception.save(update_fields=["revoked_at"])
        facts = {"capability": exception.capability}
        journal.record("rights.revoke", exception, by=by, facts=facts)
    return exception


# -- What is checked -----------------------------------------------------------------------------


def _wait_for_turn() -> None:
    """One change of rights at a time: the first version's row is the lock that all of them take."""
    Table.objects.select_for_update().order_by("pk").first()


def _laid_again(
    contents: Contents, moment: datetime.datetime | None, note: str, known: str, by: Viewer
) -> Table | None:
    """The version that this very request has laid before: a button pressed twice."""
    last = Table.objects.order_by("-pk").first()
    if last is None or known == state_of_versions() or last.made_by_id != by.person_id:
        return None
    is_same = last.note == note.strip() and (moment is None or last.effective_from == moment)
    return last if is_same and not difference(contents_of(last), contents) else None


def _check(contents: Contents) -> None:
    """What a form would refuse is refused here for every other caller too."""
    for standing, name in contents.cells:
        if standing not in Standing.values or name not in CAPABILITIES:
            raise LookupError(f"The table can't hold {standing!r} × {name!r}")
    for (level, _benefit), (units, _per) in contents.allowances.items():
        if level not in Level.values or not 0 < units <= MOST_UNITS:
            raise Refused(_("Units are a number from 1 to %(most)s.") % {"most": MOST_UNITS})
    if any(not 0 <= number <= MOST_SEATS for number in contents.seats.values()):
        raise Refused(_("Seats are a number up to %(most)s.") % {"most": MOST_SEATS})


def _check_that_it_can_be_changed(
    contents: Contents, moment: datetime.datetime, by: Viewer
) -> None:
    if not any(name == CAPABILITY for _standing, name in contents.cells):
        raise Refused(
            _("In this version nobody could change the table any more."),
            remedy=_("Leave “change the table of rights” with at least one standing."),
        )
    if by.person_id is None:  # an operator at the machine is of no standing
        return
    mine = [each for each in holders(moment.date()) if each.person.pk == by.person_id]
    if not any(CAPABILITY in each.can(contents) for each in mine):
        raise Refused(
            _("In this version you yourself could not change the table any more."),
            remedy=_(
                "Leave it with your own standing, or ask a colleague who keeps it to lay this."
            ),
        )


def _facts(old: Contents, new: Contents, table: Table) -> dict[str, Any]:
    changed = difference(old, new)
    return {
        "effective_from": table.effective_from,
        "gained": {standing: gained for standing, gained, _lost in changed.rights if gained},
        "lost": {standing: lost for standing, _gained, lost in changed.rights if lost},
        "allowances": changed.allowances,
        "seats": changed.seats,
    }
