"""Any sentence encoder as ONNX, from a folder of the operator's.

The folder holds the model, its `tokenizer.json` (of the `tokenizers` library) and `house.json`:

    {"id": "bge-m3",              names the vectors; change it when the model changes
     "model": "model.onnx",
     "pooling": "mean",           "mean", "first", or "none" when the model gives one vector a text
     "query_prefix": "", "passage_prefix": "", "longest": 512}

Only `id` is required. The model takes `input_ids` and `attention_mask` (and `token_type_ids` when it
asks for them); its first output is used, or `sentence_embedding` where pooling is "none".
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from house.retrieval.embedding.base import Floats, NoModel, PassageVectors, QueryVectors
from house.retrieval.embedding.e5 import open_session, readable, unit

BUDGET = 4096  # tokens of one batch, padding included
POOLINGS = ("mean", "first", "none")


class FolderEmbedder:
    basis_id = ""
    token_dimensions = 0

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        about = _about(folder)
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = open_session(folder / about.get("model", "model.onnx"), threads)
        except Exception as error:  # the libraries raise bare Exception for a damaged file
            raise NoModel(f"The model in {folder} can't be loaded: {error}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(int(about.get("longest", 512)))
        self._pooling = about.get("pooling", "mean")
        self._query_prefix = str(about.get("query_prefix", ""))
        self._passage_prefix = str(about.get("passage_prefix", ""))
        self._inputs = {given.name for given in self._session.get_inputs()}
        outputs = [given.name for given in self._session.get_outputs()]
        whole = self._pooling == "none" and "sentence_embedding" in outputs
        self._output = "sentence_embedding" if whole else outputs[0]
        self.model_id = str(about["id"])
        self.dimensions = self._vectors(["query"]).shape[1]

    def encode_query(self, text: str) -> QueryVectors:
        return QueryVectors(self._vectors([self._query_prefix + readable(text)])[0])

    def encode_passages(self, texts: Sequence[str]) -> PassageVectors:
        if not texts:
            return PassageVectors(
                np.zeros((0, self.dimensions), np.float32), np.ones(0, np.float32)
            )
        raw = self._vectors([self._passage_prefix + readable(text) for text in texts])
        return PassageVectors(raw, np.ones(len(raw), np.float32))

    def _vectors(self, texts: list[str]) -> Floats:
        tokens = [encoding.ids or [0] for encoding in self._tokenizer.encode_batch(texts)]
        by_length = sorted(range(len(tokens)), key=lambda place: len(tokens[place]), reverse=True)
        rows: list[Floats] = []
        start = 0
        while start < len(by_length):
            longest = len(tokens[by_length[start]])
            batch = by_length[start : start + max(1, BUDGET // longest)]
            rows.append(self._run([tokens[place] for place in batch], longest))
            start += len(batch)
        found = np.concatenate(rows)
        if found.ndim != 2:
            raise NoModel(f"The model {self.model_id} gives no vector a text; see `pooling`.")
        vectors = np.empty_like(found)
        vectors[by_length] = found
        return unit(vectors)

    def _run(self, tokens: list[list[int]], longest: int) -> NDArray[np.float32]:
        ids = np.zeros((len(tokens), longest), np.int64)
        mask = np.zeros((len(tokens), longest), np.int64)
        for row, own in enumerate(tokens):
            ids[row, : len(own)] = own
            mask[row, : len(own)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        feed = {name: value for name, value in given.items() if name in self._inputs}
        try:
            (states,) = self._session.run([self._output], feed)
        except Exception as error:  # onnxruntime raises its own bare kinds
            raise NoModel(f"The model {self.model_id} fails: {error}") from error
        if self._pooling == "none" or states.ndim == 2:
            return states
        if self._pooling == "first":
            return states[:, 0]
        weights = mask[..., None].astype(np.float32)
        return (states * weights).sum(axis=1) / weights.sum(axis=1)


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / "house.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NoModel(f"{folder / 'house.json'} can't be read: {error}") from error
    if not isinstance(about, dict) or not about.get("id"):
        raise NoModel(f"{folder / 'house.json'} must name the model by `id`.")
    if about.get("pooling", "mean") not in POOLINGS:
        raise NoModel(f"`pooling` in {folder / 'house.json'} must be one of {', '.join(POOLINGS)}.")
    return about
