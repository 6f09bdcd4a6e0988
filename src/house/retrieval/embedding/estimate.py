"""Makes `data/basis.npz`: `python -m house.retrieval.embedding.estimate MODEL_FOLDER`.

Needed again only when the model or the sentences of `parallel` change. About a minute.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from house.retrieval.embedding.base import Floats
from house.retrieval.embedding.basis import FILE
from house.retrieval.embedding.e5 import E5, unit
from house.retrieval.embedding.parallel import HOUSE, Sentence, django_messages, own_questions

LANGUAGE_DIMENSIONS = 24
TOKEN_DIMENSIONS = 128
PARAGRAPH = 8  # messages that are read together where the length of a passage matters

Encode = Callable[[str], Floats]


def _means(sentences: list[Sentence], encode: Encode) -> tuple[Floats, Floats]:
    """(languages, d): how far each language lies from the same sentences in the house's languages.

    And the mean of all of those, which is what a side is centred by.
    """
    away: dict[str, list[Floats]] = {}
    middles = []
    for sentence in sentences:
        vectors = {language: encode(text) for language, text in sentence.items()}
        middle = np.mean([vectors[language] for language in HOUSE], axis=0)
        middles.append(middle)
        for language, vector in vectors.items():
            away.setdefault(language, []).append(vector - middle)
    offsets = np.array([np.mean(rows, axis=0) for rows in away.values()])
    return offsets - offsets.mean(axis=0), np.mean(middles, axis=0)


def _first_directions(rows: Floats, count: int) -> Floats:
    return np.linalg.svd(rows, full_matrices=False)[2][:count].astype(np.float32)


def _second_moment(model: E5, texts: list[str], mean: Floats, languages: Floats) -> Floats:
    total = np.zeros((mean.size, mean.size))
    for text in texts:
        rows = model.passage(text).states - mean
        rows = unit(rows - (rows @ languages.T) @ languages)
        total += rows.T @ rows / len(rows)
    return total


def _paragraphs(sentences: list[Sentence]) -> list[str]:
    return [
        ". ".join(sentence[language] for sentence in sentences[start : start + PARAGRAPH])
        for language in HOUSE
        for start in range(0, len(sentences), PARAGRAPH)
    ]


def estimate(model: E5) -> dict[str, Floats]:
    messages, questions = django_messages(), own_questions()

    def as_query(text: str) -> Floats:
        return model.query(text).pooled

    def as_passage(text: str) -> Floats:
        return model.passage(text).pooled

    told_query, _ = _means(messages, as_query)
    told_passage, told_mean = _means(messages, as_passage)
    asked_query, query_mean = _means(questions, as_query)
    asked_passage, asked_mean = _means(questions, as_passage)
    # Whole sentences weigh double: they are nearer to what is searched than a program's messages.
    offsets = [told_query, told_passage, 2 * asked_query, 2 * asked_passage]
    languages = _first_directions(np.concatenate(offsets), LANGUAGE_DIMENSIONS)
    passage_mean = ((told_mean + asked_mean) / 2).astype(np.float32)
    texts = _paragraphs(messages) + _paragraphs(questions)
    moment = _second_moment(model, texts, passage_mean, languages)
    directions = np.linalg.eigh(moment)[1][:, ::-1][:, :TOKEN_DIMENSIONS]
    # Turned by a fixed random rotation, every component is about as large as the others, so that one
    # byte serves each equally well.
    random = np.random.default_rng(2026).standard_normal((TOKEN_DIMENSIONS, TOKEN_DIMENSIONS))
    return {
        "languages": languages,
        "query_mean": query_mean.astype(np.float32),
        "passage_mean": passage_mean,
        "reduce": (directions @ np.linalg.qr(random)[0]).astype(np.float32),
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    np.savez_compressed(FILE, model_id=np.array(folder.name), **estimate(E5(folder)))
