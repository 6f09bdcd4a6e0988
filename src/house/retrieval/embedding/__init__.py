"""Text to vectors. Outside this package: `load_embedder`, `passage_text`, `NoModel`, `max_sim`."""

from house.retrieval.embedding.base import (
    Embedder,
    NoModel,
    PassageVectors,
    QueryVectors,
    passage_text,
)
from house.retrieval.embedding.late import max_sim
from house.retrieval.embedding.loading import load_embedder

__all__ = [
    "Embedder",
    "NoModel",
    "PassageVectors",
    "QueryVectors",
    "load_embedder",
    "max_sim",
    "passage_text",
]
