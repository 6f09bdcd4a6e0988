"""A file to its records, or to reasons: any bytes, in any format, and never an exception."""

import logging
from collections.abc import Callable, Iterator

from house.alex.importing.apart import Apart
from house.alex.importing.files import SourceFile, read_bytes
from house.alex.importing.limits import FILE_LIMITS, MEGABYTE
from house.alex.importing.readers import captions, docx, jsonl, markup, pdf, table, transcripts
from house.alex.importing.records import Record, Refusal
from house.ground.unreadable import Unreadable

log = logging.getLogger(__name__)

Reader = Callable[[bytes, str], Iterator[Record | Refusal]]
READERS: dict[str, Reader] = {
    "jsonl": jsonl.read,
    "csv": table.read,
    "json": transcripts.read_json,
    "vtt": captions.read_vtt,
    "srt": captions.read_srt,
    "markdown": markup.read_markdown,
    "html": markup.read_html,
    "pdf": pdf.read,
    "docx": docx.read,
}
APART = frozenset({"markdown", "html", "pdf", "docx"})


def read(file: SourceFile, apart: Apart) -> Iterator[Record | Refusal]:
    return apart.read(file) if file.format in APART else read_here(file)


def read_here(file: SourceFile) -> Iterator[Record | Refusal]:
    """In this process. Records come out once the whole file has been read."""
    try:
        data = read_bytes(file)
    except OSError as problem:
        yield Refusal(file.name, "unreadable", facts={"problem": problem.strerror or ""})
        return
    limit = FILE_LIMITS[file.format]
    if len(data) > limit:
        facts = {"size": f"> {limit // MEGABYTE}", "limit": limit // MEGABYTE}
        yield Refusal(file.name, "too-big", facts=facts)
        return
    yield from read_data(data, file.name, file.format)


def read_data(data: bytes, name: str, kind: str) -> Iterator[Record | Refusal]:
    try:
        yield from READERS[kind](data, name)
    except Unreadable as why:
        yield Refusal(name, why.code, line=why.line, facts=why.facts)
    except (MemoryError, RecursionError) as problem:
        yield Refusal(name, "broken-off", facts={"problem": type(problem).__name__})
    except Exception as problem:  # the outer edge of somebody else's file
        log.exception("A reader of %s did not foresee %s", kind, name)
        yield Refusal(name, "broken-off", facts={"problem": type(problem).__name__})
