"""The comparison, made of what the viewer's door lets through."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from house.access.viewer import Viewer
from house.atlas.clauses.compare import Verdict, kept, verdict
from house.atlas.clauses.kinds import ClauseType, types_of
from house.atlas.clauses.models import Clause, Version
from house.atlas.clauses.words import compared, said, verdict_label
from house.vocabulary.models import City

MOST, LEAST = 6, 2
FIRST = 4  # cities shown to who has chosen none


@dataclass(frozen=True, slots=True)
class Cell:
    city: City
    clause: Clause | None

    @property
    def told(self) -> Version | None:
        return self.clause.current if self.clause else None

    @property
    def words(self) -> str:
        return said(self.told)

    @property
    def answer(self) -> str:
        """One of "yes", "no" and "unknown"."""
        return self.told.answer if self.told else "unknown"


@dataclass(frozen=True, slots=True)
class Row:
    kind: ClauseType
    cells: tuple[Cell, ...]
    verdict: Verdict

    @property
    def compared(self) -> str:
        return verdict_label(self.verdict)


@dataclass(frozen=True, slots=True)
class Board:
    field: str
    cities: tuple[City, ...]
    rows: tuple[Row, ...]
    all_rows: int
    differing: int

    @property
    def known(self) -> int:
        return sum(cell.clause is not None for row in self.rows for cell in row.cells)


def published(viewer: Viewer, *, field: str = "", city: str = "", type: str = "") -> QuerySet:  # noqa: A002 -- the word of the address
    """What is out and open to the viewer; `city` is a slug. A draft is no part of any comparison."""
    found = Clause.objects.visible_to(viewer).published()
    if field:
        found = found.filter(field=field)
    if city:
        found = found.filter(city__slug=city)
    if type:
        found = found.filter(type=type)
    return found.for_page()


def board(
    viewer: Viewer, field: str, cities: Sequence[City], *, only_differences: bool = False
) -> Board:
    """In one query, whatever the number of questions and cities."""
    found = published(viewer, field=field).filter(city__in=cities)
    told = {(clause.city_id, clause.type): clause for clause in found}
    rows = [_row(kind, [(city, told.get((city.pk, kind.key))) for city in cities])
            for kind in types_of(field)]  # fmt: skip
    shown = kept([(row, row.verdict) for row in rows], only_differences=only_differences)
    differing = sum(row.verdict is Verdict.DIFFER for row in rows)
    return Board(field, tuple(cities), tuple(row for row, _v in shown), len(rows), differing)


def _row(kind: ClauseType, pairs: list[tuple[City, Clause | None]]) -> Row:
    cells = tuple(Cell(city, clause) for city, clause in pairs)
    return Row(kind, cells, verdict(compared(cell.told) for cell in cells))


def cities_with_counts(viewer: Viewer, field: str) -> list[tuple[City, int]]:
    """By name, with how many of its rules in the field the viewer may read. Invented ones only with rules."""
    counts = dict(
        published(viewer, field=field)
        .order_by()
        .values_list("city_id")
        .annotate(number=Count("pk"))
    )
    cities = City.objects.visible_to(viewer).order_by("name")
    return [
        (city, counts.get(city.pk, 0))
        for city in cities
        if not city.is_invented or city.pk in counts
    ]


def best_known(pairs: Sequence[tuple[City, int]]) -> list[City]:
    """The cities that most is known of, for who has chosen none."""
    known = sorted((pair for pair in pairs if pair[1]), key=lambda pair: (-pair[1], pair[0].name))
    return sorted((city for city, _number in known[:FIRST]), key=lambda city: city.name)


def history(clause: Clause, viewer: Viewer) -> list[Version]:
    """Newest first: what it says and said, as far as it came out for the viewer."""
    found = Version.objects.visible_to(viewer).filter(Q(clause=clause))
    return list(found.order_by("-number"))
