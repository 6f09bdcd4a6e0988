"""The brief of a visit as PDF."""

from pathlib import Path

from house.ground import paper
from house.ground.paper import NoPrinter, is_available

__all__ = ["NoPrinter", "is_available", "pdf_of"]

_SHEET = Path(__file__).parent / "static/meetings/brief.css"


def pdf_of(html: str) -> bytes:
    """Raises `NoPrinter`."""
    return paper.pdf_of(html, _SHEET)
