"""Caption files as recordings of the lexicon."""

from collections.abc import Iterator

from house.alex.importing.limits import ID_LETTERS, TITLE_LETTERS
from house.alex.importing.naming import title_of
from house.alex.importing.records import Record, Refusal
from house.ground.captions import webvtt
from house.ground.captions.cues import Heard
from house.ground.text import shorten


def read_vtt(data: bytes, name: str) -> Iterator[Record | Refusal]:
    yield _record(webvtt.read_vtt(data), name)


def read_srt(data: bytes, name: str) -> Iterator[Record | Refusal]:
    yield _record(webvtt.read_srt(data), name)


def _record(heard: Heard, name: str) -> Record:
    return Record(
        source_id=name[-ID_LETTERS:],
        title=shorten(heard.about.get("title", ""), TITLE_LETTERS) or title_of(name),
        file=name,
        kind="recording",
        language=heard.language,
        cues=heard.cues,
        notes=heard.notes,
    )
