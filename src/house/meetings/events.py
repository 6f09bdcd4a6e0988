"""Sessions and visits as a calendar holds them: for invitations by mail and for the feeds of their people."""

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.meetings.briefing import Brief
from house.meetings.models import Joiner, ProgrammeRow, Session, Visit
from house.notices.calendars import CalendarEvent, Scope
from house.people.models import Person

SESSION, VISIT = "session", "visit"


def of_session(session: Session, person: Person) -> CalendarEvent:
    """The link to join is not in it: calendars are shared, and the link is for the two sides alone."""
    whom = session.expert.name
    if person.pk == session.expert_id:
        whom = f"{session.booked_by.name} ({session.city.label()})"
    return CalendarEvent(
        kind=SESSION,
        code=session.code,
        sequence=session.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        zone=session.zone,
        title=_("Session with %(whom)s") % {"whom": whom},
        description=_("The link to join stands on the page shortly before it begins."),
        url=settings.BASE_URL + session.get_absolute_url(),
        changed_at=session.changed_at,
        status="CONFIRMED" if session.is_booked or _took_place(session) else "CANCELLED",
    )


def _took_place(session: Session) -> bool:
    return session.state == Session.State.HELD


def bare(session: Session) -> CalendarEvent:
    """For who has lost it: its time, and neither people nor a page."""
    return CalendarEvent(
        kind=SESSION,
        code=session.code,
        sequence=session.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        zone=session.zone,
        title=_("A session in other hands"),
        changed_at=session.changed_at,
        status="CANCELLED",
    )


def of_visit(visit: Visit, person: Person) -> CalendarEvent | None:
    """The day as planned, with the rows of who receives it; nothing before there is a day."""
    if visit.day is None:
        return None
    # every row: the hours of a person who stands in them, or of who plans or hosts the day
    rows = list(ProgrammeRow.objects.filter(visit=visit).order_by("begins", "pk"))
    hers = list(ProgrammeRow.objects.filter(visit=visit, members=person).order_by("begins", "pk"))
    shown = hers or rows
    begins = shown[0].begins if shown else datetime.time(9)
    ends = max((row.ends for row in shown), default=datetime.time(17))
    tz = ZoneInfo(visit.zone)
    told = [f"{row.begins:%H:%M}–{row.ends:%H:%M} {row.title}" for row in hers]
    return CalendarEvent(
        kind=VISIT,
        code=visit.code,
        sequence=visit.sequence,
        starts_at=datetime.datetime.combine(visit.day, begins, tz),
        ends_at=datetime.datetime.combine(visit.day, ends, tz),
        zone=visit.zone,
        title=_("Visit to %(city)s") % {"city": visit.city.label()},
        description="\n".join(told),
        location=visit.place,
        url=settings.BASE_URL + visit.get_absolute_url(),
        changed_at=visit.changed_at,
        status="CONFIRMED" if visit.is_open or visit.state == Visit.State.HELD else "CANCELLED",
    )


def bare_visit(visit: Visit) -> CalendarEvent | None:
    """For who has no part in it any more: its day, and neither people nor a page."""
    if visit.day is None:
        return None
    tz = ZoneInfo(visit.zone)
    return CalendarEvent(
        kind=VISIT,
        code=visit.code,
        sequence=visit.sequence,
        starts_at=datetime.datetime.combine(visit.day, datetime.time(9), tz),
        ends_at=datetime.datetime.combine(visit.day, datetime.time(17), tz),
        zone=visit.zone,
        title=_("A visit without you"),
        changed_at=visit.changed_at,
        status="CANCELLED",
    )


def items(
    viewer: Viewer, scope: Scope, since: datetime.datetime, until: datetime.datetime
) -> Iterator[CalendarEvent]:
    """One's own sessions and visits between two moments. Cities and topics have none to show."""
    # every row: the person herself
    person = Person.objects.filter(pk=viewer.person_id).first()
    if scope.sort != "mine" or person is None:
        return
    joins = Joiner.objects.filter(person=person)  # every row: one's own
    hers = Q(expert=person) | Q(booked_by=person) | Q(pk__in=joins.values("session"))
    sessions = Session.objects.visible_to(viewer).filter(
        hers, starts_at__lt=until, ends_at__gt=since,
        state__in=(Session.State.BOOKED, Session.State.HELD),
    )  # fmt: skip
    for session in sessions.for_lists():
        yield of_session(session, person)
    visits = Visit.objects.visible_to(viewer).filter(
        day__gte=since.date() - datetime.timedelta(days=1), day__lte=until.date(),
        state__in=(*Visit.DATED, Visit.State.HELD),
    )  # fmt: skip
    named = ProgrammeRow.objects.filter(members=person)  # every row: one's own
    mine = Q(asked_by=person) | Q(lead=person) | Q(pk__in=named.values("visit"))
    for visit in visits.filter(mine).for_lists():
        if event := of_visit(visit, person):
            yield event


def of_brief(brief: Brief) -> list[CalendarEvent]:
    """Each hour of a version as an event of its own; none where there is no day.

    A later version's hours take the place of those that a calendar has.
    """
    visit, tz = brief.visit, ZoneInfo(brief.visit.zone)
    if brief.day is None:
        return []
    return [
        CalendarEvent(
            kind="visit-hour",
            code=f"{visit.code}-{number}",
            sequence=brief.number,
            starts_at=datetime.datetime.combine(brief.day, hour.row.begins, tz),
            ends_at=datetime.datetime.combine(brief.day, hour.row.ends, tz),
            zone=visit.zone,
            title=hour.row.title,
            description="\n".join(part for part in (hour.team, hour.who, hour.notes) if part),
            location=hour.row.place,
            url=settings.BASE_URL + visit.get_absolute_url(),
            changed_at=visit.changed_at,
        )
        for number, hour in enumerate(brief.hours, start=1)
    ]
