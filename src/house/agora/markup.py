"""Markdown light: paragraphs, lists, quotes, links, emphasis, code and tables. No pictures, no HTML."""

from markdown_it import MarkdownIt

from house.ground.html import sanitise
from house.ground.text import clean

_RENDERER = (
    MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")
)


def html_of(text: str) -> str:
    """Safe to show to anybody; what is written as HTML stands there as it was typed."""
    return sanitise(_RENDERER.render(clean(text)))
