"""Files that others publish come in: read whole or not at all, kept once, with the digest of the original."""

import datetime
import hashlib
from dataclasses import dataclass

from django.db import transaction

from house.atlas.mobility.models import SourceFile
from house.atlas.mobility.models.edition import packed
from house.atlas.mobility.reading.audit import HEAD as AUDIT_HEAD
from house.atlas.mobility.reading.audit import read_audit
from house.atlas.mobility.reading.errors import Unreadable
from house.atlas.mobility.reading.systems import HEAD as SYSTEMS_HEAD
from house.atlas.mobility.reading.systems import read_systems
from house.ground.html import safe_url
from house.ground.text import one_line, shorten

SYSTEMS, AUDIT = "systems", "audit"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from: shown beside every value that was read from it."""

    as_of: datetime.date
    title: str
    licence: str
    url: str = ""


KNOWN = {
    SYSTEMS: ("MobilityData: systems.csv", "CC BY 3.0", "https://github.com/MobilityData/gbfs"),
    AUDIT: (
        "GBFS Audit Catalogue",
        "ODbL 1.0",
        "https://github.com/cycling-data-lab/gbfs-audit-catalogue",
    ),
}


def kind_of(raw: bytes) -> str:
    """By its first line. Raises `Unreadable` for a table that is neither."""
    first, *_rest = raw[:4000].splitlines() or [b""]
    head = {one_line(name).strip('"') for name in first.decode("utf-8-sig", "replace").split(",")}
    if set(SYSTEMS_HEAD) <= head:
        return SYSTEMS
    if set(AUDIT_HEAD) <= head:
        return AUDIT
    raise Unreadable(
        "Neither a list of GBFS systems nor an audit of feeds: the first line names other columns."
    )


@transaction.atomic
def take_in(raw: bytes, name: str, origin: Origin) -> tuple[SourceFile, bool]:
    """The file, and whether it is new. The same bytes of the same day are kept once."""
    kind = kind_of(raw)
    rows, odd = read_systems(raw) if kind == SYSTEMS else (read_audit(raw), [])
    return SourceFile.objects.get_or_create(
        kind=kind,
        sha256=hashlib.sha256(raw).hexdigest(),
        as_of=origin.as_of,
        defaults={
            "name": shorten(name, 200),
            "size": len(raw),
            "rows": len(rows),
            "title": shorten(origin.title, 200),
            "url": safe_url(origin.url)[:400],
            "licence": shorten(origin.licence, 100),
            "odd": odd[:100],
            "body": packed([row.plain() for row in rows]),
        },
    )
