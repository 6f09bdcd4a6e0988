"""A programme for pages: a list of days, and each day as a table of rooms and hours.

Drawn from a version's content, never from the working copy, so that it costs the same queries
whatever its size.
"""

import datetime
import zoneinfo
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format

from house.gatherings import times
from house.gatherings.programme.snapshot import Content


@dataclass(slots=True)
class Item:
    """One session as it is shown. `here` is the reader's own hour, with the day where that is another."""

    session: Content
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    begins: str
    ends: str
    here: str
    room: str
    track: str
    track_number: int
    speakers: list[str]

    @property
    def title(self) -> str:
        return str(self.session["title"])

    @property
    def code(self) -> str:
        return str(self.session["code"])


@dataclass(slots=True)
class Cell:
    """What stands in one room for `rows` rows of the table; nothing where `items` is empty."""

    items: list[Item]
    rows: int = 1


@dataclass(slots=True)
class TableRow:
    hour: str
    cells: list[Cell]


@dataclass(slots=True)
class DrawnDay:
    date: datetime.date
    label: str
    items: list[Item]
    rooms: list[str] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)


@dataclass(slots=True)
class Drawn:
    zone: str
    place: str
    reader: str
    days: list[DrawnDay]
    tracks: list[dict[str, Any]]
    count: int


@dataclass(frozen=True, slots=True)
class _Lookup:
    """What a session's codes stand for, and the zones of the place and of who looks."""

    zone: zoneinfo.ZoneInfo
    hers: zoneinfo.ZoneInfo
    rooms: dict[str, str]
    tracks: dict[str, tuple[int, str]]
    names: dict[str, str]


def drawn(content: Content, names: dict[str, str], reader: str = "") -> Drawn:
    """`names` are those of `names_of`; `reader` is the zone of who looks, empty for the event's own."""
    zone = zoneinfo.ZoneInfo(content["zone"])
    hers = zoneinfo.ZoneInfo(reader) if reader else zone
    rooms = {row["code"]: row["name"] for row in content["rooms"]}
    tracks = {row["code"]: (n, row["name"]) for n, row in enumerate(content["tracks"], start=1)}
    lookup = _Lookup(zone, hers, rooms, tracks, names)
    days = [_empty(day) for day in content["days"]]
    bounds = [(_moment(day["starts_at"]), _moment(day["ends_at"])) for day in content["days"]]
    for session in content["sessions"]:
        item = _item(session, lookup)
        number = next(
            (n for n, (begin, end) in enumerate(bounds) if begin <= item.starts_at < end), None
        )
        if number is not None:
            days[number].items.append(item)
    order = list(dict.fromkeys(rooms.values()))
    for day in days:
        _lay_out(day, order)
    differs = reader and any(item.here for day in days for item in day.items)
    return Drawn(
        zone=content["zone"],
        place=times.place_of(content["zone"]),
        reader=times.place_of(reader) if differs else "",
        days=days,
        tracks=[{"number": n, **row} for n, row in enumerate(content["tracks"], start=1)],
        count=len(content["sessions"]),
    )


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def _empty(day: Content) -> DrawnDay:
    date = datetime.date.fromisoformat(day["date"])
    return DrawnDay(date, date_format(date, "l j F Y"), [])


def _item(session: Content, lookup: _Lookup) -> Item:
    begin = _moment(session["starts_at"])
    end = begin + datetime.timedelta(minutes=session["minutes"])
    there, here = begin.astimezone(lookup.zone), begin.astimezone(lookup.hers)
    number, track = lookup.tracks.get(session["track"], (0, ""))
    return Item(
        session=session,
        starts_at=begin,
        ends_at=end,
        begins=f"{there:%H:%M}",
        ends=f"{end.astimezone(lookup.zone):%H:%M}",
        here=_hour(here, there) if there.utcoffset() != here.utcoffset() else "",
        room=lookup.rooms.get(session["room"], ""),
        track=track,
        track_number=number % 8,
        speakers=[
            name
            for each in session["speakers"]
            if (name := each["name"] or lookup.names.get(each["code"], ""))
        ],
    )


def _hour(here: datetime.datetime, there: datetime.datetime) -> str:
    if here.date() == there.date():
        return f"{here:%H:%M}"
    return f"{date_format(here, 'D')} {here:%H:%M}"


def _lay_out(day: DrawnDay, order: list[str]) -> None:
    """Rows at every beginning; a session spans those that lie within it. Two at once share a cell."""
    day.items.sort(key=lambda item: (item.starts_at, item.room))
    used = {item.room for item in day.items}
    day.rooms = [room for room in order if room in used]
    if "" in used:
        day.rooms.append("")
    starts = sorted({item.starts_at for item in day.items})
    row_of = {moment: number for number, moment in enumerate(starts)}
    columns = {room: _column(day, room, starts, row_of) for room in day.rooms}
    for number, moment in enumerate(starts):
        begins = next(item.begins for item in day.items if item.starts_at == moment)
        cells = [column[number] for column in columns.values()]
        day.rows.append(TableRow(begins, [cell for cell in cells if cell is not None]))


def _column(
    day: DrawnDay,
    room: str,
    starts: list[datetime.datetime],
    row_of: dict[datetime.datetime, int],
) -> list[Cell | None]:
    """One cell for each row; None where the cell above reaches down."""
    cells: list[Cell | None] = [Cell([]) for _start in starts]
    reach, last = -1, None
    for item in (item for item in day.items if item.room == room):
        row = row_of[item.starts_at]
        end = row + sum(1 for start in starts[row:] if start < item.ends_at)
        if last is not None and row < reach:  # two at once in one room
            first, cell = last
            cell.items.append(item)
            end = max(end, reach)
        else:
            first, cell = row, Cell([item])
            cells[row] = cell
            last = (first, cell)
        cell.rows = end - first
        cells[first + 1 : end] = [None] * (end - first - 1)
        reach = end
    return cells
