"""The audit of feeds of the world (gbfs-audit-catalogue): what answered, and what looked wrong in it."""

from dataclasses import asdict, dataclass
from typing import Any

from house.atlas.mobility.reading.errors import Unreadable
from house.atlas.mobility.reading.tables import rows_of

HEAD = ("status", "n_stations", "station_type", "A2_flagged", "A5_flagged", "A6_flagged", "url")
# The audit's signs of a mistake, by its own documentation. A7 (no capacity given) is left out: it is true of
# everything that stands free. So are A1 and A3, which tell what a system is, and A4, of single stations.
FLAGS = {
    "A2": "every station states the same capacity",
    "A5": "stations lie further apart than a region",
    "A6": "stations state a capacity of zero",
}
# Answers that are known, and errors of the audit's own tools, which say nothing about the feed.
_ANSWERED = {"ok": True, "too_small_below_Nmin": True}
_SILENT = {"fetch_error: HTTPError", "fetch_error: URLError"}
# It counts everything where a ride may begin as a station; what kind is known for larger systems alone.
_MODES = {"carsharing": ("car",), "docked_bike": ("bike",)}


@dataclass(frozen=True, slots=True)
class Audited:
    """`points`: places where a ride may begin, docked stations and parked vehicles alike."""

    url: str
    answered: bool | None
    points: int | None
    sort: str
    modes: tuple[str, ...]
    flags: tuple[str, ...] | None

    def plain(self) -> dict[str, Any]:
        return asdict(self) | {
            "modes": list(self.modes),
            "flags": None if self.flags is None else list(self.flags),
        }


def read_audit(raw: bytes) -> list[Audited]:
    found = [_audited(line, row) for line, row in rows_of(raw, needs=HEAD)]
    if not found:
        raise Unreadable("The audit holds no system.")
    return found


def _audited(line: int, row: dict[str, str]) -> Audited:
    status = row["status"]
    answered = _ANSWERED.get(status, False if status in _SILENT else None)
    sort = row["station_type"]
    counted = _count(line, row["n_stations"])
    return Audited(
        url=row["url"],
        answered=answered,
        # None found is not none there: the audit may not have counted what stands free.
        points=counted or None,
        sort=sort,
        modes=_MODES.get(sort, ()),
        flags=tuple(flag for flag in FLAGS if row[f"{flag}_flagged"] == "True")
        if status == "ok"
        else None,
    )


def _count(line: int, value: str) -> int | None:
    if not value:
        return None
    try:
        counted = float(value)
    except ValueError as problem:
        raise Unreadable(f"Line {line}: n_stations is {value!r}, no number.") from problem
    if not 0 <= counted < 10_000_000 or counted != int(counted):
        raise Unreadable(f"Line {line}: n_stations is {value!r}, no count.")
    return int(counted)
