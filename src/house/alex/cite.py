"""An entry as others cite it: BibTeX, RIS, CSL-JSON. Only what the page itself tells of its author."""

import datetime
import json
import re
from dataclasses import dataclass
from typing import Any

from house.access.candour import Credit
from house.ground.text import one_line

PUBLISHER = "Sharing Cities Alliance"
FORMATS = {
    "bibtex": ("application/x-bibtex; charset=utf-8", "bib"),
    "ris": ("application/x-research-info-systems; charset=utf-8", "ris"),
    "csl": ("application/vnd.citationstyles.csl+json; charset=utf-8", "json"),
}
_CSL = {
    "case_study": "report", "policy": "legislation", "research": "article", "technology": "software",
    "recording": "broadcast",
}  # fmt: skip
_RIS = {
    "case_study": "RPRT", "policy": "STAT", "research": "RPRT", "technology": "COMP", "recording": "VIDEO",
}  # fmt: skip
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_TEX_SPECIAL = re.compile(r"[\\{}$&%#_~^]")


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation tells; `authors` in the order of the work, never more than the credit shows."""

    code: str
    kind: str
    title: str
    authors: tuple[str, ...]
    published: datetime.date | None
    version: int
    language: str
    url: str
    summary: str = ""
    keywords: tuple[str, ...] = ()
    doi: str = ""

    @property
    def year(self) -> str:
        return str(self.published.year) if self.published else ""

    def sentence(self) -> str:
        """For a reader who copies one line."""
        when = f" ({self.year})" if self.year else ""
        who = "; ".join(self.authors)
        return f"{who}{when}: {self.title}. {PUBLISHER}, version {self.version}. {self.url}"


def authors_of(credit: Credit, named: list[str] | None = None) -> tuple[str, ...]:
    """The authors of a study where it names them, else whoever the entry's candour shows."""
    if named:
        return tuple(named)
    parts = [part for part in (credit.name, credit.city) if part]
    return (", ".join(parts),) if parts else (PUBLISHER,)


def _tex(value: str) -> str:
    return _TEX_SPECIAL.sub(lambda found: _TEX[found[0]], one_line(value))


def bibtex(citation: Citation) -> str:
    """One @misc entry. Authors stand in braces: a city's name is no family name."""
    fields = {
        "title": f"{{{_tex(citation.title)}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in citation.authors),
        "year": citation.year,
        "publisher": _tex(PUBLISHER),
        "edition": str(citation.version),
        "language": citation.language,
        "url": citation.url,
        "doi": _tex(citation.doi),
        "keywords": ", ".join(_tex(word) for word in citation.keywords),
        "abstract": _tex(citation.summary),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{house-{citation.code},", *lines, "}", ""])


def ris(citation: Citation) -> str:
    """Tags of two letters, one to a line, CRLF as its readers expect."""
    day = citation.published.strftime("%Y/%m/%d") if citation.published else ""
    rows = [
        ("TY", _RIS[citation.kind]),
        ("ID", citation.code),
        ("TI", citation.title),
        *(("AU", name) for name in citation.authors),
        ("PY", citation.year),
        ("DA", day),
        ("PB", PUBLISHER),
        ("ET", str(citation.version)),
        ("LA", citation.language),
        ("UR", citation.url),
        ("DO", citation.doi),
        *(("KW", word) for word in citation.keywords),
        ("AB", citation.summary),
        ("ER", ""),
    ]
    kept = [(tag, one_line(value)) for tag, value in rows if value or tag == "ER"]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in kept)


def csl(citation: Citation) -> str:
    record: dict[str, Any] = {
        "id": citation.code,
        "type": _CSL[citation.kind],
        "title": citation.title,
        "author": [{"literal": name} for name in citation.authors],
        "publisher": PUBLISHER,
        "version": str(citation.version),
        "language": citation.language,
        "URL": citation.url,
        "abstract": citation.summary,
        "keyword": ", ".join(citation.keywords),
        "DOI": citation.doi,
    }
    if citation.published:
        day = citation.published
        record["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    kept = {name: value for name, value in record.items() if value}
    return json.dumps([kept], ensure_ascii=False, indent=2) + "\n"


WRITERS = {"bibtex": bibtex, "ris": ris, "csl": csl}
