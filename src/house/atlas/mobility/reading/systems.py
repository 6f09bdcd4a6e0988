"""The open list of GBFS systems (`systems.csv` of MobilityData)."""

import re
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from house.atlas.mobility.naming.words import key_of
from house.atlas.mobility.reading.errors import Unreadable
from house.atlas.mobility.reading.tables import rows_of
from house.ground.html import safe_url

HEAD = (
    "Country Code", "Name", "Location", "System ID", "URL", "Auto-Discovery URL", "Supported Versions",
    "Authentication Type",
)  # fmt: skip
_VERSION = re.compile(r"v?(\d+\.\d+)")
# What the list's column "Authentication Type" says; 0 and nothing: no key is needed.
_OPEN, _KEYED = {"", "0"}, {"1", "2"}


@dataclass(frozen=True, slots=True)
class System:
    """One system as the list names it. `operator` is told apart by the host of its web address."""

    id: str
    country: str
    name: str
    location: str
    operator: str
    discovery: str
    versions: tuple[str, ...]
    needs_key: bool | None

    def plain(self) -> dict[str, Any]:
        return asdict(self) | {"versions": list(self.versions)}


def read_systems(raw: bytes) -> tuple[list[System], list[str]]:
    """Systems in the order of the list, and what was odd but could be read.

    Raises `Unreadable` with the line where a row has no country, name, location or id.
    """
    found: list[System] = []
    odd: list[str] = []
    seen: dict[str, int] = {}
    for line, row in rows_of(raw, needs=HEAD):
        system = _system(line, row)
        if system.id in seen:
            again = f"{system.id}#{key_of(system.location).replace(' ', '-')}"
            again = f"{again}#{line}" if again in seen else again
            odd.append(
                f"Line {line}: the id {system.id} stands in line {seen[system.id]} already; "
                f"it is read as {again}."
            )
            system = replace(system, id=again)
        seen[system.id] = line
        if row["Auto-Discovery URL"] and not system.discovery:
            odd.append(f"Line {line}: the address of the feed is no web address.")
        if system.needs_key is None:
            odd.append(f"Line {line}: nobody knows the kind of key {row['Authentication Type']!r}.")
        found.append(system)
    if not found:
        raise Unreadable("The list holds no system.")
    return found, odd


def _system(line: int, row: dict[str, str]) -> System:
    for name in ("Country Code", "Name", "Location", "System ID"):
        if not row[name]:
            raise Unreadable(f"Line {line}: {name} is empty.")
    country = row["Country Code"].upper()
    if not re.fullmatch(r"[A-Z]{2}", country):
        raise Unreadable(f"Line {line}: {row['Country Code']!r} is no country code of two letters.")
    key = row["Authentication Type"]
    return System(
        id=row["System ID"],
        country=country,
        name=row["Name"],
        location=row["Location"],
        operator=operator_of(row["URL"], row["Auto-Discovery URL"]),
        discovery=safe_url(row["Auto-Discovery URL"]),
        versions=tuple(sorted(set(_VERSION.findall(row["Supported Versions"])))),
        needs_key=False if key in _OPEN else True if key in _KEYED else None,
    )


def operator_of(*urls: str) -> str:
    """The host without its "www": two systems of a city with one host have one operator."""
    for url in urls:
        if safe_url(url):
            return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    return ""
