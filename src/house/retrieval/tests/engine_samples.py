"""Documents and vectors made by hand for the engine's contract. No Django: child processes use it."""

import zlib

import numpy as np

from house.retrieval.analysis import analyse, question_terms, spelling_of, words_of
from house.retrieval.embedding.base import PassageVectors, QueryVectors
from house.retrieval.embedding.late import to_bytes
from house.retrieval.engines.base import (
    IndexedDocument,
    IndexedPassage,
    Query,
    Scope,
    Term,
    VectorSpace,
)

SPACE = VectorSpace("sample", "basis", 16, 8)
EVERYONE = Scope(frozenset({"public"}))


def digest_of(text: str) -> int:
    return zlib.crc32(text.encode()) - 2**31


def document(
    pk: int, *texts: str, title: str = "", audience: str = "public", language: str = "en", **facts
):
    return IndexedDocument(
        kind="note",
        pk=pk,
        title=title or f"Note {pk}",
        language=language,
        audience=audience,
        passages=tuple(
            IndexedPassage(
                id=pk * 100 + i,
                digest=digest_of(text),
                language=language,
                title=" ".join(analyse(title, language)),
                heading="",
                text=" ".join(analyse(text, language)),
                words=spelling_of(words_of(f"{title} {text}")),
            )
            for i, text in enumerate(texts)
        ),
        **facts,
    )


def vector_of(text: str) -> np.ndarray:
    """The same text has the same direction; different texts are nearly at right angles."""
    made = np.random.default_rng(digest_of(text) % 2**32).standard_normal(SPACE.dimensions)
    return (made / np.linalg.norm(made)).astype(np.float32)


def tokens_of(text: str) -> np.ndarray:
    made = [np.random.default_rng(digest_of(w) % 2**32).standard_normal(8) for w in text.split()]
    return np.array([row / np.linalg.norm(row) for row in made], np.float32).reshape(-1, 8)


def vectors_of(*texts: str) -> PassageVectors:
    return PassageVectors(
        raw=np.stack([vector_of(text) for text in texts]),
        norms=np.ones(len(texts), np.float32),
        tokens=[to_bytes(tokens_of(text)) for text in texts],
    )


def put_vectors(engine, *texts: str) -> None:
    engine.put_vectors([digest_of(text) for text in texts], vectors_of(*texts))


def asking(words: str = "", *, like: str = "", excluded: str = "", required: str = "") -> Query:
    return Query(
        terms=_terms(words),
        vectors=QueryVectors(vector_of(like), vector_of(like), 0.0, tokens_of(like))
        if like
        else None,
        language="en",
        excluded=_terms(excluded),
        required=_terms(required),
    )


def _terms(words: str) -> tuple[Term, ...]:
    return tuple(Term(word, forms) for word, forms in question_terms(words, "en"))


def found(engine, query: Query, scope: Scope = EVERYONE) -> set[int]:
    return {pk for _, pk in engine.search(query, scope).objects}
