"""CSV as others publish it, with the place of what is wrong in it."""

import csv
import io
from collections.abc import Iterator, Sequence

from house.atlas.mobility.reading.errors import Unreadable
from house.ground.text import one_line

LARGEST = 20 * 1024 * 1024
LONGEST = 2_000  # characters of a cell


def rows_of(raw: bytes, *, needs: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of a CSV with a head. Raises `Unreadable` with the line for what no reader could mend."""
    if len(raw) > LARGEST:
        raise Unreadable(f"The file is larger than {LARGEST // 1024 // 1024} MB.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise Unreadable(f"Line {line}: not UTF-8.") from problem
    reader = csv.DictReader(io.StringIO(text, newline=""))
    head = [one_line(name) for name in reader.fieldnames or ()]
    if missing := [name for name in needs if name not in head]:
        raise Unreadable(f"Line 1: the column {missing[0]} is missing.")
    try:
        for row in reader:
            if None in row or None in row.values():
                raise Unreadable(
                    f"Line {reader.line_num}: {'more' if None in row else 'fewer'} cells than the head has."
                )
            yield reader.line_num, {one_line(key): _cell(row[key], reader.line_num) for key in row}
    except csv.Error as problem:
        raise Unreadable(f"Line {reader.line_num}: {problem}.") from problem


def _cell(value: str, line: int) -> str:
    if len(value) > LONGEST:
        raise Unreadable(f"Line {line}: a cell of more than {LONGEST} characters.")
    return one_line(value)
