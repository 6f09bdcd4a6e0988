"""The demonstration's meetings: hours of two experts, sessions before and after, and a planned visit."""

import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from house.meetings import units
from house.meetings.actions import booking
from house.meetings.models import (
    Availability,
    DayChange,
    Preparation,
    PrivateNote,
    Programme,
    ProgrammeRow,
    Promise,
    Session,
    TakenTime,
    Visit,
    VisitWord,
    WeeklyHours,
)
from house.partners.models import Seat
from house.partners.viewing import viewer_for
from house.people.models import Person
from house.vocabulary.models import City

# every row in this file: an operator seeds a demonstration

_DAY = datetime.timedelta(days=1)
_WORKS = (0, 1, 2, 3)  # Monday to Thursday


@transaction.atomic
def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
    persons = {
        name: Person.objects.filter(email=f"{name}@example.org").first()
        for name in ("expert", "office", "premium", "coordinator", "partner")
    }
    if Availability.objects.exists() or None in persons.values():
        return
    expert = _hours(
        persons["expert"], "Europe/Brussels", (9, 12), (13, 17), about="Pay floors for platform work, "
        "licences for shared bicycles, agreements about data: bring the draft that you hesitate over.",
    )  # fmt: skip
    office = _hours(
        persons["office"], "Europe/Amsterdam", (10, 12), about="Which city to talk to, what a partnership "
        "brings, how the summit is made. Ask also when you do not know whom to ask.",
    )  # fmt: skip
    DayChange.objects.create(availability=office, day=timezone.now().date() + 9 * _DAY, is_off=True)
    if City.objects.filter(pk="ams").exists():
        _coming(expert, persons["premium"], persons["coordinator"])
        _visit(persons)
    if City.objects.filter(pk="got").exists():
        _held(expert, persons["partner"])


def _hours(person: Person, zone: str, *hours: tuple[int, int], about: str) -> Availability:
    made = Availability.objects.create(
        person=person, is_open=True, about=about, languages=person.languages, zone=zone,
        lengths=[30, 60], before=0, after=15, notice_hours=24, horizon_days=90,
        join_link="https://meet.example.org/room",
    )  # fmt: skip
    made.topics.set(person.topics.all())
    WeeklyHours.objects.bulk_create(
        WeeklyHours(
            availability=made, weekday=day, begins=datetime.time(begins), ends=datetime.time(ends),
            zone=zone,
        )
        for day in _WORKS
        for begins, ends in hours
    )  # fmt: skip
    return made


def _weekday(days: int, hour: int, zone: str) -> datetime.datetime:
    """A Tuesday about so many days from today, by the clocks of a zone."""
    day = timezone.now().date() + days * _DAY
    day += (1 - day.weekday()) % 7 * _DAY
    local = datetime.datetime.combine(day, datetime.time(hour), ZoneInfo(zone))
    return local.astimezone(datetime.UTC)


def _session(
    expert: Availability, person: Person, starts_at: datetime.datetime, key: str
) -> Session:
    """As if it had been booked: in the past no verb books."""
    seat = Seat.objects.filter(person=person).select_related("partnership__city").first()
    session = Session.objects.create(
        key=f"demonstration:{key}", expert=expert.person, city=seat.partnership.city, booked_by=person,
        seat=seat, starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=1),
        zone=expert.zone, link=expert.join_link, topic=expert.topics.first(),
        booked_at=timezone.now() - 30 * _DAY,
    )  # fmt: skip
    booking.take_time(session)
    return session


def _coming(expert: Availability, person: Person, colleague: Person) -> None:
    session = _session(expert, person, _weekday(6, 13, "Europe/Brussels"), "coming")
    Preparation.objects.create(
        session=session,
        goal="Decide which of two drafts of the licence for shared bicycles goes to the council.",
        tried="A pilot with two providers; complaints fell in one district and rose in the other.",
        questions="Which caps were upheld in court?\nHow do others count bicycles that stand for days?",
        language="en",
    )
    session.joiners.create(person=colleague)
    _keep(session, units.SESSION, person, "Session about the licence for shared bicycles")


def _keep(thing: Session | Visit, benefit: str, person: Person, what_for: str) -> None:
    when = thing.starts_at if isinstance(thing, Session) else timezone.now()
    units.keep(thing, benefit, by=viewer_for(person), what_for=what_for, when=when)
    thing.save()


def _held(expert: Availability, person: Person) -> None:
    """One that took place, with notes and what was promised."""
    now = timezone.now()
    session = _session(expert, person, _weekday(-13, 10, "Europe/Brussels"), "held")
    TakenTime.objects.filter(session=session).delete()
    Preparation.objects.create(
        session=session,
        goal="How to measure whether a car-free street worked.",
        tried="Counting cars before and after.",
        questions="What convinces shopkeepers?",
    )
    # The unit of the moment in which it was booked; an earlier period may be closed.
    units.keep(
        session,
        units.SESSION,
        by=viewer_for(person),
        what_for="How to measure a car-free street",
        when=now,
    )
    units.settle(session, "used", by=viewer_for(person), reason="The session took place")
    session.state, session.marked_at = Session.State.HELD, now
    session.notes = (
        "Count people who stay, not cars that pass. Ask shopkeepers before, in the same week of the year.\n"
        "Barcelona keeps its counting sheet open: use it, so that both cities can be compared."
    )
    session.consents_city = True
    session.save()
    PrivateNote.objects.create(
        session=session, person=person, text="Ask Nils for last year's counts."
    )
    today = now.date()
    Promise.objects.create(
        session=session, text="Send the counting sheet of Barcelona", owner=expert.person,
        due_on=today - 5 * _DAY, done_at=now - 6 * _DAY, done_word="Sent by mail",
    )  # fmt: skip
    Promise.objects.create(
        session=session, text="Count the people on three Saturdays and tell the result", owner=person,
        due_on=today + 24 * _DAY,
    )  # fmt: skip


def _visit(persons: dict[str, Person]) -> None:
    """A planned day in Amsterdam, its first version agreed with the city."""
    now, asker = timezone.now(), persons["coordinator"]
    seat = Seat.objects.filter(person=asker).select_related("partnership__city").first()
    city = seat.partnership.city
    day = _weekday(40, 9, city.time_zone).date()
    visit = Visit(
        key="demonstration:visit", city=city, asked_by=asker, seat=seat, lead=persons["office"],
        zone=city.time_zone, state=Visit.State.AGREED, sequence=2, revision=1,
        goals="Find out what the harbour quarter needs before its streets are handed to shared vehicles, and "
        "leave with a list of who does what.",
        teams="Harbour quarter, 8 people\nMobility, 5 people\nLegal, 2 people",
        formats=["presentation", "round_table", "workshop", "site_visit"],
        days=[day.isoformat(), (day + 7 * _DAY).isoformat()], languages=["en", "nl"],
        access_needs="One of us uses a wheelchair: no stairs, please.", contact_name=asker.name,
        contact_way="+31 20 555 0100", place="City hall, entrance by the canal", day=day,
        asked_at=now - 20 * _DAY,
    )  # fmt: skip
    _keep(visit, units.VISIT, asker, "A day with the teams of the harbour quarter")
    for author, text, days in (
        (
            persons["office"],
            "With pleasure. Could the afternoon be outside, with the people who live there?",
            18,
        ),
        (asker, "Yes, and the alderwoman joins for the last hour.", 17),
    ):
        VisitWord.objects.create(visit=visit, author=author, text=text, at=now - days * _DAY)
    kept = [_row(visit, persons, *row) for row in _ROWS]
    Programme.objects.create(
        visit=visit, number=1, day=day, rows=kept, note="The first draft, as we talked about it",
        shared_by=persons["office"], shared_at=now - 10 * _DAY, answer=Programme.Answer.ACCEPTED,
        answered_by=asker, answered_at=now - 8 * _DAY,
    )  # fmt: skip
    Promise.objects.create(
        visit=visit, text="Send the map of the quarter with all loading bays", owner=asker,
        due_on=day - 14 * _DAY,
    )  # fmt: skip


_HALL, _QUAY = "City hall", "Harbour quarter"
_ROWS = (
    ("09:00", "09:30", "presentation", "Welcome, and who is who", _QUAY, _HALL, 0, "coordinator"),
    ("09:30", "10:30", "presentation", "What other harbours found out", "All teams", _HALL, 0, "expert"),
    ("10:45", "12:30", "round_table", "Which streets, which rules", "Mobility, Legal", _HALL, 15, "office"),
    ("12:45", "13:45", "break", "Lunch in the canteen of the yard", "", "The yard", 15, "coordinator"),
    ("14:00", "15:30", "site_visit", "A walk with those who live there", _QUAY, "Quay 7", 15, "expert"),
    ("15:45", "17:00", "workshop", "Who does what until when", "All teams", _HALL, 0, "office"),
)  # fmt: skip


def _row(visit: Visit, persons: dict[str, Person], *told: str | int) -> dict[str, object]:
    begins, ends, form, title, team, place, travel, member = told
    person = persons[str(member)]
    row = ProgrammeRow.objects.create(
        visit=visit, begins=datetime.time.fromisoformat(str(begins)),
        ends=datetime.time.fromisoformat(str(ends)), format=form, title=title, team=team, place=place,
        travel=travel,
    )  # fmt: skip
    row.members.add(person)
    return {
        "begins": begins, "ends": ends, "format": form, "title": title, "team": team, "people": "",
        "place": place, "notes": "", "travel": travel, "members": [person.pk],
    }  # fmt: skip
