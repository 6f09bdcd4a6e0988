"""What this room gives to a person's export, and what erasure does about it.

What a city booked, asked for and promised stays the city's and the foundation's; what was written for one
person alone, and an expert's hours and calendar, go with her.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.meetings.actions import booking
from house.meetings.models import (
    Availability,
    Busy,
    DayChange,
    Joiner,
    Preparation,
    PrivateNote,
    Programme,
    ProgrammeRow,
    Promise,
    Session,
    SessionFile,
    TakenTime,
    Visit,
    VisitWord,
    WeeklyHours,
)
from house.partners.viewing import operator
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased


def register() -> None:
    for name, told, covers, found, fields in _LISTS:
        export.register(name, _rows(found, fields), told=told, covers=covers)
    export.register(
        "session-files",
        _files,
        told=_("Documents that you added to sessions."),
        covers=("meetings.SessionFile.added_by",),
    )
    erasure.register(
        "meetings",
        _erase,
        covers=frozenset({"meetings.SessionFile.added_by"}).union(
            *(covers for _n, _t, covers, *_r in _LISTS)
        ),
        goes=_(
            "Your hours and what keeps you busy, your private notes, documents that you added, your name in "
            "programmes and in sessions that you join. Your sessions to come are cancelled."
        ),
        stays=_(
            "Sessions and visits of your city with what was written for both sides, and what was promised, "
            "by a former member."
        ),
    )


def _rows(
    found: Callable[[Person], QuerySet], fields: tuple[str, ...]
) -> Callable[[Person], Section]:
    return lambda person: Section(rows_of(found(person).order_by("pk"), *fields))


def _files(person: Person) -> Section:
    mine = SessionFile.objects.filter(added_by=person).order_by("pk")
    files = ((f"{one.code}-{one.name.replace('/', '_')}", one.file) for one in mine)
    return Section(rows_of(mine, "session__code", "name", "size", "added_at"), files)


def _sides(person: Person) -> Q:
    return Q(expert=person) | Q(booked_by=person)


_LISTS: tuple[tuple[str, Any, frozenset[str], Callable[[Person], QuerySet], tuple[str, ...]], ...] = (
    (
        "availability",
        _("Your terms for one-on-one sessions. The address of your calendar is left out: it is a key."),
        frozenset({"meetings.Availability.person"}),
        lambda p: Availability.objects.filter(person=p),
        ("code", "is_open", "about", "languages", "zone", "lengths", "before", "after", "notice_hours",
         "horizon_days", "most_per_day", "most_per_week", "join_link"),
    ),
    (
        "weekly-hours", _("The hours in which you may be booked."), frozenset(),
        lambda p: WeeklyHours.objects.filter(availability__person=p), ("weekday", "begins", "ends", "zone"),
    ),
    (
        "day-changes", _("Days off and extra hours."), frozenset(),
        lambda p: DayChange.objects.filter(availability__person=p), ("day", "is_off", "begins", "ends"),
    ),
    (
        "busy-hours", _("When you are busy elsewhere, as read from your calendar."), frozenset(),
        lambda p: Busy.objects.filter(availability__person=p), ("starts_at", "ends_at"),
    ),
    (
        "one-on-ones",
        _("Sessions that you booked or gave."),
        frozenset({"meetings.Session.expert", "meetings.Session.booked_by", "meetings.TakenTime.person"}),
        lambda p: Session.objects.filter(_sides(p)),
        ("code", "city__name", "starts_at", "ends_at", "state", "word", "notes", "booked_at", "answer"),
    ),
    (
        "session-preparations", _("What you wrote before sessions."), frozenset(),
        lambda p: Preparation.objects.filter(session__booked_by=p),
        ("session__code", "goal", "tried", "questions", "others", "language"),
    ),
    (
        "sessions-joined", _("Sessions of colleagues that you join."), frozenset({"meetings.Joiner.person"}),
        lambda p: Joiner.objects.filter(person=p), ("session__code", "session__starts_at"),
    ),
    (
        "meeting-notes", _("What you noted for yourself."), frozenset({"meetings.PrivateNote.person"}),
        lambda p: PrivateNote.objects.filter(person=p), ("session__code", "text", "changed_at"),
    ),
    (
        "meeting-promises", _("What you promised when you met."), frozenset({"meetings.Promise.owner"}),
        lambda p: Promise.objects.filter(owner=p), ("code", "text", "due_on", "done_at", "done_word"),
    ),
    (
        "visits",
        _("Visits that you asked for or look after."),
        frozenset({"meetings.Visit.asked_by", "meetings.Visit.lead"}),
        lambda p: Visit.objects.filter(Q(asked_by=p) | Q(lead=p)),
        ("code", "city__name", "state", "day", "goals", "teams", "days", "access_needs", "contact_name",
         "contact_way", "asked_at"),
    ),
    (
        "visit-words", _("What you wrote about visits."), frozenset({"meetings.VisitWord.author"}),
        lambda p: VisitWord.objects.filter(author=p), ("visit__code", "text", "at"),
    ),
    (
        "programmes",
        _("Programmes of visits that you shared or answered to."),
        frozenset({"meetings.Programme.shared_by", "meetings.Programme.answered_by"}),
        lambda p: Programme.objects.filter(Q(shared_by=p) | Q(answered_by=p)),
        ("visit__code", "number", "day", "note", "shared_at", "answer", "answer_word"),
    ),
    (
        "programme-rows",
        _("Hours of visits in which you take part."),
        frozenset({"meetings.ProgrammeRow_members.person"}),
        lambda p: ProgrammeRow.objects.filter(members=p),
        ("visit__code", "begins", "ends", "title", "place"),
    ),
)  # fmt: skip


def _erase(person: Person) -> None:
    """Sessions to come are taken back as when the foundation cancels: no city pays for it."""
    coming = Session.objects.filter(_sides(person), state=Session.State.BOOKED)
    for session in coming.filter(starts_at__gt=timezone.now()):
        booking.cancel(session, by=operator(), word="")
    TakenTime.objects.filter(person=person, session__starts_at__gt=timezone.now()).delete()
    Availability.objects.filter(person=person).delete()
    PrivateNote.objects.filter(person=person).delete()
    Joiner.objects.filter(person=person).delete()
    for file in SessionFile.objects.filter(added_by=person):
        file.file.delete(save=False)
        file.delete()
    ProgrammeRow.members.through.objects.filter(person=person).delete()
