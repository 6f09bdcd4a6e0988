"""From paths to files that may be read: never through a link, never out of the folder, never too much."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from house.alex.importing.limits import FILE_LIMITS, FOLDER_FILES, MEGABYTE
from house.alex.importing.records import Refusal

FORMATS = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv", ".json": "json", ".pdf": "pdf",
    ".docx": "docx", ".doc": "docx", ".md": "markdown", ".markdown": "markdown", ".html": "html",
    ".htm": "html", ".xhtml": "html", ".vtt": "vtt", ".srt": "srt",
}  # fmt: skip
# Files about a folder, not of it.
_ABOUT = {"readme", "license", "licence", "changelog", "contributing", "notice"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read. `name` is what reports and source ids say: relative, with forward slashes."""

    path: Path
    name: str
    format: str
    size: int


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """In a folder, but nothing for ALEX: told in the report, not held against anybody."""

    file: str
    code: str


def find(paths: list[Path]) -> Iterator[SourceFile | LeftAlone | Refusal]:
    """Every file to read, in a stable order."""
    for path in paths:
        try:
            mode = path.stat().st_mode  # a path named by the operator may be a link
        except (OSError, ValueError):
            yield Refusal(str(path), "missing")
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(path)
        elif stat.S_ISREG(mode):
            # As it would be called in an import of its folder: the same file has one source id.
            yield _named(path, f"{path.resolve().parent.name}/{path.name}", said=True)
        else:
            yield Refusal(path.name, "not-regular")


def _folder(root: Path) -> Iterator[SourceFile | LeftAlone | Refusal]:
    seen = found = 0
    base = root.resolve().name
    for folder, below, names in os.walk(root, followlinks=False):
        below.sort()
        linked = [name for name in below if (Path(folder) / name).is_symlink()]
        below[:] = [name for name in below if not name.startswith(".") and name not in linked]
        for name in sorted([*names, *linked]):
            seen += 1
            if seen > FOLDER_FILES:
                yield Refusal(base, "too-many-files", facts={"limit": FOLDER_FILES})
                return
            path = Path(folder) / name
            shown = f"{base}/{path.relative_to(root).as_posix()}"
            shown = shown.encode("utf-8", "replace").decode("utf-8")
            item = _named(path, shown, said=False)
            found += not isinstance(item, LeftAlone)
            yield item
    if not found:
        yield Refusal(base, "no-files")


def _named(path: Path, name: str, *, said: bool) -> SourceFile | LeftAlone | Refusal:
    """`said`: the path was given by name, so what can't be read is refused, not left alone."""
    if not said and path.is_symlink():
        return Refusal(name, "link")
    try:
        facts = path.stat()
    except OSError as problem:
        return Refusal(name, "unreadable", facts={"problem": problem.strerror or ""})
    if not stat.S_ISREG(facts.st_mode):
        return Refusal(name, "not-regular")
    kind = FORMATS.get(path.suffix.lower(), "")
    if not said and (not kind or path.name.startswith(".") or path.stem.lower() in _ABOUT):
        return LeftAlone(name, "not-in-folder")
    if not kind:
        return Refusal(name, "unknown-format")
    if facts.st_size == 0:
        return Refusal(name, "empty")
    limit = FILE_LIMITS[kind]
    if facts.st_size > limit:
        size = -(-facts.st_size // MEGABYTE)
        return Refusal(name, "too-big", facts={"size": size, "limit": limit // MEGABYTE})
    return SourceFile(path.resolve() if said else path, name, kind, facts.st_size)


def read_bytes(file: SourceFile) -> bytes:
    """The file's bytes, at most as many as its kind allows, even if it grew since it was measured.

    What has become a link meanwhile is not followed.
    """
    descriptor = os.open(file.path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read(FILE_LIMITS[file.format] + 1)
