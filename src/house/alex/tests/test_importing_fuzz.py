"""Any bytes to any reader give records or sentences, and never an exception."""

import io
import json
import logging
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from house.alex.importing.reading import READERS, read_data
from house.alex.importing.reasons import sentence
from house.alex.importing.records import Record, Refusal
from house.alex.tests import hostile

CHECK = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TEXT = st.text(st.characters(codec="utf-8"), max_size=200)
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
JSON = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12
)  # fmt: skip
KEYS = st.sampled_from(
    ["id", "doc", "title", "text", "heading", "lang", "kind", "page", "topics", "outcome", "source", "url",
     "start", "end", "start_time", "end_time", "speaker", "segments"]
)  # fmt: skip
LINE = st.dictionaries(KEYS, SCALAR | st.lists(SCALAR, max_size=3), max_size=8).map(
    lambda row: json.dumps(row).encode()
)
STAMP = st.from_regex(r"[0-9]{1,4}:[0-9]{1,3}(:[0-9]{1,3})?[.,]?[0-9]{0,4}", fullmatch=True)
CAPTION = st.one_of(
    st.builds("{} --> {}".format, STAMP, STAMP),
    st.sampled_from(
        ["", "WEBVTT", "NOTE x", "STYLE", "<v Ann>Hi", "-->", "1", "\t", "\x00", "\u2028"]
    ),
    TEXT,
)


@pytest.fixture(autouse=True)
def unforeseen(caplog):
    """The outer edge catches what a reader did not foresee, and logs it: here that is a failure."""
    caplog.set_level(logging.ERROR)
    yield
    assert not [record for record in caplog.records if "did not foresee" in record.message]


def check(data, kind, name="folder/any.file"):
    for item in read_data(data, name, kind):
        if isinstance(item, Refusal):
            assert sentence(item.code, item.facts)
            assert item.file == name
            continue
        assert isinstance(item, Record)
        assert item.title
        assert item.source_id
        assert len(item.title) <= 300
        assert len(item.source_id) <= 200
        assert item.sections or item.cues or item.summary or item.facts
        assert "\0" not in json.dumps(
            [item.title, [s.text for s in item.sections], [c.text for c in item.cues]],
            ensure_ascii=False,
        )
        for note in item.notes:
            assert sentence(note.code, note.facts)


@pytest.mark.parametrize("kind", sorted(READERS))
@CHECK
@given(data=st.binary(max_size=400) | TEXT.map(str.encode))
def test_any_bytes(kind, data):
    check(data, kind)


@CHECK
@given(lines=st.lists(LINE | st.binary(max_size=40), max_size=6))
def test_any_lines_of_json(lines):
    check(b"\n".join(lines), "jsonl")


@CHECK
@given(value=JSON, rows=st.lists(LINE, max_size=5))
def test_any_json_document(value, rows):
    check(json.dumps(value).encode(), "json")
    check(b"[" + b",".join(rows) + b"]", "json")
    check(b'{"segments": [' + b",".join(rows) + b"]}", "json")


@CHECK
@given(rows=st.lists(st.lists(KEYS | TEXT, max_size=5), max_size=5), mark=st.sampled_from(",;\t|"))
def test_any_table(rows, mark):
    check("\n".join(mark.join(cell for cell in row) for row in rows).encode(), "csv")


@CHECK
@given(lines=st.lists(CAPTION, max_size=20), end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_captions(lines, end):
    check(end.join(["WEBVTT", "", *lines]).encode(), "vtt")
    check(end.join(lines).encode(), "srt")


@CHECK
@given(
    pieces=st.lists(
        st.sampled_from(["---\n", "title: x\n", "- a\n", "# ", "\n", "| a | b |\n|---|---|\n", "<h2>", "<table>",
                         "</div>", "<!--", "]]>", "&#0;", "&amp;", "<svg onload=x>", "```", "> ", "| Time| Transcript|\n",
                         "| 0:00:01| words| x|\n", "[x](javascript:y)"]) | TEXT,
        max_size=20,
    )
)  # fmt: skip
def test_any_markup(pieces):
    text = "".join(pieces).encode()
    check(text, "markdown")
    check(text, "html")


def damaged(whole, cuts):
    """The bytes with some of them changed, and perhaps an end missing."""
    made = bytearray(whole)
    for place, value in cuts:
        made[place % len(made)] = value
    return bytes(made[: len(made) - (cuts[0][0] % 50 if cuts else 0)])


CUTS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=12)
PDF = hostile.pdf(hostile.WORDS, "", hostile.WORDS, title="T", lines={1: "One"})
DOCX = hostile.docx()


@CHECK
@given(cuts=CUTS)
def test_any_damage_to_a_pdf(cuts):
    check(damaged(PDF, cuts), "pdf")


@CHECK
@given(cuts=CUTS)
def test_any_damage_to_a_word_document(cuts):
    check(damaged(DOCX, cuts), "docx")


@CHECK
@given(
    part=st.sampled_from(
        ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "docProps/core.xml", "word/_rels/document.xml.rels"]
    ),
    cuts=CUTS,
)  # fmt: skip
def test_any_damage_inside_a_word_document(part, cuts):
    with zipfile.ZipFile(io.BytesIO(DOCX)) as archive:
        content = archive.read(part)
    check(hostile.docx_with(part, damaged(content, cuts)), "docx")
