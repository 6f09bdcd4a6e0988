"""Pages as PDF. The library and what it needs of the system are looked for when the first one is made."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from house.ground.errors import Refused


class NoPrinter(Refused):
    """No PDFs are made here; a browser prints."""

    code = "no-pdf"
    status = 501


def pdf_of(html: str, sheet: Path, **options: Any) -> bytes:
    """Nothing is fetched for it: pictures stand in the page itself (`data:`). Raises `NoPrinter`.

    `options` go to the writer, such as `pdf_variant="pdf/ua-1"` for a tagged, accessible one.
    """
    try:
        from weasyprint import CSS, HTML, urls  # noqa: PLC0415 -- needs libraries of the system that may be absent
    except OSError as problem:
        raise NoPrinter(
            _("This house has no library to make PDFs with."),
            remedy=_("Print the page into a file instead: it is made for paper."),
        ) from problem
    own = urls.URLFetcher(allowed_protocols=["data"])
    styles = CSS(string=sheet.read_text(encoding="utf-8"), url_fetcher=own)
    made: bytes = HTML(string=html, url_fetcher=own).write_pdf(stylesheets=[styles], **options)
    return made


def is_available() -> bool:
    try:
        import weasyprint  # noqa: F401, PLC0415 -- as above
    except OSError:
        return False
    return True
