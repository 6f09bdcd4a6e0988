"""The kinds of initiatives: a small SKOS scheme of our own, shipped as data, with its matches elsewhere."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from house.ground.text import folded
from house.vocabulary.models import label_in

_FILE = Path(__file__).parent / "data" / "kinds.json"
OSM = "https://wiki.openstreetmap.org/wiki/Tag:"


@dataclass(frozen=True, slots=True)
class Group:
    notation: str
    labels: Mapping[str, str] = field(hash=False)

    def label(self) -> str:
        return label_in(dict(self.labels), get_language() or "en", self.notation)


@dataclass(frozen=True, slots=True)
class Kind:
    notation: str
    broader: str
    labels: Mapping[str, str] = field(hash=False)
    definition: str
    osm: tuple[str, ...]  # "amenity=public_bookcase"
    transformap: tuple[str, ...]  # addresses
    words: tuple[str, ...]  # what a name or a column says of such a place

    def label(self) -> str:
        return label_in(dict(self.labels), get_language() or "en", self.notation)


@cache
def _scheme() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return made


@cache
def groups() -> dict[str, Group]:
    return {row["notation"]: Group(row["notation"], row["labels"]) for row in _scheme()["broader"]}


@cache
def kinds() -> dict[str, Kind]:
    """Notation → kind. The place of each in this order is its number in the map's points."""
    return {
        row["notation"]: Kind(
            row["notation"],
            row["broader"],
            row["labels"],
            row["definition"],
            tuple(row["closeMatch"]["osm"]),
            tuple(row["closeMatch"]["transformap"]),
            tuple(row["words"]),
        )
        for row in _scheme()["kinds"]
    }


def label_of(notation: str) -> str:
    kind = kinds().get(notation)
    return kind.label() if kind else notation


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select, in groups."""
    return [
        (
            group.label(),
            [(kind.notation, kind.label()) for kind in kinds().values() if kind.broader == name],
        )
        for name, group in groups().items()
    ]


def of_tags(tags: Mapping[str, str]) -> list[str]:
    """Kinds that OSM's tags say; `leisure=garden` alone is any garden, so the closer tag must stand too."""
    said = {f"{key}={value}" for key, values in tags.items() for value in values.split(";")}
    found = [kind.notation for kind in kinds().values() if said & set(kind.osm)]
    if "leisure=garden" in said and "garden:type=community" not in said:
        found = [one for one in found if one != "community-garden"]
    return found


def of_words(texts: Iterable[str]) -> list[str]:
    """Kinds whose own words stand in what a file says: a guess, which a person sees before it counts."""
    said = folded(" ".join(texts))
    return [
        notation
        for notation, words in _words().items()
        if any(_stands(word, said) for word in words)
    ]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {
        kind.notation: tuple(
            {folded(word) for word in (*kind.words, kind.notation, *kind.labels.values())}
        )
        for kind in kinds().values()
    }


def _stands(word: str, said: str) -> bool:
    """Short words stand alone ("csa"); long ones may be part of a longer one, as German builds them."""
    if len(word) > 5:
        return word in said
    return word in said.replace(",", " ").replace(";", " ").split()


def skos(base: str) -> dict[str, Any]:
    """The scheme as JSON-LD."""
    top = [
        {
            "@id": f"{base}#{group.notation}",
            "@type": "skos:Concept",
            "skos:topConceptOf": {"@id": base},
            "skos:prefLabel": _labels(group.labels),
        }
        for group in groups().values()
    ]
    return {
        "@context": {"skos": "http://www.w3.org/2004/02/skos/core#"},
        "@graph": [
            {
                "@id": base,
                "@type": "skos:ConceptScheme",
                "skos:prefLabel": {"@value": _scheme()["scheme"], "@language": "en"},
            },
            *top,
            *(_concept(kind, base) for kind in kinds().values()),
        ],
    }


def _concept(kind: Kind, base: str) -> dict[str, Any]:
    matches = [f"{OSM}{tag}" for tag in kind.osm] + list(kind.transformap)
    return {
        "@id": f"{base}#{kind.notation}",
        "@type": "skos:Concept",
        "skos:inScheme": {"@id": base},
        "skos:notation": kind.notation,
        "skos:broader": {"@id": f"{base}#{kind.broader}"},
        "skos:prefLabel": _labels(kind.labels),
        "skos:definition": {"@value": kind.definition, "@language": "en"},
        "skos:closeMatch": [{"@id": match} for match in matches],
    }


def _labels(labels: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": label, "@language": tag} for tag, label in labels.items()]
