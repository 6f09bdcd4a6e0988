"""An entry for machines: schema.org as JSON-LD, Dublin Core as meta elements and as XML."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from house.alex.cite import PUBLISHER, Citation
from house.alex.kinds import KINDS

DC = "http://purl.org/dc/terms/"


def schema_org(citation: Citation, *, public: bool, licence: str = "") -> dict[str, Any]:
    kind = KINDS[citation.kind]
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind.schema_type,
        "@id": citation.url,
        "url": citation.url,
        "name": citation.title,
        "headline": citation.title[:110],
        "description": citation.summary,
        "inLanguage": citation.language,
        "author": [{"@type": "Organization", "name": name} for name in citation.authors],
        "publisher": {"@type": "Organization", "name": PUBLISHER},
        "keywords": ", ".join(citation.keywords),
        "version": str(citation.version),
        "isAccessibleForFree": public,
        "license": licence,
        "identifier": f"https://doi.org/{citation.doi}" if citation.doi else "",
    }
    if citation.published:
        made["datePublished"] = citation.published.isoformat()
    return {name: value for name, value in made.items() if value not in ("", [])}


def dublin_core(citation: Citation, *, licence: str = "") -> list[tuple[str, str]]:
    """(term, value) pairs of the DCMI Metadata Terms."""
    rows = [
        ("title", citation.title),
        *(("creator", name) for name in citation.authors),
        ("publisher", PUBLISHER),
        ("issued", citation.published.isoformat() if citation.published else ""),
        ("language", citation.language),
        ("type", KINDS[citation.kind].dublin_core),
        ("identifier", citation.url),
        ("hasVersion", str(citation.version)),
        *(("subject", word) for word in citation.keywords),
        ("abstract", citation.summary),
        ("license", licence),
    ]
    return [(term, value) for term, value in rows if value]


def dublin_core_xml(citation: Citation, *, licence: str = "") -> str:
    lines = [
        f"  <dcterms:{term}>{escape(value)}</dcterms:{term}>"
        for term, value in dublin_core(citation, licence=licence)
    ]
    about = quoteattr(citation.url)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<metadata about={about} xmlns:dcterms={quoteattr(DC)}>",
            *lines,
            "</metadata>",
            "",
        ]
    )
