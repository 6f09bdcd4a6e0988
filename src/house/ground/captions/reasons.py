"""What is said of a transcript that can't be taken, by the code of `Unreadable` and of `Note`."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    # the file as a whole
    "empty": _("The file is empty."),
    # letters
    "binary": _("This is not a text file: it holds bytes that no text has."),
    "encoding": _(
        "It can't be told how the letters of this file are encoded. Save it as UTF-8 and import it again."
    ),
    "encoding-guessed": _("The file is not UTF-8; it was read as %(encoding)s."),
    "mojibake": _(
        "The letters were broken before this was saved (“%(broken)s” should be “%(meant)s”). "
        "Export it again as UTF-8."
    ),
    # JSON and tables
    "json": _("This line is not valid JSON: %(problem)s."),
    "json-deep": _("The JSON is nested too deeply to be a document."),
    # captions and transcripts
    "vtt-signature": _("A WebVTT file must begin with the word WEBVTT."),
    "no-cues": _("There is no readable caption in it."),
    "cues-skipped": _(
        "Captions that could not be read and were left out: %(count)s, the first on line %(line)s."
    ),
    "transcript-shape": _("This JSON is not a transcript that is known here."),
    "repetition": _(
        "This is not a true transcript: %(count)s of %(lines)s lines only repeat “%(text)s” from %(at)s on. "
        "Speech recognition does this when it hears silence or another language."
    ),
    "language-unlike": _(
        "The text is said to be in “%(said)s” but reads like “%(found)s”. Correct the one or the other."
    ),
    "language-unknown": _(
        "The text reads like “%(found)s”, a language that the house does not speak. "
        "Speech recognition takes noise for rare languages; if it is right, say so with the language."
    ),
}


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence in the active language."""
    return str(REASONS[code]) % dict(facts)
