"""The programme of a visit: planned row by row, shared in versions, agreed by the city."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import clean, one_line, shorten
from house.meetings import programme, telling
from house.meetings.actions import visits
from house.meetings.locking import locked_visit
from house.meetings.models import Programme, ProgrammeRow, Visit
from house.meetings.people import people_of
from house.meetings.programme import Finding, Row
from house.people.models import Person

# every row in this file: each verb judges who acts, then works on what it locked

MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Planned:
    """One row with its words; `members` are keys of persons of the house."""

    row: Row
    team: str = ""
    people: str = ""
    notes: str = ""
    members: tuple[int, ...] = field(default=())


@transaction.atomic
def save_programme(
    visit: Visit, rows: Sequence[Planned], *, by: Viewer, revision: int
) -> list[Finding]:
    """Keep the rows as they are now, also when the day does not add up yet; gives what is to be looked at.

    `revision` is the one that the planner began with: of two who plan at once the later looks first.
    """
    visit = locked_visit(visit)
    allow(by, "plan", visit)
    if not visit.is_open:
        raise Refused(_("This visit is over."))
    if revision != visit.revision:
        raise Refused(
            _("Somebody else saved the programme since you opened it."),
            remedy=_("Open it in another window, compare, then save yours again here."),
        )
    if len(rows) > MOST_ROWS:
        raise Refused(_("A programme holds at most %(most)s rows.") % {"most": MOST_ROWS})
    ProgrammeRow.objects.filter(visit=visit).delete()
    known = set(people_of(visit).values_list("pk", flat=True))
    for planned in sorted(rows, key=lambda each: (each.row.begins, each.row.ends)):
        _add_row(visit, planned, known)
    visit.revision += 1
    visit.save(update_fields=["revision"])
    return findings_of(visit)


def _add_row(visit: Visit, planned: Planned, known: set[int]) -> None:
    row = planned.row
    made = ProgrammeRow.objects.create(
        visit=visit, begins=row.begins, ends=row.ends, format=row.format,
        title=shorten(row.title, 160), place=shorten(row.place, 200), travel=row.travel,
        team=shorten(planned.team, 160), people=shorten(planned.people, 300),
        notes=shorten(planned.notes, 500),
    )  # fmt: skip
    made.members.set(known & set(planned.members))


def rows_of(visit: Visit) -> list[ProgrammeRow]:
    """As planned now. The caller plans visits."""
    return list(ProgrammeRow.objects.filter(visit=visit).prefetch_related("members"))


def plain(row: ProgrammeRow) -> Row:
    return Row(row.begins, row.ends, row.format, row.title, row.place, row.travel)


def findings_of(visit: Visit) -> list[Finding]:
    return programme.findings([plain(row) for row in rows_of(visit)])


@transaction.atomic
def copy_into(visit: Visit, rows: Sequence[Row], *, by: Viewer) -> Visit:
    """Begin with a template or another visit's day. Only where nothing is planned yet."""
    visit = locked_visit(visit)
    allow(by, "plan", visit)
    if ProgrammeRow.objects.filter(visit=visit).exists():
        raise Refused(
            _("There is a programme already."), remedy=_("Take its rows out first, then copy.")
        )
    save_programme(visit, [Planned(row) for row in rows], by=by, revision=visit.revision)
    return visit


@transaction.atomic
def share(visit: Visit, *, note: str, by: Viewer) -> Programme:
    """The city sees this version from now on, and everybody named in it is invited."""
    visit = locked_visit(visit)
    allow(by, "plan", visit)
    if not visit.is_open or visit.day is None:
        raise Refused(_("Choose the day first."))
    found = findings_of(visit)
    if not programme.is_sound(found):
        told = " ".join(each.text for each in found if each.sort == "error")
        raise Refused(told, remedy=_("Mend this first: the city would stumble over it."))
    last = Programme.objects.filter(visit=visit).order_by("-number").first()
    shared = Programme.objects.create(
        visit=visit, number=1 + (last.number if last else 0), day=visit.day, note=shorten(note, 300),
        rows=[_kept(row) for row in rows_of(visit)], shared_by=Person.objects.get(pk=by.person_id),
    )  # fmt: skip
    visit.state = Visit.State.SHARED
    visits.changed(visit)
    telling.visit_dated(visit)
    telling.visit_left(visit, {pk for row in (last.rows if last else ()) for pk in row["members"]})
    telling.visit_moved_on(visit, f"shared{shared.number}", by=by)
    journal.record("visit.share", visit, by=by, facts={"version": shared.number})
    return shared


def _kept(row: ProgrammeRow) -> dict[str, Any]:
    return {
        "begins": f"{row.begins:%H:%M}",
        "ends": f"{row.ends:%H:%M}",
        "format": row.format,
        "title": row.title,
        "team": row.team,
        "people": row.people,
        "place": row.place,
        "notes": row.notes,
        "travel": row.travel,
        # Numbers, not names: who is erased is named no more, also in what was shared.
        "members": [person.pk for person in row.members.all()],
    }


@transaction.atomic
def answer(visit: Visit, *, number: int, agrees: bool, word: str, by: Viewer) -> Programme:
    """The city agrees to the version that it saw, or says what must change."""
    visit = locked_visit(visit)
    allow(by, "answer", visit)
    latest = Programme.objects.filter(visit=visit).order_by("-number").first()
    if latest is None or visit.state not in {Visit.State.SHARED, Visit.State.AGREED}:
        raise Refused(_("There is no programme to answer to."))
    if latest.number != number:
        raise Refused(
            _("There is a newer version than the one you saw."), remedy=_("Read it, then answer.")
        )
    word = clean(word).strip()
    if not agrees and not word:
        raise Refused(_("Say what should change."))
    latest.answer = Programme.Answer.ACCEPTED if agrees else Programme.Answer.CHANGES
    latest.answer_word, latest.answered_at = one_line(word)[:2000], timezone.now()
    latest.answered_by_id = by.person_id
    latest.save(update_fields=["answer", "answer_word", "answered_at", "answered_by"])
    visit.state = Visit.State.AGREED if agrees else Visit.State.PLANNED
    visit.changed_at = timezone.now()
    visit.save(update_fields=["state", "changed_at"])
    telling.visit_moved_on(visit, f"answer{latest.number}{latest.answer}", by=by)
    journal.record("visit.answer", visit, by=by, facts={"version": number, "agrees": agrees})
    return latest
