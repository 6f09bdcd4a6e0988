"""Runs the exported multilingual-e5-small: text in, one vector for each token out.

Texts run one at a time: on one thread batches of sixteen, sorted by length, took twice as long, and
the dynamic quantisation would let neighbours change a vector.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from house.retrieval.embedding.base import Floats, NoModel
from house.retrieval.embedding.pieces import Pieces
from house.retrieval.embedding.weights import unpack

WIDTH = 384
LONGEST = 512  # tokens, the model's own limit
MOST_CHARACTERS = 12_000  # more than 512 tokens of any script; bounds the work on hostile input
SPACES = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Encoded:
    """`ids` of the text's own tokens (prefix and end mark left out) and their states, unit rows."""

    pooled: Floats  # (384,) unit: the mean over every token, as the model was trained
    ids: NDArray[np.int64]
    states: Floats  # (t, 384)


def readable(text: str) -> str:
    """The text without what no tokenizer can take: lone surrogates, NUL; composed (NFC)."""
    text = text[:MOST_CHARACTERS].replace("\0", " ").encode("utf-8", "ignore").decode()
    return unicodedata.normalize("NFC", text)


def unit(rows: Floats) -> Floats:
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return (rows / np.maximum(length, 1e-12)).astype(np.float32)


class E5:
    """Safe from many threads: onnxruntime sessions hold no state between runs."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        try:
            about = json.loads((folder / "about.json").read_text())
            small = np.load(folder / "small.npz")
            self._words = np.load(folder / "words.npy", mmap_mode="r")
            self._pieces = Pieces(folder / "tokenizer.json")
            self._session = open_session(folder / "encoder.onnx", threads)
        except Exception as error:  # the libraries raise bare Exception for a damaged file
            raise NoModel(f"The model in {folder} can't be loaded: {error}") from error
        self._normal_forms = {int(code): form for code, form in about["normal_forms"].items()}
        self._begin, self._end = about["begin"], about["end"]
        self._epsilon = about["epsilon"]
        self._places = small["positions"] + small["kind"]
        self.commonness = small["commonness"]  # of each token id: log probability in its training
        self._norm_weight, self._norm_bias = small["norm_weight"], small["norm_bias"]
        self._prefix_sizes = {
            prefix: len(self._tokenize(prefix.rstrip())) for prefix in ("query: ", "passage: ")
        }

    def query(self, text: str, *, most: int = LONGEST) -> Encoded:
        return self._encode("query: ", text, most)

    def passage(self, text: str, *, most: int = LONGEST) -> Encoded:
        return self._encode("passage: ", text, most)

    def places(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The token ids that `passage` would give, and (t, 2) where in the text each one stands."""
        seen, positions = self._traced("passage: " + text)
        own = slice(self._prefix_sizes["passage: "], LONGEST - 2)
        spans = np.array(self._pieces.spans(seen), np.int64).reshape(-1, 2)[own]
        ends = np.array([*positions, positions[-1] + 1], np.int64)[spans] - len("passage: ")
        return np.array(self._pieces.ids(seen), np.int64)[own], np.maximum(ends, 0)

    def _traced(self, text: str) -> tuple[str, list[int]]:
        """What `_tokenize` reads, and the position in the (composed) text of each of its letters."""
        letters: list[str] = []
        positions: list[int] = []
        for position, letter in enumerate(readable(text)):
            for form in self._normal_forms.get(ord(letter), letter):
                if form != " " or not letters or letters[-1] != " ":
                    letters.append(form)
                    positions.append(position)
        return "".join(letters[:MOST_CHARACTERS]), positions

    def _tokenize(self, text: str) -> list[int]:
        text = readable(text).translate(self._normal_forms)[:MOST_CHARACTERS]
        text = SPACES.sub(" ", text)
        return self._pieces.ids(text)

    def _encode(self, prefix: str, text: str, most: int) -> Encoded:
        ids = np.array([self._begin, *self._tokenize(prefix + text)[: most - 2], self._end])
        mask = np.ones((1, len(ids)), np.float32)
        feed = {"embedded": self._embed(ids)[None], "mask": mask}
        (states,) = self._session.run(None, feed)
        first = 1 + self._prefix_sizes[prefix]
        return Encoded(unit(states[0].mean(axis=0)), ids[first:-1], unit(states[0, first:-1]))

    def _embed(self, ids: NDArray[np.int64]) -> Floats:
        rows = unpack(np.asarray(self._words[ids])) + self._places[: len(ids)]
        rows -= rows.mean(axis=-1, keepdims=True)
        spread = np.sqrt((rows * rows).mean(axis=-1, keepdims=True) + self._epsilon)
        return (rows / spread * self._norm_weight + self._norm_bias).astype(np.float32)


def open_session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the longest text's memory for ever
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
