"""Everything the house keeps about a person, for her: one ZIP of JSON and files.

A floor or room tells what it keeps by registering a section in its `apps.py`, with the columns that it
covers. A test compares these with every column of the house that points to a person, so that a new model
can't be forgotten.
"""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.functional import Promise

from house.people.models import Person

MEMORY = 4 * 1024 * 1024  # bytes until the archive moves from memory to a file
ROWS = 5  # read at once: a version of an entry may be as long as a book
PIECE = 256 * 1024  # bytes of a file copied at once


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that JSON can hold, read once, and files as (name in the archive, file). Both may be lazy."""

    rows: Iterable[dict[str, Any]]
    files: Iterable[tuple[str, FieldFile]] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """`told` says on the page and in the archive what the section holds."""

    name: str
    told: str | Promise
    section: Callable[[Person], Section]
    covers: frozenset[str]


_parts: dict[str, Part] = {}


def register(
    name: str,
    section: Callable[[Person], Section],
    *,
    told: str | Promise,
    covers: Iterable[str] = (),
) -> None:
    """`name` is the file's; `covers` are the columns it gives account of, such as "alex.Entry.author"."""
    _parts[name] = Part(name, told, section, frozenset(covers))


def parts() -> list[Part]:
    return list(_parts.values())


def covered() -> frozenset[str]:
    return frozenset[str]().union(*(part.covers for part in _parts.values()))


def rows_of(found: QuerySet[Any], *fields: str) -> Iterator[dict[str, Any]]:
    """Only the named fields, a few rows at a time."""
    return found.values(*fields).iterator(chunk_size=ROWS)


def archive_of(person: Person) -> IO[bytes]:
    """The ZIP, ready to be read from its beginning. Holds one row or one piece of a file in memory."""
    # The caller's response closes it; a file without a name is gone then.
    out = tempfile.SpooledTemporaryFile(max_size=MEMORY)  # noqa: SIM115
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        lines = [f"{timezone.now():%Y-%m-%d %H:%M} UTC", ""]
        for part in parts():
            section = part.section(person)
            number = _write_rows(archive, f"{part.name}.json", section.rows)
            for name, file in section.files:
                _write_file(archive, f"{part.name}/{name}", file)
            lines.append(f"{part.name}.json ({number}): {part.told}")
        archive.writestr("README.txt", "\n".join(lines) + "\n")
    out.seek(0)
    return out


def _write_rows(archive: zipfile.ZipFile, name: str, rows: Iterable[dict[str, Any]]) -> int:
    number = 0
    with archive.open(name, "w", force_zip64=True) as member:
        member.write(b"[")
        for row in rows:
            packed = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            member.write((",\n" if number else "\n").encode() + packed.encode())
            number += 1
        member.write(b"\n]\n")
    return number


def _write_file(archive: zipfile.ZipFile, name: str, file: FieldFile) -> None:
    if not file.storage.exists(file.name):
        return
    with file.open("rb") as source, archive.open(name, "w", force_zip64=True) as member:
        shutil.copyfileobj(source, member, PIECE)
