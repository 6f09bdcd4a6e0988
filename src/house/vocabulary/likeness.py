"""How alike two cities are, and why: a sort for what cities wrote and for who works in them.

The score is a weighted mean of likenesses from 0 to 1 over the traits that are known of both. What is
unknown of either counts as half: it neither helps nor harms, so a city about which little is known stands
in the middle, not at the end. Every part gives its reason in words; no part is learned or hidden.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.vocabulary.context import word_for
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import City, CityFact, CityTrait

Rows = TypeVar("Rows", bound="QuerySet[Any]")
UNKNOWN = 0.5
TENFOLD = math.log(10)  # cities a tenth or ten times as large have nothing in common by size


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a city. Empty or 0 is unknown. `area` in km²."""

    code: str
    country: str = ""
    languages: tuple[str, ...] = ()
    terrain: frozenset[str] = frozenset()
    population: float = 0.0
    area: float = 0.0
    traits: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def density(self) -> float:
        """Persons per km², or 0."""
        return self.population / self.area if self.population and self.area else 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """One trait compared: `alike` from 0 to 1, or None where it is unknown of one of the two."""

    name: str
    alike: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    code: str
    score: float  # 0 to 1
    parts: tuple[Part, ...]

    @property
    def reasons(self) -> list[str]:
        """What makes them alike, and what sets them apart, each in a few words."""
        return [part.reason for part in self.parts if part.reason]

    @property
    def unknown(self) -> list[str]:
        return [part.name for part in self.parts if part.alike is None]


def compare(mine: Context, theirs: Context) -> Likeness:
    """How the other city looks from mine. Symmetric in the score, not in the words."""
    parts = tuple(Part(name, *part(mine, theirs)) for name, _weight, part in _PARTS)
    weights = [weight for _name, weight, _part in _PARTS]
    known = [UNKNOWN if part.alike is None else part.alike for part in parts]
    score = sum(map(math.prod, zip(weights, known, strict=True))) / sum(weights)
    return Likeness(theirs.code, score, parts)


def ranked(mine: Context, others: Iterable[Context]) -> list[Likeness]:
    """The most alike first; my own city stands before all. Of equals by code."""
    found = [compare(mine, other) for other in others]
    return sorted(found, key=lambda each: (each.code != mine.code, -each.score, each.code))


def contexts(viewer: Viewer) -> dict[str, Context]:
    """Every city by its code, in three queries."""
    figures: dict[str, dict[str, float]] = {}
    told = CityFact.objects.visible_to(viewer).filter(name__in=("population", "area"))
    for code, name, value in told.values_list("city_id", "name", "value"):
        figures.setdefault(code, {})[name] = value
    traits: dict[str, dict[str, set[str]]] = {}
    rows = CityTrait.objects.visible_to(viewer).values_list("city_id", "name", "value")
    for code, name, value in rows:
        traits.setdefault(code, {}).setdefault(name, set()).add(value)
    return {
        city.pk: Context(
            city.pk,
            city.country,
            tuple(city.languages),
            frozenset(city.terrain),
            figures.get(city.pk, {}).get("population", 0.0),
            figures.get(city.pk, {}).get("area", 0.0),
            {name: frozenset(values) for name, values in traits.get(city.pk, {}).items()},
        )
        for city in City.objects.visible_to(viewer)
    }


def alike_to(code: str, viewer: Viewer) -> list[Likeness]:
    """All other cities, the most alike first; none for a city that the viewer cannot see."""
    known = contexts(viewer)
    mine = known.pop(code, None)
    return ranked(mine, known.values()) if mine else []


def by_likeness(rows: Rows, column: str, viewer: Viewer) -> Rows:
    """Rows of cities like hers first, those of her own city before them, of no told city last.

    `column` is a foreign key to a city that may be told (`shown_city`), never the true one of who hides it.
    Who has no city gets the rows as they were.
    """
    own = next(iter(sorted(viewer.city_ids)), "")
    order = [own, *(each.code for each in alike_to(own, viewer))] if own else []
    if not order:
        return rows
    place: Case = Case(
        *(When(**{column: code}, then=Value(number)) for number, code in enumerate(order)),
        default=Value(len(order)),
        output_field=IntegerField(),
    )
    former = rows.query.order_by or rows.model._meta.ordering
    return rows.order_by(place, *former)


# -- The parts -----------------------------------------------------------------------------------

Compared = tuple[float | None, str]
_UNKNOWN: Compared = (None, "")


def _powers(mine: Context, theirs: Context) -> Compared:
    both = _shared(mine, theirs, "powers")
    if both is None:
        return _UNKNOWN
    alike, shared = both
    told = [_("same power: %(power)s") % {"power": word_for("powers", each)} for each in shared]
    return alike, "; ".join(told)


def _modes(mine: Context, theirs: Context) -> Compared:
    both = _shared(mine, theirs, "modes")
    if both is None:
        return _UNKNOWN
    alike, shared = both
    words = ", ".join(word_for("modes", each) for each in shared)
    return alike, _("both have %(modes)s") % {"modes": words} if shared else ""


def _income(mine: Context, theirs: Context) -> Compared:
    both = _shared(mine, theirs, "income")
    if both is None:
        return _UNKNOWN
    return both[0], _("say the same of their income") if both[1] else ""


def _climate(mine: Context, theirs: Context) -> Compared:
    one, other = mine.traits.get("climate"), theirs.traits.get("climate")
    if not one or not other:
        return _UNKNOWN
    if shared := sorted(one & other):
        return 1.0, _("same climate: %(climate)s") % {"climate": word_for("climate", shared[0])}
    near = {each[:1] for each in one} & {each[:1] for each in other}
    return (0.5, "") if near else (0.0, "")


def _size(mine: Context, theirs: Context) -> Compared:
    if not mine.population or not theirs.population:
        return _UNKNOWN
    ratio = theirs.population / mine.population
    told = {
        "same": _("about as many people"),
        "more": _("%(times)s times the population"),
        "less": _("%(share)s of the population"),
    }
    return _closeness(ratio), _times(ratio, told)


def _density(mine: Context, theirs: Context) -> Compared:
    if not mine.density or not theirs.density:
        return _UNKNOWN
    ratio = theirs.density / mine.density
    told = {
        "same": _("about as dense"),
        "more": _("%(times)s times as dense"),
        "less": _("%(share)s as dense"),
    }
    return _closeness(ratio), _times(ratio, told)


def _tongue(mine: Context, theirs: Context) -> Compared:
    if not mine.languages or not theirs.languages:
        return _UNKNOWN
    shared = [language for language in mine.languages if language in theirs.languages]
    if not shared:
        return 0.0, ""
    first = mine.languages[0] == theirs.languages[0]
    name = LANGUAGES.get(shared[0], shared[0])
    return (1.0 if first else 0.6), _("shares a language: %(language)s") % {"language": name}


def _place(mine: Context, theirs: Context) -> Compared:
    if not mine.country or not theirs.country:
        return _UNKNOWN
    same = mine.country == theirs.country
    return float(same), _("same country, same laws above it") if same else ""


def _ground(mine: Context, theirs: Context) -> Compared:
    both = mine.terrain | theirs.terrain
    if not mine.terrain or not theirs.terrain:
        return _UNKNOWN
    shared = mine.terrain & theirs.terrain
    return len(shared) / len(both), ""


# Powers weigh most: what a city may decide is what it can take home from another.
_PARTS: tuple[tuple[str, float, Callable[[Context, Context], Compared]], ...] = (
    ("powers", 3.0, _powers),
    ("population", 2.0, _size),
    ("density", 1.5, _density),
    ("country", 1.5, _place),
    ("modes", 1.0, _modes),
    ("languages", 1.0, _tongue),
    ("climate", 1.0, _climate),
    ("income", 1.0, _income),
    ("terrain", 0.5, _ground),
)


def _shared(mine: Context, theirs: Context, name: str) -> tuple[float, list[str]] | None:
    """Of what is stated of both: the share they have in common (of the shorter list), and which."""
    one, other = mine.traits.get(name), theirs.traits.get(name)
    if not one or not other:
        return None
    shared = sorted(one & other)
    return len(shared) / min(len(one), len(other)), shared


def _closeness(ratio: float) -> float:
    return max(0.0, 1 - abs(math.log(ratio)) / TENFOLD)


def _times(ratio: float, told: Mapping[str, str]) -> str:
    """A ratio as people say it: about the same, so many times, a third of."""
    if 0.8 <= ratio <= 1.25:
        return told["same"]
    if ratio > 1:
        times = f"{ratio:.0f}" if ratio >= 2.5 else f"{ratio:.1f}".rstrip("0").rstrip(".")
        return told["more"] % {"times": times}
    return told["less"] % {"share": _share(ratio)}


def _share(ratio: float) -> str:
    if ratio >= 0.6:
        return _("two thirds") if ratio < 0.72 else _("three quarters")
    parts = round(1 / ratio)
    names = {2: _("half"), 3: _("a third"), 4: _("a quarter"), 5: _("a fifth"), 10: _("a tenth")}
    return names.get(parts) or _("one part in %(parts)d") % {"parts": parts}
