"""Vectors of all texts that an alliance can write, made once and kept; the engine gets those it needs."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from house.retrieval.bench.corpora import Corpus, Piece
from house.retrieval.bench.store import vectors_of
from house.retrieval.embedding import Embedder, PassageVectors, QueryVectors
from house.retrieval.engines.sqlite import SQLiteEngine
from house.retrieval.meaning import space_of
from house.retrieval.offers import Offers


def digest_of(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)


class Meaning:
    def __init__(self, texts: Sequence[tuple[str, str]], embedder: Embedder, folder: Path) -> None:
        """`texts` are (text, language), each once; `folder` keeps their vectors (30 a second and core)."""
        self.embedder = embedder
        pieces = [Piece(str(n), str(n), "", "", text, tag) for n, (text, tag) in enumerate(texts)]
        self.vectors = vectors_of(Corpus("alliance", pieces, []), embedder, folder)
        self.rows = {text: n for n, (text, _tag) in enumerate(texts)}
        self.query = cache(embedder.encode_query)

    def engine(self, folder: Path) -> SQLiteEngine:
        return SQLiteEngine(folder, space_of(self.embedder))

    def fill(self, engine: SQLiteEngine, texts: Iterable[str]) -> None:
        rows = {digest_of(text): self.rows[text] for text in texts}
        engine.put_vectors(list(rows), self._of(list(rows.values())))

    def _of(self, rows: list[int]) -> PassageVectors:
        tokens = [self.vectors.tokens_of(row) for row in rows]
        return PassageVectors(self.vectors.raw[rows], self.vectors.norms[rows], tokens)

    def offers(self, folder: Path, texts: Sequence[tuple[str, str]]) -> Offers:
        made = Offers(folder, space_of(self.embedder))
        made.put(
            [text for text, _tag in texts], self._of([self.rows[text] for text, _tag in texts])
        )
        return made

    def cosines(self, question: QueryVectors) -> np.ndarray:
        """Of every text, by its row."""
        return self.vectors.raw @ question.raw
