"""Every sentence that an import can say, by its code. Stored as codes, said in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.ground.captions import reasons

REASONS: dict[str, str | Promise] = {
    **reasons.REASONS,
    # the file as a whole
    "missing": _("There is no such file or folder."),
    "unreadable": _("The file can't be opened: %(problem)s."),
    "too-big": _(
        "The file has %(size)s MB; files of this kind are read up to %(limit)s MB. "
        "Split it and import the parts."
    ),
    "unknown-format": _(
        "This kind of file is not read here. "
        "Give JSONL, CSV, Markdown, HTML, PDF, DOCX, WebVTT, SRT or transcript JSON."
    ),
    "not-in-folder": _("Not for ALEX: files of this kind inside a folder are left where they are."),
    "link": _("This is a link to another place. Links inside a folder are not followed."),
    "no-files": _("The folder holds no file that can be imported."),
    "too-many-files": _("The folder holds more than %(limit)s files. Import it in parts."),
    "not-regular": _("This is not a plain file."),
    "broken-off": _("Reading the file went wrong (%(problem)s). Nothing of it was taken."),
    "too-slow": _(
        "Reading the file took more than %(seconds)s seconds or too much memory, so it was given up. "
        "Nothing of it was taken."
    ),
    # tables
    "json-object": _("This line is not a JSON object."),
    "no-passages": _(
        "No line of this file is a passage: each needs at least “id”, “doc” and “text”."
    ),
    "field-missing": _("“%(field)s” is missing or empty."),
    "field-not-text": _("“%(field)s” must be text."),
    "field-too-long": _("“%(field)s” is longer than %(limit)s characters."),
    "duplicate-id": _(
        "The id “%(id)s” stands on line %(first)s already, with another text. An id may be used once."
    ),
    "duplicate-line": _("The same passage stands on line %(first)s already."),
    "no-columns": _(
        "The first row must name the columns: at least “title” and “text” (or “summary”)."
    ),
    "row-width": _("This row has %(found)s cells; the first row names %(wanted)s columns."),
    "table": _("The table can't be read: %(problem)s."),
    # documents
    "no-text": _("There is no text in it."),
    "too-long": _(
        "The document has more than %(limit)s characters. Split it and import the parts."
    ),
    "too-deep": _("The document's tags are nested too deeply to be read."),
    "pdf-encrypted": _(
        "The PDF is protected by a password. Save a copy without one and import that."
    ),
    "pdf-scanned": _(
        "The PDF holds pictures of pages and no text. Run text recognition (OCR) on it first."
    ),
    "pdf-broken": _("The PDF is damaged: %(problem)s."),
    "pdf-pages-without-text": _("Pages without text that were left out: %(count)s of %(pages)s."),
    "docx-broken": _("This is not a sound Word document: the ZIP archive inside is damaged."),
    "docx-not-word": _("This is a ZIP archive but not a Word document (.docx)."),
    "docx-encrypted": _(
        "The Word document is protected by a password. Save a copy without one and import that."
    ),
    "docx-old": _("This is an old Word document (.doc). Save it as .docx and import that."),
    "zip-bomb": _(
        "The archive inside would unpack to %(size)s MB. No honest document does that, so it was not opened."
    ),
    "xml-entities": _(
        "The document defines XML entities, as attacks do and Word never does. It was not opened."
    ),
    "front-matter": _("The front matter can't be read: %(problem)s."),
    # the room
    "kind": _("There is no kind “%(value)s”. The kinds are: %(known)s."),
    "outcome": _("There is no outcome “%(value)s”. The outcomes are: %(known)s."),
    "edited-here": _(
        "The entry was changed in the house after its last import, "
        "so the new text of its source was not taken."
    ),
    "withdrawn": _("The entry was withdrawn in the house, so it was left alone."),
    "twice": _("The same document was read before in this import, from %(file)s."),
}


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence in the active language."""
    return str(REASONS[code]) % dict(facts)
