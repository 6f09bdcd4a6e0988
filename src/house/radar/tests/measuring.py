"""How well items are put together, on a set written by hand: pairs that belong together, and pairs that do not."""

import datetime
import itertools
import json
from pathlib import Path

from house.radar.likeness import Mark, canonical_url, cluster, digest, sketch_of, vector_of
from house.radar.tagging import places_named

BEGIN = datetime.datetime(2026, 3, 2, 8, tzinfo=datetime.UTC)
SET = Path(__file__).with_name("syndicated.json")


def marks(embedder=None):
    """(marks, key → the story that a person says it tells)."""
    rows = json.loads(SET.read_text(encoding="utf-8"))
    texts = [f"{row['title']}. {row['text']}" for row in rows]
    vectors = embedder.encode_passages(texts).raw if embedder else None
    made = [
        Mark(
            key=number,
            source=row["source"],
            title=row["title"],
            text=row["text"],
            language=row["language"],
            published_at=BEGIN + datetime.timedelta(days=row["day"], minutes=number),
            canonical=digest(canonical_url(row["url"])),
            sketch=sketch_of(row["title"], row["text"]),
            vector=b"" if vectors is None else vector_of(vectors[number]),
            cities=places_named(texts[number], row["language"]),
        )
        for number, row in enumerate(rows)
    ]
    return made, {number: row["story"] for number, row in enumerate(rows)}


def pairs_of(clusters):
    return {pair for keys in clusters for pair in itertools.combinations(sorted(keys), 2)}


def measure(embedder=None):
    """(precision, recall) over pairs, and the same for pairs within one language."""
    made, truth = marks(embedder)
    languages = {mark.key: mark.language for mark in made}
    found = pairs_of(cluster(made))
    true = {
        pair
        for pair in itertools.combinations(sorted(truth), 2)
        if truth[pair[0]] == truth[pair[1]]
    }

    def rates(keep):
        ours, theirs = {p for p in found if keep(p)}, {p for p in true if keep(p)}
        return len(ours & theirs) / max(1, len(ours)), len(ours & theirs) / max(1, len(theirs))

    return rates(lambda _pair: True), rates(lambda pair: languages[pair[0]] == languages[pair[1]])
