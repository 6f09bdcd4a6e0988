"""A city asks for a visit, both sides talk, the foundation chooses the day; and how it ends."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.ground.text import clean, one_line, shorten
from house.meetings import programme, rules, telling, units
from house.meetings.locking import locked_visit
from house.meetings.models import Case, Format, Outcome, Visit, VisitWord
from house.partners import rights
from house.partners.models import Seat
from house.partners.periods import today_in
from house.people.models import Person
from house.vocabulary.models import City

# every row in this file: each verb judges who acts, then works on what it locked

State = Visit.State


@dataclass(frozen=True, slots=True)
class Wish:
    """What the city wants of the day."""

    goals: str
    teams: str
    days: tuple[datetime.date, ...]
    formats: tuple[str, ...]
    languages: tuple[str, ...] = ("en",)
    access_needs: str = ""
    contact_name: str = ""
    contact_way: str = ""
    place: str = ""
    # The city says that it means also days of rest and holidays.
    means_it: bool = False
    key: str = ""


@transaction.atomic
def ask(city: City, wish: Wish, *, by: Viewer) -> Visit:
    """Ask for a visit; a unit is held for it at once. The same key asks once.

    Raises `Forbidden`, `Refused` for days that can't be, `NoneLeft` when the year's visit is used.
    """
    rights.require(by, "visits.request")
    if city.pk not in by.city_ids:
        raise Forbidden(_("You have no seat in this city's partnership."))
    key = f"{by.person_id}:{wish.key}"
    # Held, so that the second press of two finds what the first has made.
    asker = Person.objects.select_for_update(of=("self",)).get(pk=by.person_id)
    if earlier := Visit.objects.filter(key=key).first():
        return earlier
    _check_days(wish, city)
    seat = Seat.objects.filter(person=asker, partnership__city=city).order_by("-pk").first()
    visit = Visit(
        key=key, city=city, asked_by=asker, seat=seat, zone=city.time_zone,
        goals=clean(wish.goals).strip(), teams=clean(wish.teams).strip(),
        formats=[each for each in wish.formats if each in Format.values],
        days=[day.isoformat() for day in dict.fromkeys(wish.days)],
        languages=list(wish.languages), access_needs=clean(wish.access_needs).strip(),
        contact_name=one_line(wish.contact_name), contact_way=one_line(wish.contact_way),
        place=one_line(wish.place),
    )  # fmt: skip
    units.keep(
        visit, units.VISIT, by=by, what_for=_("A visit: %(goals)s") % {"goals": shorten(wish.goals, 200)},
        when=noon(wish.days[0], city.time_zone),
    )  # fmt: skip
    visit.save()
    telling.visit_asked(visit)
    journal.record("visit.ask", visit, by=by, facts={"city": city.pk, "days": visit.days})
    return visit


def noon(day: datetime.date, zone: str) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), ZoneInfo(zone))


def _check_days(wish: Wish, city: City) -> None:
    if not 1 <= len(wish.days) <= programme.MOST_DAYS:
        raise Refused(_("Propose one to %(most)s days.") % {"most": programme.MOST_DAYS})
    today = today_in(city.time_zone, timezone.now())
    wrong = [why for day in wish.days if (why := programme.wrong_day(day, today))]
    odd = [why for day in wish.days if (why := programme.odd_day(day, city.country))]
    if wrong or (odd and not wish.means_it):
        remedy = _("Choose other days, or say that you mean them.") if odd and not wrong else ""
        raise Refused(" ".join([*wrong, *odd]), remedy=remedy)


@transaction.atomic
def say(visit: Visit, *, text: str, by: Viewer) -> VisitWord:
    """One more turn of the talk."""
    visit = locked_visit(visit)
    allow(by, "talk", visit)
    text = clean(text).strip()
    if not text:
        raise Refused(_("There is nothing to send yet."))
    author = Person.objects.get(pk=by.person_id)
    word = VisitWord.objects.create(visit=visit, author=author, text=text[:5000])
    if visit.state == State.ASKED and by.can("visits.plan"):
        visit.state = State.TALKING
        visit.lead_id = visit.lead_id or by.person_id
    visit.changed_at = timezone.now()
    visit.save(update_fields=["state", "lead", "changed_at"])
    telling.visit_moved_on(visit, f"word{word.pk}", by=by)
    return word


@transaction.atomic
def take_lead(visit: Visit, *, person: Person, by: Viewer) -> Visit:
    """Who of the foundation looks after the visit."""
    visit = locked_visit(visit)
    allow(by, "plan", visit)
    if not person.is_foundation or not person.is_active:
        raise Refused(_("Somebody of the foundation looks after a visit."))
    visit.lead = person
    visit.save(update_fields=["lead"])
    return visit


@transaction.atomic
def choose_day(visit: Visit, *, day: datetime.date, place: str, by: Viewer) -> Visit:
    """The day counts from now on; the unit is taken from the period with that day in it."""
    visit = locked_visit(visit)
    allow(by, "plan", visit)
    _open(visit)
    if day <= today_in(visit.zone, timezone.now()):
        raise Refused(_("Choose a day that is still to come."))
    if units.moves_to(visit, noon(day, visit.zone)):
        _move_unit(visit, noon(day, visit.zone), by)
    visit.day, visit.place, visit.reminded_at = day, shorten(place, 200), None
    # Another day than what was agreed must be agreed again.
    visit.state = State.PLANNED
    visit.lead_id = visit.lead_id or by.person_id
    changed(visit)
    telling.visit_dated(visit)
    telling.visit_moved_on(visit, f"day{visit.sequence}", by=by)
    journal.record("visit.day", visit, by=by, facts={"city": visit.city_id, "day": day})
    return visit


def _move_unit(visit: Visit, when: datetime.datetime, by: Viewer) -> None:
    before = visit.hold
    what = _("A visit: %(goals)s") % {"goals": shorten(visit.goals, 200)}
    units.keep(visit, units.VISIT, by=by, what_for=what, when=when)
    after, visit.hold = visit.hold, before
    units.settle(visit, Outcome.RELEASED, by=by, reason=_("Moved into another period"))
    visit.hold, visit.unit = after, ""


@transaction.atomic
def take_back(visit: Visit, *, word: str, by: Viewer) -> Visit:
    """The city does not want it any more."""
    visit = locked_visit(visit)
    allow(by, "take_back", visit)
    if visit.state in {State.CANCELLED, State.DECLINED}:
        return visit
    _open(visit)
    today = today_in(visit.zone, timezone.now())
    if visit.day is not None and visit.day < today:
        raise Refused(_("The day of the visit is over: the foundation says what became of it."))
    return _end(visit, State.CANCELLED, rules.city_takes_back(visit.day, today), word=word, by=by)


@transaction.atomic
def decline(visit: Visit, *, word: str, by: Viewer) -> Visit:
    """The foundation can't come, and says why. The city has its unit back."""
    visit = locked_visit(visit)
    allow(by, "plan", visit)
    if visit.state in {State.CANCELLED, State.DECLINED}:
        return visit
    _open(visit)
    if not one_line(word):
        raise Refused(_("Say why: the city hears it."))
    return _end(visit, State.DECLINED, rules.rulings()[Case.VISIT_OURS], word=word, by=by)


def _end(visit: Visit, state: str, ruling: rules.Ruling, *, word: str, by: Viewer) -> Visit:
    visit.state, visit.word = state, shorten(word, 500)
    units.settle(visit, ruling.outcome, by=by, reason=ruling.label)
    changed(visit)
    telling.visit_ended(visit, by=by)
    facts = {"city": visit.city_id, "case": ruling.case, "unit": visit.unit}
    journal.record(f"visit.{state}", visit, by=by, facts=facts)
    return visit


@transaction.atomic
def mark_held(visit: Visit, *, by: Viewer) -> Visit:
    """It took place: the unit is used."""
    visit = locked_visit(visit)
    allow(by, "plan", visit)
    if visit.state == State.HELD:
        return visit
    _open(visit)
    if visit.day is None or visit.day > today_in(visit.zone, timezone.now()):
        raise Refused(_("The day of this visit has not come."))
    visit.state = State.HELD
    units.settle(visit, Outcome.USED, by=by, reason=_("The visit took place"))
    visit.changed_at = timezone.now()
    visit.save()
    telling.visit_moved_on(visit, "held", by=by)
    facts = {"city": visit.city_id, "unit": visit.unit}
    journal.record("visit.held", visit, by=by, facts=facts)
    return visit


@transaction.atomic
def report(visit: Visit, *, text: str, by: Viewer) -> Visit:
    """What came of the day, for the city and the foundation."""
    visit = locked_visit(visit)
    allow(by, "plan", visit)
    if visit.state != State.HELD:
        raise Refused(_("A report follows the visit. Say first that it took place."))
    visit.report, visit.reported_at = clean(text).strip(), timezone.now()
    visit.save(update_fields=["report", "reported_at"])
    telling.visit_moved_on(visit, f"report{visit.reported_at:%Y%m%d%H%M}", by=by)
    return visit


def changed(visit: Visit) -> None:
    visit.sequence += 1
    visit.changed_at = timezone.now()
    visit.save()


def _open(visit: Visit) -> None:
    if not visit.is_open:
        raise Refused(_("This visit is over: %(state)s.") % {"state": visit.get_state_display()})
