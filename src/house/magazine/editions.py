"""An issue as it leaves the house: on paper and as a book, made for one reader, of what she may read."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html

from house.access.viewer import Viewer
from house.ground import paper
from house.magazine import art
from house.magazine.epub import Book, Leaf, packed
from house.magazine.models import Article, Issue, Picture
from house.magazine.reading import Part, articles_of, chapters_of, parts_of, rich

_SHEETS = Path(__file__).parent / "static/magazine"
_SIZE = "width-900|format-jpeg"


@dataclass(frozen=True, slots=True)
class Read:
    article: Article
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class ChapterRead:
    name: str
    articles: list[Read]


def read(issue: Issue, viewer: Viewer, src: Callable[[Picture], str]) -> list[ChapterRead]:
    chapters = chapters_of(issue, articles_of(issue, viewer))
    return [
        ChapterRead(
            chapter.name, [Read(each, parts_of(each, viewer, src=src)) for each in chapter.articles]
        )
        for chapter in chapters
    ]


def pdf_of(issue: Issue, viewer: Viewer) -> bytes:
    """Tagged, titled and with its language (PDF/UA-1). Raises `ground.paper.NoPrinter`."""
    context = {
        "issue": issue,
        "note": rich(issue.note, base=settings.BASE_URL),
        "read": read(issue, viewer, lambda picture: _data(_jpeg(picture), "image/jpeg")),
        "base": settings.BASE_URL,
        "cover": _cover_data(issue),
    }
    html = render_to_string("magazine/paper.html", context)
    return paper.pdf_of(html, _SHEETS / "paper.css", pdf_variant="pdf/ua-1")


def epub_of(issue: Issue, viewer: Viewer) -> bytes:
    """EPUB 3, with the accessibility of what it holds said in its metadata."""
    pictures: dict[str, bytes] = {}

    def kept(picture: Picture) -> str:
        name = f"picture-{picture.pk}.jpg"
        pictures[name] = _jpeg(picture)
        return name

    chapters = read(issue, viewer, kept)
    leaves = [
        Leaf(
            f"article-{each.article.pk}.xhtml",
            each.article.shown_title,
            each.article.language,
            render_to_string("magazine/book.html", _of(each, chapter)),
        )
        for chapter in chapters
        for each in chapter.articles
    ]
    if issue.note:
        leaves.insert(0, Leaf("note.xhtml", "Editor's note", "en", _note(issue)))
    is_drawn = issue.cover is None
    return packed(
        Book(
            identifier=f"{settings.BASE_URL}{issue.get_absolute_url()}",
            title=issue.title,
            subtitle=f"Digital House, issue {issue.number}",
            date=issue.first_published_at or issue.made_at,
            language="en",
            cover=art.cover(issue.number, issue.month, issue.title).encode()
            if is_drawn
            else _jpeg(issue.cover),
            cover_type="svg" if is_drawn else "jpg",
            cover_alt=issue.cover_alt or "Roofs of a city under the month's sky, joined by lines",
            leaves=leaves,
            pictures=pictures,
            sheet=(_SHEETS / "book.css").read_text(encoding="utf-8"),
        )
    )


def _note(issue: Issue) -> str:
    by = format_html('<p class="by">{}</p>', issue.note_by) if issue.note_by else ""
    return f"<h1>Editor's note</h1>{rich(issue.note, base=settings.BASE_URL)}{by}"


def _of(each: Read, chapter: ChapterRead) -> dict[str, object]:
    return {
        "article": each.article,
        "parts": each.parts,
        "section": chapter.name,
        "base": settings.BASE_URL,
    }


def _jpeg(picture: Picture | None) -> bytes:
    assert picture is not None  # noqa: S101 -- looked for by the caller
    with picture.get_rendition(_SIZE).file.open("rb") as file:
        made: bytes = file.read()
    return made


def _data(content: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def _cover_data(issue: Issue) -> str:
    if issue.cover is not None:
        return _data(_jpeg(issue.cover), "image/jpeg")
    return _data(art.cover(issue.number, issue.month, issue.title).encode(), "image/svg+xml")
