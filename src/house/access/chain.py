"""The journal's hash chain: each row's digest covers the row and the digest before it.

Who changes a row must rewrite every later digest, and then the last one differs from the one that was
noted outside the house: `head()` is what to note, `verify(noted=…)` finds the difference.
"""

import datetime
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from house.access.models import JournalRow

# every row in this file: a chain is whole or nothing

_LOCK = 7_450_218  # any number that no other advisory lock of the house uses


def digest_of(previous: str, row: JournalRow) -> str:
    """SHA-256 over the row's fields and the digest before it. Migration 0003 repeats this for old rows."""
    told = {
        "previous": previous,
        "number": row.number,
        "at": row.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        "act": row.act,
        "kind": row.kind,
        "object_id": row.object_id,
        "person_id": row.person_id,
        "reason": row.reason,
        "facts": plain(row.facts),
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """As both databases give it back: whole floats are integers to one of them."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(Decimal(repr(value)))  # PostgreSQL keeps the digits, not the float
    return value


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain; as text (`41:9f2c…`) it is noted outside."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"

    @classmethod
    def of(cls, text: str) -> "Head":
        """Raises `ValueError` for what is no head."""
        number, _colon, digest = text.strip().partition(":")
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise ValueError(f"{text!r} is no head of the journal: number:digest")
        return cls(int(number), digest)


NOTHING = Head(0, "")


def head() -> Head:
    row = JournalRow.objects.order_by("-number").values_list("number", "digest").first()
    return Head(*row) if row else NOTHING


def wait_for_turn() -> None:
    """Appends come one after another, until the caller's transaction ends.

    SQLite's transactions begin IMMEDIATE here, so there is one writer already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken` is the number of the first row that does not fit, `None` when all do."""

    head: Head
    broken: int | None = None
    why: str = ""

    @property
    def is_whole(self) -> bool:
        return self.broken is None


def verify(*, noted: Head | None = None) -> Verdict:
    """Walk the chain. With a head that was noted outside, a cut tail and a rewritten chain are found too."""
    last = NOTHING
    for row in JournalRow.objects.order_by("number").iterator(chunk_size=2000):
        if row.number != last.number + 1:
            return Verdict(last, last.number + 1, "A row is missing, or stands in another's place.")
        if row.digest != digest_of(last.digest, row):
            return Verdict(last, row.number, "The row, or one before it, is not what was written.")
        last = Head(row.number, row.digest)
        if noted and noted.number == row.number and noted.digest != row.digest:
            return Verdict(last, row.number, "The chain was rewritten since its head was noted.")
    if noted and noted.number > last.number:
        return Verdict(last, last.number + 1, "Its end was cut off since its head was noted.")
    return Verdict(last)
