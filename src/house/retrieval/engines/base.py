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

from house.retrieval.embedding.base import Bytes, PassageVectors, QueryVectors
from house.retrieval.ranking import Spread

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class VectorSpace:
    """Whose vectors these are: vectors of two spaces must never be compared."""

    model_id: str
    basis_id: str
    dimensions: int
    token_dimensions: int


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """`id` is the stored passage's key; the first three fields are analysed terms joined by spaces.

    `words` are its words as written, casefolded, each once: what a slip is corrected to.

    `digest` is a 64-bit hash of the embedded text: passages that share it share one vector.
    """

    id: int
    digest: int
    language: str
    title: str
    heading: str
    text: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    kind: str
    pk: int
    title: str
    language: str
    audience: str
    passages: tuple[IndexedPassage, ...]
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
    """What may be searched. Applied before ranking, so a narrow scope still fills the page.

    A passage is in scope when its document's audience is one of `tokens` and, for each named
    facet, the document has one of the values. A period matches when it overlaps; a document
    without a period never matches one.
    """

    tokens: frozenset[str]
    facets: frozenset[tuple[str, frozenset[str]]] = frozenset()
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
    """Passages worth ranking, one array element each; m is the number of the question's terms.

    `weights` (m,) is each term's IDF over the index times its own weight. `in_text` and `in_title`
    (n, m) say where it stands (headings count as text). `bm25` is the classic score over all
    fields. `raw`, `projected` and `late` are None when the question has no such vector; a passage
    without a vector has the mean of the others, so that it is ranked by its words alone.
    """

    passages: Ints
    documents: Ints
    objects: list[tuple[str, int]]
    languages: list[str]
    prior: Floats
    weights: Floats
    in_text: Flags
    in_title: Flags
    bm25: Floats
    raw: Floats | None = None
    raw_spread: Spread | None = None
    projected: Floats | None = None
    projected_spread: Spread | None = None
    late: Floats | None = None

    def __len__(self) -> int:
        return len(self.passages)


@dataclass(frozen=True, slots=True)
class Watermark:
    """`pending` counts texts that have no vector of the wanted set yet, `vectors` those that have."""

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

    def search(self, query: Query, scope: Scope, *, by_words: int = 120) -> Candidates:
        """The union of the best by words and of what `ranking.pick` takes by meaning."""
        ...

    def near_words(self, word: str, scope: Scope, *, limit: int) -> list[str]:
        """Words within a typing slip of this one, nearest first, each in a passage in scope."""
        ...

    def find_titles(self, prefix: str, scope: Scope, *, limit: int) -> list[tuple[str, int]]:
        """Documents in scope with a title word that begins so."""
        ...

    def count_terms(self, terms: Sequence[Term], scope: Scope) -> list[int]:
        """How many passages in scope hold each term, in any of its forms."""
        ...

    def list_documents(self, scope: Scope) -> list[tuple[str, int]]:
        """Every document in scope, best prior first, newest first among equals."""
        ...

    def facets_of(
        self, objects: Sequence[tuple[str, int]]
    ) -> list[Mapping[str, tuple[str, ...]]]: ...

    def tokens_of(self, digests: Sequence[int]) -> list[Bytes]:
        """The token vectors of these texts, in order; empty where there are none (yet)."""
        ...

    def pending(self, limit: int) -> list[int]:
        """Digests of texts that still want a vector, in the order they came."""
        ...

    def use_vectors(self, space: VectorSpace | None) -> None:
        """The set that searches read and `put_vectors` fills from now on, in this process."""
        ...

    def put_vectors(self, digests: Sequence[int], vectors: PassageVectors) -> None:
        """Durable when it returns. A digest that is known already, or gone, is skipped."""
        ...

    def rebuild(
        self,
        documents: Iterable[IndexedDocument],
        *,
        reload: Callable[[list[tuple[str, int]]], Iterable[IndexedDocument]],
    ) -> None:
        """Build a new index beside the live one and swap it in; readers follow by themselves.

        Before the swap `reload` is asked for what was written or deleted meanwhile.
        """
        ...

    def tidy(self) -> None:
        """Remove the bytes of replaced text. Deleting does it by itself."""
        ...

    def watermark(self) -> Watermark: ...
