"""What a room hands over to be found. No Django here: importers and tests build these by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

FACETS = ("kind", "topic", "city", "country", "outcome", "language")


@dataclass(frozen=True, slots=True)
class PassageText:
    """One piece of a document that can prove something: what a hit, a quote and a link point to.

    `external_id` is unique within its document and stays the same while the text does.
    `heading` is the path to it, joined by " › ". `anchor` is the fragment of its section on the
    thing's own page. `language` may be left empty: the indexer then recognises it.
    """

    external_id: str
    text: str
    heading: str = ""
    language: str = ""
    anchor: str = ""
    page: int | None = None
    start: float | None = None
    end: float | None = None
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A thing as search sees it: all that may be matched, filtered, counted or ranked by.

    `kind` is the name under which its `Source` is registered, not the kind a reader filters by
    (that one is `facets["kind"]`). `audience` is one token of `access` ("public", "alliance",
    "city:ams", "circle:…", "person:7"). `prior` lifts (+) or lowers (-) the thing in every
    ranking; 0 is neutral, ±1 is as much as it can do.
    """

    kind: str
    pk: int
    version: int
    title: str
    language: str
    audience: str
    passages: tuple[PassageText, ...]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    period: tuple[date | None, date | None] = (None, None)
    prior: float = 0.0

    def __post_init__(self) -> None:
        unknown = set(self.facets) - set(FACETS)
        if unknown:
            raise ValueError(f"No such facet: {', '.join(sorted(unknown))}")
        names = {passage.external_id for passage in self.passages}
        if len(names) != len(self.passages):
            raise ValueError(f"Passages of {self.kind} {self.pk} share an external id")
