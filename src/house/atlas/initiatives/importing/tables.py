"""What every reader makes of a file: rows of named words, with `lat` and `lon` where it has points."""

from dataclasses import dataclass, field

MEGABYTE = 1024 * 1024
FILE_BYTES = 20 * MEGABYTE
ROWS = 60_000
COLUMNS = 400
CELL = 4000  # letters that are kept of one cell

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    format: str
    rows: list[Row]
    encoding: str = "utf-8"
    is_guessed: bool = False  # the encoding, by charset-normalizer
    # Rows that the reader could not make: (number, name, code of the reason).
    lost: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        """In the order of the file; those that are empty everywhere are left out."""
        seen: dict[str, None] = {}
        for row in self.rows:
            seen.update(dict.fromkeys(name for name, value in row.items() if value))
        return list(seen)[:COLUMNS]


class UnreadableFile(Exception):  # noqa: N818 -- says what the file is
    """The file can't be a layer. `code` names a sentence of `reasons`."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
