"""Pages as PDF. The library and what it needs of the system are looked for when the first one is made."""

from pathlib import Path

from django.utils.translation import gettext as _

from house.ground.errors import Refused

_SHEET = Path(__file__).parent / "static/meetings/brief.css"


class NoPrinter(Refused):
    """No PDFs are made here; a browser prints."""

    code = "no-pdf"
    status = 501


def pdf_of(html: str) -> bytes:
    """Nothing is fetched for it: neither pictures nor fonts from elsewhere. Raises `NoPrinter`."""
    try:
        from weasyprint import CSS, HTML, urls  # noqa: PLC0415 -- needs libraries of the system that may be absent
    except OSError as problem:
        raise NoPrinter(
            _("This house has no library to make PDFs with."),
            remedy=_("Print the page into a file instead: the brief is made for paper."),
        ) from problem
    nothing = urls.URLFetcher(allowed_protocols=[])
    sheet = CSS(string=_SHEET.read_text(encoding="utf-8"), url_fetcher=nothing)
    made: bytes = HTML(string=html, url_fetcher=nothing).write_pdf(stylesheets=[sheet])
    return made


def is_available() -> bool:
    try:
        import weasyprint  # noqa: F401, PLC0415 -- as above
    except OSError:
        return False
    return True
