"""One house of the speed measurement, in a process of its own: fill it, then ask.

Run as `python -m house.retrieval.bench.speed_house fill PASSAGES.jsonl`, then with
`ask QUESTIONS.jsonl ROUNDS`, HOUSE_DATA naming a folder for it alone; prints JSON.
"""

import gc
import io
import json
import logging
import sys
import time
from pathlib import Path
from typing import Any

import django
import numpy as np

TOKENS = 90  # stored token vectors of a passage, the mean of the test corpus
EMBEDDED = 64


def fill(passages: Path) -> dict[str, Any]:
    """A house as an operator fills it; its vectors are made up."""
    from django.core.management import call_command  # noqa: PLC0415 -- settings are named outside

    from house.retrieval import meaning  # noqa: PLC0415

    call_command("prepare", verbosity=0, stdout=io.StringIO())
    begun, began = time.perf_counter(), time.process_time()
    call_command("import", str(passages), stdout=io.StringIO(), stderr=io.StringIO())
    took, used = time.perf_counter() - begun, time.process_time() - began
    put_random_vectors()
    mark = meaning.engine().watermark()
    return {
        "passages": mark.passages,
        "documents": mark.documents,
        "import_per_s": mark.passages / took,
        "import_per_cpu_s": mark.passages / used,
    }


def ask(questions: Path, rounds: int) -> dict[str, Any]:
    """Another process, as a web worker that only ever searches."""
    asked = [json.loads(line)["question"] for line in questions.read_text().splitlines()]
    return {**searching(asked, rounds), "saved_then_found_ms": saved_then_found(), **embedding()}


def put_random_vectors() -> None:
    from house.retrieval import meaning  # noqa: PLC0415
    from house.retrieval.embedding import PassageVectors  # noqa: PLC0415

    filled = meaning.engine_to_fill()
    if filled is None:
        raise SystemExit("No embedding model: there is nothing to measure.")
    engine, embedder = filled
    chance = np.random.default_rng(1)
    while digests := engine.pending(2000):
        raw = chance.standard_normal((len(digests), embedder.dimensions), np.float32)
        raw /= np.linalg.norm(raw, axis=1, keepdims=True)
        shape = (len(digests), TOKENS, embedder.token_dimensions)
        tokens = chance.integers(-90, 90, shape, np.int8)
        norms = np.ones(len(digests), np.float32)
        engine.put_vectors(digests, PassageVectors(raw, norms, list(tokens)))


def searching(questions: list[str], rounds: int) -> dict[str, Any]:
    from house.access.viewer import Viewer  # noqa: PLC0415
    from house.retrieval import meaning, ranked, search  # noqa: PLC0415
    from house.retrieval.asking import understand  # noqa: PLC0415
    from house.retrieval.bench.figures import resident_mb, times_of  # noqa: PLC0415

    viewer = Viewer(city_ids=frozenset({"ams"}), is_member=True)
    engine, embedder = meaning.engine_to_ask(patience=None)
    scope = search.Filters().scope(viewer)

    def afresh(question: str) -> None:
        ranked.forget_questions()
        search.search(question, viewer=viewer)

    def rank(question: str) -> None:
        engine.search(understood[question].query(vectors[question]), scope)

    afresh(questions[0])
    gc.collect()
    gc.freeze()  # as a server does after start: the model is not looked through again
    whole = times_of(questions, afresh, rounds=rounds)
    resident, own = resident_mb()
    understood = {question: understand(question) for question in questions}
    vectors = {question: embedder.encode_query(question) for question in questions}
    parts = {
        "understanding": times_of(questions, understand, rounds=rounds),
        "embedding the question": times_of(questions, embedder.encode_query, rounds=rounds),
        "index": times_of(questions, rank, rounds=rounds),
    }
    return {
        "search": whole.facts(),
        "parts": {name: times.facts() for name, times in parts.items()},
        "rss_mb": resident,
        "own_mb": own,
    }


def saved_then_found() -> float:
    """From the commit of a changed thing until its words are in the index; median of nine, in ms."""
    from django.db import transaction  # noqa: PLC0415

    from house.retrieval import outbox  # noqa: PLC0415
    from house.retrieval.models import Passage  # noqa: PLC0415

    taken = []
    # every row: a measurement's own house
    for kind, pk in Passage.objects.order_by("?").values_list("kind", "object_id")[:9]:
        begun = time.perf_counter()
        with transaction.atomic():
            outbox.touch(kind, pk)
        if outbox.pending().words:
            raise SystemExit("The outbox was not drained.")
        taken.append((time.perf_counter() - begun) * 1000)
    return float(np.median(taken))


def embedding() -> dict[str, float]:
    """Passages a second on one core, of passages as they come."""
    from house.retrieval.embedding import load_embedder, passage_text  # noqa: PLC0415
    from house.retrieval.models import Passage  # noqa: PLC0415

    # every row: a measurement's own house
    rows = Passage.objects.order_by("digest").values_list("title", "heading", "text")[:EMBEDDED]
    texts = [passage_text(*row) for row in rows]
    embedder = load_embedder()
    if embedder is None:
        return {}
    begun, began = time.perf_counter(), time.process_time()
    embedder.encode_passages(texts)
    took, used = time.perf_counter() - begun, time.process_time() - began
    return {"embed_per_s": len(texts) / took, "embed_per_cpu_s": len(texts) / used}


if __name__ == "__main__":
    django.setup()
    logging.disable(logging.WARNING)
    what, *rest = sys.argv[1:]
    print(json.dumps(fill(Path(rest[0])) if what == "fill" else ask(Path(rest[0]), int(rest[1]))))
