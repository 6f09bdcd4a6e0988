"""What every index engine promises. One contract suite (`tests/engine_contract.py`) holds them all.

An engine keeps words, vectors and the columns that filters read. It is a hint: whoever asks opens
every hit through its door. It never sees a Django model, so a test can fill one by hand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from house.retrieval.embedding.base import PassageVectors, QueryVectors

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """`id` is the stored passage's key; the three fields are analysed tokens joined by spaces.

    `digest` names the embedded text: passages with the same digest share one vector.
    """

    id: int
    digest: bytes
    language: str
    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    kind: str
    pk: int
    title: str
    language: str
    audience: str
    passages: tuple[IndexedPassage, ...]
    title_digest: bytes = b""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    period: tuple[date | None, date | None] = (None, None)
    prior: float = 0.0


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the question with the forms it may have in the index, in any language."""

    word: str
    forms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be searched: applied before ranking, so a narrow scope still fills the page.

    A passage is in scope when its document's audience is one of `tokens` and, for each named
    facet, the document has one of the values. A period matches when it overlaps; a document
    without a period never matches one.
    """

    tokens: frozenset[str]
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    period: tuple[date | None, date | None] = (None, None)
    objects: frozenset[tuple[str, int]] | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """`excluded` words must not stand in a passage; all `required` words must."""

    terms: tuple[Term, ...] = ()
    vectors: QueryVectors | None = None
    language: str = ""
    excluded: tuple[Term, ...] = ()
    required: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages worth ranking, one array element each. Missing vectors give NaN, never 0.

    `coverage` is the share of the question's IDF mass that the passage (its title and heading
    included) contains, `title_coverage` that of its title alone, `bm25` the classic score over
    all fields. `raw`, `projected` and `title` (the title's own vector, projected) are cosines;
    `late` is the mean best match of the question's token vectors. `background` holds mean and
    standard deviation of `raw`, `projected` and `title` over everything in scope.
    """

    rows: Ints
    passages: Ints
    documents: Ints
    objects: list[tuple[str, int]]
    languages: list[str]
    prior: Floats
    coverage: Floats
    title_coverage: Floats
    bm25: Floats
    raw: Floats
    projected: Floats
    title: Floats
    late: Floats
    background: Mapping[str, tuple[float, float]]
    in_scope: int

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Watermark:
    """`pending` counts texts (passages and titles) that have no vector of the wanted set yet."""

    generation: int
    documents: int
    passages: int
    vectors: int
    pending: int


class Engine(Protocol):
    """Safe to call from many threads and processes. Writers take turns; readers never wait."""

    def upsert(self, documents: Iterable[IndexedDocument]) -> None:
        """Put these documents in place of what stood under their kind and key: all or none.

        A passage whose digest is already known keeps its vector.
        """
        ...

    def delete(self, objects: Iterable[tuple[str, int]]) -> None:
        """Forget these things: words, columns and vectors, and their bytes on disk."""
        ...

    def search(
        self,
        query: Query,
        scope: Scope,
        *,
        words: int = 120,
        raw: int = 60,
        projected: int = 100,
    ) -> Candidates:
        """The union of the best so many by words, by raw and by projected similarity."""
        ...

    def find_terms(self, prefix: str, scope: Scope, *, limit: int) -> list[str]:
        """Indexed terms that begin so, most frequent first, each with a passage in scope."""
        ...

    def near_terms(self, term: str, scope: Scope, *, limit: int) -> list[str]:
        """Indexed terms within a typing slip of this one, each with a passage in scope."""
        ...

    def find_titles(self, prefix: str, scope: Scope, *, limit: int) -> list[tuple[str, int]]:
        """Documents in scope with a title word that begins so."""
        ...

    def passages_with(self, term: str, scope: Scope, *, limit: int) -> list[int]:
        """Keys of stored passages in scope that hold this term."""
        ...

    def list_documents(self, scope: Scope) -> list[tuple[str, int]]:
        """Every document in scope, best prior first, newest first among equals."""
        ...

    def facets_of(
        self, objects: Sequence[tuple[str, int]]
    ) -> list[Mapping[str, tuple[str, ...]]]: ...

    def pending(self, limit: int) -> list[bytes]:
        """Digests of texts that still want a vector, in the order they came."""
        ...

    def put_vectors(self, digests: Sequence[bytes], vectors: PassageVectors) -> None:
        """Durable when it returns. A digest that is known already, or gone, is skipped."""
        ...

    def rebuild(
        self, documents: Iterable[IndexedDocument], *, catch_up: Callable[[], None]
    ) -> None:
        """Build a new index beside the live one and swap it in; readers follow by themselves.

        `catch_up` runs after the swap, to bring over what changed meanwhile.
        """
        ...

    def watermark(self) -> Watermark: ...
