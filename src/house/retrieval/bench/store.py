"""A corpus put where it can be measured: words in an engine, vectors in arrays on disk."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from house.retrieval.analysis import analyse
from house.retrieval.bench.corpora import Corpus
from house.retrieval.embedding import Embedder, QueryVectors, passage_text
from house.retrieval.embedding.base import Bytes, Floats
from house.retrieval.engines.base import IndexedDocument, IndexedPassage
from house.retrieval.engines.sqlite import SQLiteEngine
from house.retrieval.lexicon import marks_of_passage

BATCH = 200


@dataclass(frozen=True, slots=True)
class Vectors:
    raw: Floats
    norms: Floats
    tokens: Bytes  # of all passages, one after the other
    starts: np.ndarray  # (n + 1,)

    def cosines(self, query: QueryVectors) -> tuple[Floats, Floats]:
        both = self.raw @ query.columns
        return both[:, 0], (both[:, 1] - np.float32(query.shift)) / self.norms

    def tokens_of(self, row: int) -> Bytes:
        return self.tokens[self.starts[row] : self.starts[row + 1]]


def fill(engine: SQLiteEngine, corpus: Corpus) -> None:
    """Words only; the key of a passage is its place in the corpus, counted from one."""
    documents: dict[str, list[IndexedPassage]] = {}
    for number, piece in enumerate(corpus.pieces, 1):
        title = analyse(piece.title, piece.language)
        heading = analyse(piece.heading, piece.language)
        text = analyse(piece.text, piece.language)
        whole = f"{piece.title}. {piece.heading}. {piece.text}"
        marks = marks_of_passage([*title, *heading, *text], whole, piece.language)
        documents.setdefault(piece.document, []).append(
            IndexedPassage(
                id=number,
                digest=number,
                language=piece.language,
                title=" ".join(title),
                heading=" ".join(heading),
                text=" ".join([*text, *marks]),
            )
        )
    engine.upsert(
        IndexedDocument("piece", number, name, passages[0].language, "public", tuple(passages))
        for number, (name, passages) in enumerate(documents.items(), 1)
    )


def vectors_of(corpus: Corpus, embedder: Embedder, folder: Path) -> Vectors:
    """Read from `folder` when the same texts were embedded there by the same model."""
    texts = [passage_text(piece.title, piece.heading, piece.text) for piece in corpus.pieces]
    whole = "\0".join([embedder.model_id, embedder.basis_id, *texts])
    digest = hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:16]
    path = folder / f"{digest}.npz"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft.npz")
        np.savez(draft, **_embedded(texts, embedder))
        draft.rename(path)
    return Vectors(**np.load(path))


def _embedded(texts: list[str], embedder: Embedder) -> dict[str, np.ndarray]:
    raw, norms, tokens = [], [], []
    for start in range(0, len(texts), BATCH):
        made = embedder.encode_passages(texts[start : start + BATCH])
        raw.append(made.raw)
        norms.append(made.norms)
        tokens += made.tokens or []
    return {
        "raw": np.concatenate(raw),
        "norms": np.concatenate(norms),
        "tokens": np.concatenate(tokens),
        "starts": np.cumsum([0, *(len(each) for each in tokens)]),
    }
