"""The files of the demonstration as content that `take_in` understands. Knows no database."""

import datetime
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from house.access.candour import Candour
from house.alex.importing.readers.captions import read_vtt
from house.alex.importing.records import Record

HERE = Path(__file__).parent
ENTRIES = HERE / "entries"

_SAME = (
    "title", "summary", "language", "topics", "places", "period_from", "period_until", "outcome",
    "outcome_why", "outcome_evidence", "sources", "fields", "audience", "circle", "city",
    "described_as", "owner_role",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoEntry:
    """`name` is the file's: it stays when a title changes. `author` is the demo person by local part."""

    name: str
    kind: str
    author: str
    content: dict[str, Any]
    cues: tuple[dict[str, Any], ...]
    sound: Path | None

    @property
    def source_id(self) -> str:
        return f"demonstration:{self.name}"


@dataclass(frozen=True, slots=True)
class DemoAdoption:
    entry: str
    city: str
    stage: str
    note: str
    started_on: datetime.date
    result_entry: str
    results: tuple[dict[str, Any], ...]


def entries() -> Iterator[DemoEntry]:
    for path in sorted(ENTRIES.glob("*.toml")):
        yield read_entry(path)


def read_entry(path: Path) -> DemoEntry:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    fields = dict(raw["fields"])
    transcript = fields.pop("transcript", "")
    sound = fields.pop("media", "")
    content = {key: raw[key] for key in _SAME if key in raw} | {
        "fields": fields,
        "licence": "EUPL-1.2",
        "candour": _candour(raw),
    }
    return DemoEntry(
        name=path.stem,
        kind=raw["kind"],
        author=raw["author"],
        content=content,
        cues=tuple(_cues(ENTRIES / transcript)) if transcript else (),
        sound=ENTRIES / sound if sound else None,
    )


def adoptions() -> list[DemoAdoption]:
    rows = tomllib.loads((HERE / "adoptions.toml").read_text(encoding="utf-8"))["adoptions"]
    return [
        DemoAdoption(
            entry=row["entry"],
            city=row["city"],
            stage=row["stage"],
            note=row["note"],
            started_on=row["started_on"],
            result_entry=row.get("result_entry", ""),
            results=tuple(row.get("results", ())),
        )
        for row in rows
    ]


def _candour(raw: dict[str, Any]) -> Candour:
    """The foundation's own people sign with their names, composite cases with a description."""
    if raw["city"]:
        return Candour.CITY
    return Candour.PERSON if raw["author"] == "expert" else Candour.DESCRIBED


def _cues(path: Path) -> Iterator[dict[str, Any]]:
    for record in read_vtt(path.read_bytes(), path.name):
        if isinstance(record, Record):
            for cue in record.cues:
                yield {
                    "start": cue.start,
                    "end": cue.end,
                    "speaker": cue.speaker,
                    "text": cue.text,
                }
