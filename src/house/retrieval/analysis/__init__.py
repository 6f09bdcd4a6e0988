"""From text to the terms of the index: one way for passages and for questions.

Stemming is Snowball's where it knows the language; accents are folded after it, so "estación",
"estacion" and "estaciones" meet. Scripts written without spaces, and Korean, become two-letter
pieces. Hebrew words also stand without their prefix letters. Any text is taken: what no rule
knows is split at whatever is neither letter nor digit.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from threading import local

import Stemmer

from house.retrieval.analysis.stopwords import STOP_WORDS

SNOWBALL = {
    "en": "english",
    "nl": "dutch",
    "es": "spanish",
    "fr": "french",
    "de": "german",
    "sv": "swedish",
    "da": "danish",
    "ca": "catalan",
    "pt": "portuguese",
}
LANGUAGES = (*SNOWBALL, "ko", "he", "zh")

LONGEST_WORD = 64
_CACHED_WORDS = 200_000

_UNUSABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
# Hebrew and Arabic points go before stemming; Latin accents stay for Snowball.
_POINTED = re.compile("[\u0591-\u05c7\u064b-\u065f]")
_MARKS = dict.fromkeys((*range(0x300, 0x370), *range(0x591, 0x5C8), *range(0x64B, 0x660)))
# Letters that Unicode does not take apart but that people type without their stroke.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)
_THOUSANDS = re.compile(r"(?<=\d)[.,\u202f\u00a0'’](?=\d{3}(?!\d))")
_HYPHENS = re.compile("[-‐‑]")
WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Scripts written without spaces: Han, kana, Thai, Lao, Khmer, Burmese.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_HEBREW = "\u05d0-\u05ea"
_RUNS = re.compile(
    f"(?P<han>[{_UNSPACED}]+)|(?P<hangul>[{_HANGUL}]+)|(?P<hebrew>[{_HEBREW}]+)"
    f"|(?P<other>[^{_UNSPACED}{_HANGUL}{_HEBREW}]+)"
)
_FINAL_LETTERS = str.maketrans("םןץףך", "מנצפכ")
_HEBREW_PREFIXES = frozenset("והבכלמש")

_thread = local()


def clean(text: str) -> str:
    """Without NULs, controls, lone surrogates and invisible marks; in form NFKC."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFKC", _UNUSABLE.sub(" ", text))


def fold(text: str) -> str:
    """Case and accents away: the form in which two spellings of one word meet."""
    text = clean(text).casefold()
    if text.isascii():
        return text
    bare = unicodedata.normalize("NFD", text).translate(_MARKS).translate(_LETTERS)
    return unicodedata.normalize("NFC", bare)


def analyse(text: str, language: str) -> list[str]:
    """The terms under which a text of this language stands in the index, in reading order."""
    return terms_of(words_of(text), language)


def terms_of(words: Iterable[str], language: str) -> list[str]:
    """The same from words that `words_of` has already taken apart."""
    known = _known_forms(language)
    terms: list[str] = []
    for word in words:
        forms = known.get(word)
        if forms is None:
            forms = _forms(word, language)
            if len(word) < LONGEST_WORD:
                known[word] = forms
        terms += forms
    return terms


def question_terms(text: str, language: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each word of a question with the forms under which passages of any language may hold it.

    Stop words go, unless nothing else is left. A run of a script without spaces gives one entry
    for each pair of letters, as `analyse` does.
    """
    words = [part for word in words_of(text) for part in _HYPHENS.split(word)]
    telling = [word for word in words if not is_stop_word(word, language)]
    found: dict[tuple[str, ...], str] = {}
    for word in telling or words:
        for run in _RUNS.finditer(word[:LONGEST_WORD]):
            piece = run.group()
            if run.lastgroup in {"han", "hangul"}:
                pairs = _pairs(piece) or [piece]
                for pair in pairs:
                    if pair not in STOP_WORDS["zh"] or len(pairs) == 1:
                        found.setdefault((pair,), pair)
            elif run.lastgroup == "hebrew":
                found.setdefault(tuple(dict.fromkeys(_hebrew(piece))), piece)
            else:
                forms = [form for tag in (language, "", *SNOWBALL) for form in _latin(piece, tag)]
                if forms:
                    found.setdefault(tuple(dict.fromkeys(forms)), piece)
    return [(word, forms) for forms, word in found.items()]


def words_of(text: str) -> Iterator[str]:
    """Casefolded words; parts joined by a hyphen stay one word here."""
    text = clean(text).casefold()
    if text.isascii():
        return iter(_ASCII_WORD.findall(_without_thousands(text)))
    text = _POINTED.sub("", text.replace("l·l", "ll"))
    return iter(WORD.findall(_without_thousands(text)))


def forms_in(word: str, language: str) -> tuple[str, ...]:
    """What `analyse` makes of one word of `words_of`."""
    known = _known_forms(language)
    forms = known.get(word)
    if forms is None:
        forms = known[word[:LONGEST_WORD]] = _forms(word, language)
    return forms


def spelling_of(words: Iterable[str]) -> str:
    """Words as written, casefolded, each once: those long enough to be told from a slip."""
    return " ".join({word for word in words if len(word) > 3 and word.isalpha()})


def spans_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the words of a text as written begin and end, each with its casefolded self."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), clean(match.group()).casefold()


def is_stop_word(word: str, language: str) -> bool:
    return word in STOP_WORDS.get(language, ())


def _without_thousands(text: str) -> str:
    return _THOUSANDS.sub("", text) if any(c in text for c in ".,’'\u202f\u00a0") else text


def _known_forms(language: str) -> dict[str, tuple[str, ...]]:
    """One memory of words for each thread and language, emptied when it grows too large."""
    try:
        memory = _thread.forms[language]
    except (AttributeError, KeyError):
        memory = _thread.__dict__.setdefault("forms", {}).setdefault(language, {})
    if len(memory) > _CACHED_WORDS:
        memory.clear()
    return memory


def _forms(word: str, language: str) -> tuple[str, ...]:
    parts = _HYPHENS.split(word)
    if len(parts) == 1:
        return tuple(dict.fromkeys(_forms_of_part(word[:LONGEST_WORD], language)))
    found = [form for part in parts for form in _forms_of_part(part[:LONGEST_WORD], language)]
    joined = "".join(parts)
    if len(joined) <= LONGEST_WORD:  # "car-sharing" is also found as "carsharing"
        found += _forms_of_part(joined, language)
    return tuple(dict.fromkeys(found))


def _forms_of_part(part: str, language: str) -> list[str]:
    if part in STOP_WORDS.get(language, ()):
        return []
    if part.isascii():
        return _latin(part, language)
    found: list[str] = []
    for run in _RUNS.finditer(part):
        text = run.group()
        if run.lastgroup == "han":
            pieces = [*text, *_pairs(text)] if len(text) > 1 else [text]
            stop = STOP_WORDS["zh"]
            found += [piece for piece in pieces if piece not in stop]
        elif run.lastgroup == "hangul":
            found += _pairs(text) if len(text) > 1 else [text]
        elif run.lastgroup == "hebrew":
            found += _hebrew(text)
        else:
            found += _latin(text, language)
    return found


def _latin(word: str, language: str) -> list[str]:
    """The stem without accents; of an accented word also the stem of what people type without.

    "habitação" and "habitacao" have different stems, for Snowball goes by the accent.
    """
    if len(word) == 1 and not word.isdigit() and word.isascii():
        return []
    name = SNOWBALL.get(language)
    if name is None or word.isdigit():
        return [_fold_word(word) or word]
    stemmer = _stemmer(name)
    stem = _fold_word(stemmer.stemWord(word)) or word
    if word.isascii():
        return [stem]
    return [stem, stemmer.stemWord(_fold_word(word)) or word]


def _fold_word(word: str) -> str:
    if word.isascii():
        return word
    bare = unicodedata.normalize("NFD", word).translate(_MARKS).translate(_LETTERS)
    return unicodedata.normalize("NFC", bare)


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


def _hebrew(word: str) -> list[str]:
    """The word, and what stands behind up to two prefix letters, without plural endings."""
    found = []
    for skip in (0, 1, 2):
        if skip and (word[skip - 1] not in _HEBREW_PREFIXES or len(word) - skip < 3):
            break
        rest = word[skip:]
        for ending in ("ים", "ות", "יות"):
            if rest.endswith(ending) and len(rest) - len(ending) >= 3:
                rest = rest[: -len(ending)]
                break
        found.append(rest.translate(_FINAL_LETTERS))
    return found


def _stemmer(name: str) -> Stemmer.Stemmer:
    """Snowball stemmers keep state between calls: each thread has its own."""
    stemmers = _thread.__dict__.setdefault("stemmers", {})
    if name not in stemmers:
        stemmers[name] = Stemmer.Stemmer(name)
    return stemmers[name]
