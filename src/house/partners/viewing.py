from collections.abc import Collection, Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, CharField, Q, QuerySet, Subquery, Value
from django.utils import timezone

from house.access.capabilities import CAPABILITIES, Standing
from house.access.viewer import VISITOR, Viewer
from house.partners.models import RANK, Circle, Partnership, RightException, Seat, Table, level_on
from house.partners.rights import cells, ruling_table
from house.people.models import Person

# every row in this file: the viewer is being made

_SPEAKING = (Seat.Kind.CONTACT, Seat.Kind.COORDINATOR)


def viewer_for(person: Person | AnonymousUser, *, scopes: Iterable[str] = CAPABILITIES) -> Viewer:
    """The viewer a person is now. Suspended persons and strangers are visitors.

    Made once per request, mail or API call: a seat lost, a partnership ended or a right changed counts
    from the next one on. `scopes` are the capabilities that the key of a program was given; without one for
    the work of the foundation it calls as a plain member would.
    """
    if not isinstance(person, Person) or not person.is_active:
        return VISITOR
    held = list(
        Seat.objects.filter(person=person, partnership__in=Partnership.objects.running())
        .annotate(
            level_now=level_on("partnership", "partnership__level"),
            table=Subquery(Table.objects.in_force().values("pk")[:1]),
        )
        .values_list(
            "partnership__city_id",
            "level_now",
            "kind",
            "table",
            "partnership__ends_on",
            "partnership__last_day",
        )
    )
    cities = frozenset(city for city, *_rest in held)
    level = highest(level for _city, level, *_rest in held)
    table = held[0][3] or 0 if held else ruling_table() if person.is_foundation else 0
    circles, granted, denied = _circles_and_exceptions(person, cities)
    standings = standings_of(person, level, {kind for _city, _level, kind, *_rest in held})
    scopes, all_hers = frozenset(scopes), allowed(standings, table, granted, denied)
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


def _circles_and_exceptions(
    person: Person, cities: frozenset[str]
) -> tuple[frozenset[str], frozenset[str], dict[str, str]]:
    """Her circles, the capabilities granted to her or her cities, and those taken away with the reason.

    One query for both kinds: this runs with every request.
    """
    text, circle, exception = CharField(), Value("circle"), Value("exception")
    rows = (
        Circle.objects.filter(Q(persons=person) | Q(cities__in=cities))
        .order_by()
        .values_list(
            circle, "code", Value("", text), Value(value=True, output_field=BooleanField())
        )
        .union(
            RightException.objects.in_force()
            .filter(Q(person=person) | Q(city__in=cities))
            .order_by()
            .values_list(exception, "capability", "reason", "is_granted")
        )
    )
    found = list(rows)
    circles = frozenset(name for kind, name, *_rest in found if kind == "circle")
    granted = frozenset(
        name for kind, name, _reason, is_granted in found if kind == "exception" and is_granted
    )
    denied = {
        name: reason
        for kind, name, reason, is_granted in found
        if kind == "exception" and not is_granted
    }
    return circles, granted, denied


def seat_holders() -> QuerySet[Seat, dict[str, int]]:
    """The keys of persons with a seat of a running partnership, for a subquery."""
    seats = Seat.objects.filter(partnership__in=Partnership.objects.running(), person__isnull=False)
    return seats.order_by().values("person")


def operator() -> Viewer:
    """Who runs a command on the machine itself: may what the office may, and is no person."""
    return Viewer(is_office=True, capabilities=cells(ruling_table())[Standing.OFFICE])
