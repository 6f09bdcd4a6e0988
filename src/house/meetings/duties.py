"""What the clock does: reminders, the question after a session, and units that nobody decided."""

import datetime

from django.db import transaction
from django.utils import timezone

from house.access import journal
from house.access.viewer import Viewer
from house.meetings import queries, rules, telling, units
from house.meetings.emails import is_due
from house.meetings.locking import locked_session, locked_visit
from house.meetings.models import Case, Promise, Session, Visit
from house.partners.viewing import operator

# every row in this file: the house works for everybody; what a mail says is asked of the door when it is sent

State = Session.State


@transaction.atomic
def settle_unmarked(session: Session, *, by: Viewer) -> Session:
    """Nobody said what became of it: after the days that the office set, its rule decides, and it hears."""
    session = locked_session(session)
    if not session.is_booked or session.ends_at > timezone.now():
        return session
    ruling = rules.rulings()[Case.UNMARKED]
    session.state, session.marked_at = State.HELD, timezone.now()
    units.settle(session, ruling.outcome, by=by, reason=ruling.label)
    session.save()
    telling.unmarked(session)
    facts = {"city": session.city_id, "unit": session.unit}
    journal.record("session.settle", session, by=by, facts=facts)
    return session


def settle_all_unmarked() -> int:
    """How many were settled. Safe to run twice: what is settled is not unmarked."""
    found = queries.unmarked(rules.rulings()[Case.UNMARKED].number)
    pks = list(found.values_list("pk", flat=True))
    for pk in pks:
        settle_unmarked(Session(pk=pk), by=operator())
    return len(pks)


def ask_whether_held() -> int:
    """Ask each expert once, soon after the end."""
    asked = 0
    due = Session.objects.over().filter(asked_at=None)
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            session = locked_session(Session(pk=pk))
            if session.is_booked and session.asked_at is None:
                session.asked_at = timezone.now()
                session.save(update_fields=["asked_at"])
                telling.asked(session)
                asked += 1
    return asked


def remind_of_sessions(ahead: datetime.timedelta) -> int:
    """One reminder to each who meets, that long before it begins; none for what was booked later."""
    now = timezone.now()
    due = Session.objects.filter(
        state=State.BOOKED, reminded_at=None, starts_at__gt=now, starts_at__lte=now + ahead
    )
    reminded = 0
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            session = locked_session(Session(pk=pk))
            if session.is_booked and session.reminded_at is None:
                session.reminded_at = now
                session.save(update_fields=["reminded_at"])
                if session.booked_at <= session.starts_at - ahead:
                    telling.reminded(session)
                    reminded += 1
    return reminded


def remind_of_promises(today: datetime.date) -> int:
    """A week before, the day before, on the day; then once a week until it is done."""
    reminded = 0
    week = datetime.timedelta(days=7)
    due = Promise.objects.standing().filter(due_on__lte=today + week).exclude(reminded_on=today)
    for found in due.order_by("pk"):
        if is_due(found.due_on, today):
            with transaction.atomic():
                Promise.objects.filter(pk=found.pk).update(reminded_on=today)
                telling.promise_due(found, today.isoformat())
            reminded += 1
    return reminded


def remind_of_visits(now: datetime.datetime) -> int:
    """A week before the day, once, everybody who has a part in it."""
    week = (now + datetime.timedelta(days=7)).date()
    due = Visit.objects.filter(
        state__in=Visit.DATED, day__lte=week, day__gte=now.date(), reminded_at=None
    )
    reminded = 0
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            visit = locked_visit(Visit(pk=pk))
            if visit.reminded_at is None and visit.state in Visit.DATED:
                visit.reminded_at = now
                visit.save(update_fields=["reminded_at"])
                telling.visit_soon(visit)
                reminded += 1
    return reminded
