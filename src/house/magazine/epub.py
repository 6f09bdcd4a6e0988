"""EPUB 3 by hand: a ZIP of XHTML with a table of contents. Knows nothing of issues and readers."""

import datetime
import io
import uuid
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from lxml import html as markup

from house.ground.text import clean
from house.vocabulary.languages import direction

_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
_TYPES = {"svg": "image/svg+xml", "jpg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One file of the book; `html` is what stands in its body."""

    name: str
    title: str
    language: str
    html: str


@dataclass(frozen=True, slots=True)
class Book:
    identifier: str
    title: str
    subtitle: str
    date: datetime.datetime
    language: str
    cover: bytes
    cover_type: str
    cover_alt: str
    leaves: Sequence[Leaf]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    sheet: str = ""

    @property
    def cover_name(self) -> str:
        return f"cover.{self.cover_type}"


def packed(book: Book) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and unpacked: readers know the format by it.
        archive.writestr(
            zipfile.ZipInfo("mimetype"), "application/epub+zip", compress_type=zipfile.ZIP_STORED
        )
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr("book/package.opf", _package(book))
        archive.writestr("book/nav.xhtml", _nav(book))
        archive.writestr("book/book.css", book.sheet)
        archive.writestr(f"book/{book.cover_name}", book.cover)
        archive.writestr("book/cover.xhtml", _cover_page(book))
        for leaf in book.leaves:
            archive.writestr(
                f"book/{leaf.name}", _page(leaf.title, leaf.language, xhtml(leaf.html))
            )
        for name, content in book.pictures.items():
            archive.writestr(f"book/{name}", content)
    return out.getvalue()


def xhtml(fragment: str) -> str:
    """The same as well-formed XHTML: every element closed, every entity a character."""
    whole = markup.fragment_fromstring(fragment, create_parent="main")
    for element in whole.iter(etree.Element):
        element.attrib.pop("loading", None)
    written: str = etree.tostring(whole, method="xml", encoding="unicode")
    return written


def _page(title: str, language: str, body: str) -> str:
    tag = quoteattr(language)
    return clean(  # XML can't hold control characters at all
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang={tag} xml:lang={tag} dir="{direction(language)}">'
        f'<head><meta charset="UTF-8"/><title>{escape(title)}</title>'
        f'<link rel="stylesheet" type="text/css" href="book.css"/></head><body>{body}</body></html>'
    )


def _cover_page(book: Book) -> str:
    image = f"<img src={quoteattr(book.cover_name)} alt={quoteattr(book.cover_alt)}/>"
    return _page(
        book.title, book.language, f'<section epub:type="cover" class="cover">{image}</section>'
    )


def _nav(book: Book) -> str:
    rows = "".join(
        f"<li><a href={quoteattr(leaf.name)} lang={quoteattr(leaf.language)} "
        f"xml:lang={quoteattr(leaf.language)}>{escape(leaf.title)}</a></li>"
        for leaf in book.leaves
    )
    start = book.leaves[0].name if book.leaves else "cover.xhtml"
    listed = f"<ol>{rows}</ol>" if rows else '<ol><li><a href="cover.xhtml">Cover</a></li></ol>'
    return _page(
        book.title,
        book.language,
        f'<nav epub:type="toc" id="toc" role="doc-toc"><h1>{escape(book.title)}</h1>{listed}</nav>'
        f'<nav epub:type="landmarks" id="landmarks" hidden="hidden"><h2>Landmarks</h2><ol>'
        f'<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>'
        f'<li><a epub:type="bodymatter" href={quoteattr(start)}>Start</a></li></ol></nav>',
    )


def _package(book: Book) -> str:
    number = uuid.uuid5(uuid.NAMESPACE_URL, book.identifier)
    changed = book.date.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    manifest, spine = "".join(_manifest(book)), "".join(_spine(book))
    return clean(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f"xml:lang={quoteattr(book.language)}>"
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">urn:uuid:{number}</dc:identifier>'
        f"<dc:title>{escape(book.title)}</dc:title><dc:language>{escape(book.language)}</dc:language>"
        f"<dc:publisher>{escape(book.subtitle)}</dc:publisher>"
        f"<dc:source>{escape(book.identifier)}</dc:source><dc:date>{changed[:10]}</dc:date>"
        f'<meta property="dcterms:modified">{changed}</meta>{"".join(_access())}</metadata>'
        f"<manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )


def _access() -> Iterator[str]:
    """What shops and libraries ask of a book before somebody who can't see buys it."""
    for name, value in (
        ("accessMode", "textual"), ("accessMode", "visual"), ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "alternativeText"), ("accessibilityFeature", "tableOfContents"),
        ("accessibilityFeature", "structuralNavigation"), ("accessibilityHazard", "none"),
        ("accessibilitySummary", "Every picture is described; headings and contents lead through the text."),
    ):  # fmt: skip
        yield f'<meta property="schema:{name}">{escape(value)}</meta>'


def _manifest(book: Book) -> Iterator[str]:
    page = 'media-type="application/xhtml+xml"'
    yield f'<item id="nav" href="nav.xhtml" properties="nav" {page}/>'
    yield '<item id="css" href="book.css" media-type="text/css"/>'
    kind = _TYPES[book.cover_type]
    yield f'<item id="cover-image" href="{book.cover_name}" properties="cover-image" media-type="{kind}"/>'
    yield f'<item id="cover" href="cover.xhtml" {page}/>'
    for place, leaf in enumerate(book.leaves):
        yield f'<item id="leaf-{place}" href={quoteattr(leaf.name)} {page}/>'
    for place, name in enumerate(book.pictures):
        yield f'<item id="picture-{place}" href={quoteattr(name)} media-type="image/jpeg"/>'


def _spine(book: Book) -> Iterator[str]:
    yield '<itemref idref="cover"/>'
    yield '<itemref idref="nav"/>'
    for place, _leaf in enumerate(book.leaves):
        yield f'<itemref idref="leaf-{place}"/>'
