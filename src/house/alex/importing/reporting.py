"""What became of an import, for people and for programs."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import ngettext

from house.alex.importing.reasons import sentence
from house.alex.models import ImportRecord


def why(record: ImportRecord) -> str:
    """The reason as a sentence in the active language, or an empty string."""
    return sentence(record.reason, record.facts) if record.reason else ""


def notes(record: ImportRecord) -> list[str]:
    """What was put right on the way in."""
    return [sentence(note["code"], note["facts"]) for note in record.notes]


def as_dict(record: ImportRecord) -> dict[str, Any]:
    made = {
        "status": record.status,
        "file": record.file,
        "line": record.line,
        "id": record.source_id,
        "title": record.title,
        "passages": record.passages,
        "code": record.reason,
        "reason": why(record),
        "notes": notes(record),
    }
    return {key: value for key, value in made.items() if value not in ("", 0, [])}


def line_of(record: ImportRecord) -> str:
    """`file:line: sentence`, as compilers say it."""
    place = f"{record.file}:{record.line}" if record.line else record.file
    about = f" [{record.source_id}]" if record.source_id else ""
    return f"{place}{about}: {' '.join(filter(None, [why(record), *notes(record)]))}"


def told(records: Iterable[ImportRecord]) -> list[str]:
    """A line for each document that a person should look at: refused, or taken with a note."""
    return [
        line_of(record)
        for record in records
        if record.status == ImportRecord.Status.REFUSED or record.notes
    ]


def in_words(counts: dict[str, int], passages: int) -> str:
    """The counts in one sentence."""
    parts: Sequence[str] = [
        ngettext("%(n)d created", "%(n)d created", counts["created"]) % {"n": counts["created"]},
        ngettext("%(n)d updated", "%(n)d updated", counts["updated"]) % {"n": counts["updated"]},
        ngettext("%(n)d unchanged", "%(n)d unchanged", counts["unchanged"])
        % {"n": counts["unchanged"]},
        ngettext("%(n)d refused", "%(n)d refused", counts["refused"]) % {"n": counts["refused"]},
        ngettext("%(n)d passage", "%(n)d passages", passages) % {"n": passages},
    ]
    return ", ".join(parts)
