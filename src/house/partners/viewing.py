from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, CharField, Q, QuerySet, Subquery, Value
from django.utils import timezone

from house.access.capabilities import CAPABILITIES, Standing
from house.access.viewer import VISITOR, Viewer
from house.ground.prepared import Prepared, place
from house.partners.models import RANK, Circle, Partnership, RightException, Seat, Table, level_on
from house.partners.rights import cells, ruling_table
from house.people.models import Person

# every row in this file: the viewer is being made

_SPEAKING = (Seat.Kind.CONTACT, Seat.Kind.COORDINATOR)
_ALL = frozenset(CAPABILITIES)
# Her circles, the capabilities granted to her or her cities, those taken away with the reason.
_Given = tuple[frozenset[str], frozenset[str], dict[str, str]]


# City, level now, kind of the seat, table in force, end of the partnership, its last day.
_Held = tuple[str, str, str, int | None, date | None, date]


def viewer_for(person: Person | AnonymousUser, *, scopes: Iterable[str] = CAPABILITIES) -> Viewer:
    """The viewer a person is now. Suspended persons and strangers are visitors.

    Made once per request, mail or API call: a seat lost, a partnership ended or a right changed counts
    from the next one on. `scopes` are the capabilities that the key of a program was given; without one for
    the work of the foundation it calls as a plain member would.
    """
    if not isinstance(person, Person) or not person.is_active:
        return VISITOR
    now = timezone.now()
    given = {"person": person.pk, "today": now.date()}
    held = [
        (*facts, _day(ends_on), _day(last_day))
        for _person, *facts, ends_on, last_day in _HELD.rows(**given, now=now)
    ]
    return _made(person, held, _sorted_by_kind(_GIVEN.rows(**given)), frozenset(scopes))


def viewers_for(persons: Collection[Person]) -> dict[int, Viewer]:
    """The same viewers as `viewer_for` makes, of many persons in five queries: for mail to many."""
    active = [person for person in persons if person.is_active]
    held: dict[int, list[_Held]] = {person.pk: [] for person in active}
    for holder, *row in _held(Q(person__in=active)):
        held[holder].append(tuple(row))
    cities = {pk: frozenset(city for city, *_rest in rows) for pk, rows in held.items()}
    circles, exceptions = _of_many(cities)
    made = {
        person.pk: _made(
            person, held[person.pk], _sorted_out(circles, exceptions, person.pk, cities), _ALL
        )
        for person in active
    }
    return {person.pk: made.get(person.pk, VISITOR) for person in persons}


def _seats(whose: Q, today: Value | None = None) -> QuerySet[Seat, Seat]:
    """Those of running partnerships."""
    return Seat.objects.filter(whose, partnership__in=Partnership.objects.running(today))


def _held(
    whose: Q, *, today: Value | None = None, now: Value | None = None
) -> QuerySet[Seat, tuple[Any, ...]]:
    return (
        _seats(whose, today)
        .order_by()
        .annotate(
            level_now=level_on("partnership", "partnership__level", today),
            table=Subquery(Table.objects.in_force(now).values("pk")[:1]),
        )
        .values_list(
            "person_id",
            "partnership__city_id",
            "level_now",
            "kind",
            "table",
            "partnership__ends_on",
            "partnership__last_day",
        )
    )


def _made(person: Person, held: list[_Held], given: _Given, scopes: frozenset[str]) -> Viewer:
    cities = frozenset(city for city, *_rest in held)
    level = highest(level for _city, level, *_rest in held)
    table = held[0][3] or 0 if held else ruling_table() if person.is_foundation else 0
    circles, granted, denied = given
    standings = standings_of(person, level, {kind for _city, _level, kind, *_rest in held})
    all_hers = allowed(standings, table, granted, denied)
    capabilities = all_hers & scopes
    works_at_desk = any(name.startswith("office.") for name in scopes)
    return Viewer(
        person_id=person.pk,
        city_ids=cities,
        # Circles are for those who belong; a lapsed city's people leave them all.
        circle_ids=circles if cities or person.is_foundation else frozenset(),
        level=level,
        is_member=bool(cities),
        is_office=person.is_office and works_at_desk,
        is_curator=person.is_curator and "alex.review" in scopes,
        is_expert=person.is_expert and "alex.review" in scopes,
        coordinates=frozenset(city for city, _level, kind, *_rest in held if kind in _SPEAKING),
        capabilities=capabilities,
        denied=denied,
        left_out=all_hers - scopes,
        table=table,
        reads_inside="alex.read" in capabilities,
        grace=_grace([(ends, last) for *_rest, ends, last in held if ends]),
    )


def highest(levels: Iterable[str]) -> str:
    """Of several cities' levels the highest counts; empty for none."""
    return max(levels, key=RANK.__getitem__, default="")


def standings_of(person: Person, level: str, kinds: Collection[str]) -> set[str]:
    """As what she is here: by her city's level, the kinds of her seats, her work for the foundation."""
    standings = {kind for kind in kinds if kind in _SPEAKING}
    if level:
        standings.add(level)
    if person.is_office:
        standings.add(Standing.OFFICE)
    if person.is_curator:
        standings.add(Standing.CURATOR)
    if person.is_expert:
        standings.add(Standing.EXPERT)
    return standings


def allowed(
    standings: Iterable[str], table: int, granted: Collection[str], denied: Collection[str]
) -> frozenset[str]:
    """What the table gives these standings, with what exceptions grant and without what they take."""
    given = frozenset[str]().union(*(cells(table)[each] for each in standings))
    return (given | frozenset(granted)) - frozenset(denied)


def _grace(ends: list[tuple[date, date]]) -> tuple[date, date] | None:
    """Of the partnerships that have ended and are still open, the one that closes first."""
    today = timezone.now().date()
    ended = [(ends_on, last_day) for ends_on, last_day in ends if ends_on < today]
    return min(ended, key=lambda pair: pair[1], default=None)


def _circles_and_exceptions(person: Value, today: Value) -> QuerySet[Circle, tuple[Any, ...]]:
    """Her circles and the exceptions for her or her cities, in one query: it runs with every request."""
    text, circle, exception = CharField(), Value("circle"), Value("exception")
    cities = _seats(Q(person=person), today).values("partnership__city")
    return (
        Circle.objects.filter(Q(persons=person) | Q(cities__in=cities))
        .order_by()
        .values_list(
            circle, "code", Value("", text), Value(value=True, output_field=BooleanField())
        )
        .union(
            RightException.objects.in_force(today)
            .filter(Q(person=person) | Q(city__in=cities))
            .order_by()
            .values_list(exception, "capability", "reason", "is_granted")
        )
    )


_PERSON, _TODAY, _NOW = place("person"), place("today"), place("now")
_HELD = Prepared(lambda: _held(Q(person=_PERSON), today=_TODAY, now=_NOW))
_GIVEN = Prepared(lambda: _circles_and_exceptions(_PERSON, _TODAY))


def _day(found: date | str | None) -> date | None:
    return date.fromisoformat(found) if isinstance(found, str) else found


def _sorted_by_kind(found: Iterable[tuple[str, str, str, bool]]) -> _Given:
    circles, exceptions = set(), []
    for kind, name, reason, is_granted in found:
        if kind == "circle":
            circles.add(name)
        else:
            exceptions.append((name, reason, is_granted))
    return frozenset(circles), *_granted_and_denied(exceptions)


def _granted_and_denied(
    exceptions: Iterable[tuple[str, str, bool]],
) -> tuple[frozenset[str], dict[str, str]]:
    rows = list(exceptions)
    granted = frozenset(name for name, _reason, is_granted in rows if is_granted)
    return granted, {name: reason for name, reason, is_granted in rows if not is_granted}


_Circles = list[tuple[str, int | None, str | None]]
_Exceptions = list[tuple[str, str, bool, int | None, str | None]]


def _of_many(cities: dict[int, frozenset[str]]) -> tuple[_Circles, _Exceptions]:
    """Circles (code, person, city) and exceptions in force, of these persons and their cities."""
    named = frozenset[str]().union(*cities.values())
    by_person = Circle.objects.filter(persons__in=cities).order_by()
    by_city = Circle.objects.filter(cities__in=named).order_by()
    circles: _Circles = [
        (code, who, None) for code, who in by_person.values_list("code", "persons")
    ]
    circles += [(code, None, city) for code, city in by_city.values_list("code", "cities")]
    exceptions = (
        RightException.objects.in_force()
        .filter(Q(person__in=cities) | Q(city__in=named))
        .order_by()
        .values_list("capability", "reason", "is_granted", "person_id", "city_id")
    )
    return circles, list(exceptions)


def _sorted_out(
    circles: _Circles, exceptions: _Exceptions, person: int, cities: dict[int, frozenset[str]]
) -> _Given:
    hers = cities[person]
    codes = frozenset(code for code, who, city in circles if who == person or city in hers)
    facts = [row[:3] for row in exceptions if row[3] == person or row[4] in hers]
    return codes, *_granted_and_denied(facts)


def seat_holders() -> QuerySet[Seat, dict[str, int]]:
    """The keys of persons with a seat of a running partnership, for a subquery."""
    return _seats(Q(person__isnull=False)).order_by().values("person")


def operator() -> Viewer:
    """Who runs a command on the machine itself: may what the office may, and is no person."""
    return Viewer(is_office=True, capabilities=cells(ruling_table())[Standing.OFFICE])
