"""JSON and Markdown tables as recordings of the lexicon, or as passages of documents."""

from collections.abc import Iterator

from house.alex.importing.grouping import Grouping
from house.alex.importing.limits import ID_LETTERS, TITLE_LETTERS
from house.alex.importing.naming import title_of
from house.alex.importing.records import Origin, Record, Refusal
from house.ground.captions import transcripts
from house.ground.captions.cues import Heard
from house.ground.text import one_line, shorten
from house.ground.unreadable import Note, Unreadable


def read_json(data: bytes, name: str) -> Iterator[Record | Refusal]:
    rows, about, notes = transcripts.rows_of(data)
    if transcripts.is_timed(rows):
        yield _record(transcripts.heard_of(rows, about, notes), name)
        return
    if not {"id", "text"} <= rows[0].keys():
        raise Unreadable("transcript-shape")
    group = Grouping(name)
    for number, row in enumerate(rows, start=1):
        group.add(number, row)
    yield from group.records()


def timed_table(text: str, name: str, notes: tuple[Note, ...]) -> Record:
    return _record(transcripts.timed_table(text, notes), name)


def _record(heard: Heard, name: str) -> Record:
    about = heard.about
    url, licence = about.get("url", ""), one_line(about.get("licence", ""))
    return Record(
        source_id=one_line(about.get("id", ""))[:ID_LETTERS] or name[-ID_LETTERS:],
        title=shorten(about.get("title", ""), TITLE_LETTERS) or title_of(name),
        file=name,
        kind="recording",
        language=heard.language,
        cues=heard.cues,
        origins=(Origin(url or licence, url, licence),) if url or licence else (),
        facts={"media": url} if url else {},
        notes=heard.notes,
    )
