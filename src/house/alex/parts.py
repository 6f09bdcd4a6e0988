"""A text cut into the parts a reader meets: for the page, print, passages and differences."""

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from house.alex.content import TEXT_KEYS, Content
from house.alex.kinds import CLAUSE_TYPES, KINDS, Field
from house.alex.models.version import Version
from house.ground.html import paragraphs, to_text


@dataclass(frozen=True, slots=True)
class Part:
    """One section with its anchor on the page. `html` is safe to show; `text` are its words."""

    anchor: str
    heading: str
    html: str
    external_id: str = ""
    language: str = ""
    page: int | None = None
    start: float | None = None
    end: float | None = None
    speaker: str = ""

    @property
    def text(self) -> str:
        return _words(self.html)


@lru_cache(maxsize=256)
def _words(html: str) -> str:
    return to_text(html)


def content_of(version: Version) -> Content:
    """A version as content: what a draft begins with, and what two versions are compared by."""
    made = {key: getattr(version, key) for key in TEXT_KEYS}
    for key in ("period_from", "period_until"):
        made[key] = made[key].isoformat() if made[key] else ""
    return made


def parts(kind: str, content: Content) -> list[Part]:
    """The sections of the kind's template that hold something, then those of an imported document."""
    made = [
        Part(field.anchor, str(field.label), _html(field, value))
        for field in KINDS[kind].sections
        if (value := content["fields"].get(field.key))
    ]
    return made + [
        _imported(ordinal, row) for ordinal, row in enumerate(content["sections"], start=1)
    ]


def outcome_part(content: Content) -> Part | None:
    """Why it came out so, and what proves it. The page shows this first."""
    told = [content["outcome_why"], content["outcome_evidence"]]
    if not any(told):
        return None
    return Part("outcome", _("Outcome"), "".join(paragraphs(each) for each in told if each))


def clause_line(row: dict[str, str]) -> str:
    """A clause in one line of plain text: "Cap or limit: entire homes, 30 nights a year"."""
    figure = " ".join(each for each in (row["value"], row["unit"]) if each)
    told = ", ".join(each for each in (row["text"], figure) if each)
    return f"{dict(CLAUSE_TYPES).get(row['type'], row['type'])}: {told}"


def _html(field: Field, value: Any) -> str:
    match field.type:
        case "rich":
            return str(value)
        case "clauses":
            return f"<ul>{''.join(f'<li>{escape(clause_line(row))}</li>' for row in value)}</ul>"
        case _:
            return paragraphs(value)


def _imported(ordinal: int, row: dict[str, Any]) -> Part:
    return Part(
        anchor=f"s{ordinal}",
        heading=row.get("heading", ""),
        html=row.get("html") or paragraphs(row.get("text", "")),
        external_id=row.get("external_id", ""),
        language=row.get("language", ""),
        page=row.get("page"),
        start=row.get("start"),
        end=row.get("end"),
        speaker=row.get("speaker", ""),
    )
