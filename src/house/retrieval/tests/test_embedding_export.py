import multiprocessing

import numpy as np
import pytest
from tokenizers import Tokenizer

from house.retrieval.embedding import weights
from house.retrieval.embedding.base import NoModel
from house.retrieval.embedding.e5 import E5
from house.retrieval.embedding.export import MODEL_ID, ensure_export
from house.retrieval.embedding.pieces import Pieces
from house.retrieval.embedding.weights import Weights, find_weights, unpack

pytestmark = pytest.mark.model


def write(folder, said):
    ensure_export(folder, said.append)


def test_packed_rows_are_eight_less_times_their_scale():
    row = np.zeros((1, 1, 18), np.uint8)
    row[0, 0, :2] = np.array([0.5], np.float16).view(np.uint8)
    row[0, 0, 2] = 0xF9  # low nibble 9 first, high nibble 15 sixteen places on

    values = unpack(row)[0]

    assert values[0] == 0.5
    assert values[16] == 3.5
    assert values[1] == -4


def test_the_export_is_written_once_and_whole(tmp_path):
    said = []
    folder = ensure_export(tmp_path, said.append)
    ensure_export(tmp_path, said.append)

    assert len(said) == 2  # begun and done, once
    assert folder.name == MODEL_ID
    assert not list(tmp_path.glob(".export-*"))
    assert E5(folder).query("a question").pooled.shape == (384,)


TEXTS = (
    "", " ", "a", "passage: How do cities regulate short-term rental?", "passage:  two  spaces ",
    "query: ¿Cómo regulan las ciudades el alquiler de corta duración, desde 2019 (art. 4.2)?",
    "passage: Wohnraumzweckentfremdungsverbotsverordnung §3", "passage: שכירות לטווח קצר בעיר תל אביב",
    "passage: 서울시는 2012년에 공유도시를 선언했다", "passage: 東京都は民泊を年180日に制限した。", "passage: مدينة تشاركية",
    "query: <s> </s> <unk> <mask> ▁x y▁z", "passage: 😀😀 x😀 ꙮꙮ a ꙮ 𒀀𒀁", "passage: " + "a" * 300,
    "passage: " + "Z\u0351\u036b\u0343a\u0321l\u030ago https://example.org/a?b=c&d=%20 \t\n" * 3,
)  # fmt: skip


def test_a_text_is_cut_as_the_library_cuts_it(tmp_path):
    file = ensure_export(tmp_path, lambda _: None) / "tokenizer.json"
    library, ours = Tokenizer.from_file(str(file)), Pieces(file)

    for text in TEXTS:
        cut = library.encode(text, add_special_tokens=False)
        assert ours.ids(text) == cut.ids, text
        if text.startswith("passage: "):
            assert ours.spans(text) == [tuple(span) for span in cut.offsets], text


def test_what_a_killed_process_left_is_cleared(tmp_path):
    left = tmp_path / ".export-killed"
    left.mkdir()
    (left / "encoder.onnx").write_bytes(b"half")

    ensure_export(tmp_path, lambda _: None)

    assert not left.exists()


def test_two_processes_write_one_export(tmp_path):
    with multiprocessing.get_context("spawn").Manager() as manager:
        said = manager.list()
        both = [
            multiprocessing.get_context("spawn").Process(target=write, args=(tmp_path, said))
            for _ in range(2)
        ]
        for process in both:
            process.start()
        for process in both:
            process.join()

        assert [process.exitcode for process in both] == [0, 0]
        assert len(said) == 2


def test_int8_stays_near_the_weights_it_came_from(tmp_path):
    """One layer's product, by the exported graph's rounding and by the 4-bit weights themselves."""
    read = Weights(find_weights())
    matrix = read.matrix("l0.q.w", read.width)
    scale = np.abs(matrix).max(axis=0) / 127
    whole = np.rint(matrix / scale) * scale
    x = np.random.default_rng(5).standard_normal((40, read.width)).astype(np.float32)

    exact, rounded = (x @ m for m in (matrix, whole))

    cosine = (exact * rounded).sum() / np.linalg.norm(exact) / np.linalg.norm(rounded)
    assert cosine > 0.999


def test_another_file_in_the_wheel_is_refused(monkeypatch):
    monkeypatch.setattr(weights, "SHA256", "0" * 64)

    with pytest.raises(NoModel, match="not the file this house knows"):
        find_weights()


def test_a_damaged_export_is_said_to_be_damaged(tmp_path):
    folder = ensure_export(tmp_path, lambda _: None)
    (folder / "encoder.onnx").write_bytes(b"nonsense")

    with pytest.raises(NoModel, match="can't be loaded"):
        E5(folder)
