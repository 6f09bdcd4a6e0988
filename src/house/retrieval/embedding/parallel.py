"""Sentences that say the same in many languages, from text that we may use and share.

Django's own translations (BSD) cover all twelve languages of the house and many others; they are
read from the installed package. Our own questions (`data/parallel.json`) add the tone in which
people ask a city something, which messages of a program don't have.
"""

import ast
import gettext
import json
import re
from collections.abc import Iterator
from pathlib import Path

import django

OURS = Path(__file__).with_name("data") / "parallel.json"
HOUSE = ("en", "nl", "es", "fr", "de", "sv", "da", "ca", "pt", "ko", "he", "zh")
NEIGHBOURS = (
    *("it", "pl", "ja", "ar", "ru", "tr", "fi"),
    *("cs", "hu", "ro", "uk", "el", "vi", "id", "nb"),
)
LOCALES = {"zh": "zh_Hans"}  # where Django's folder has another name than the language

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")

Sentence = dict[str, str]  # language → the sentence in it


def own_questions() -> list[Sentence]:
    return json.loads(OURS.read_text(encoding="utf-8"))


def django_messages() -> list[Sentence]:
    """Messages of four words and more that every language of the house has.

    Its neighbours are in a message where they have it.
    """
    root = Path(django.__file__).parent
    found = []
    for folder in (root / "conf/locale", *sorted(root.glob("contrib/*/locale"))):
        catalogues = {
            language: _catalogue(folder / LOCALES.get(language, language))
            for language in (*HOUSE[1:], *NEIGHBOURS)
        }
        for message in _messages(folder / "en/LC_MESSAGES/django.po"):
            sentence = {"en": _plain(message)}
            for language, catalogue in catalogues.items():
                translated = catalogue.gettext(message)
                if translated != message:
                    sentence[language] = _plain(translated)
            if all(language in sentence for language in HOUSE):
                found.append(sentence)
    return found


def _catalogue(folder: Path) -> gettext.NullTranslations:
    path = folder / "LC_MESSAGES/django.mo"
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def _messages(path: Path) -> Iterator[str]:
    """The English messages of a .po file: quoted lines after `msgid`, joined."""
    quoted: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("msgid "):
            quoted = [line.removeprefix("msgid ")]
        elif quoted and line.startswith('"'):
            quoted.append(line)
        elif quoted:
            message = "".join(ast.literal_eval(part) for part in quoted)
            quoted = []
            if len(message.split()) >= 4 and "<" not in message:
                yield message


def _plain(message: str) -> str:
    return " ".join(_PLACEHOLDER.sub(" ", message).split())
