"""Which of the house's languages a text is in. Cheap enough for every passage and every question."""

import re
from collections import Counter
from functools import cache
from threading import Lock

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from house.retrieval.analysis import LANGUAGES, clean, words_of
from house.retrieval.analysis.stopwords import STOP_WORDS

_ENOUGH = 1500  # characters; more makes it no surer
_SHORT = 80  # below this the small words of a language say more than letter statistics
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_HEBREW = re.compile("[\u05d0-\u05ea]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_loading = Lock()


def recognise(text: str, *, fallback: str = "") -> str:
    """The language as BCP 47 tag, or `fallback` where there are no letters to judge by."""
    text = clean(text[:_ENOUGH])
    letters = len(_LETTER.findall(text))
    if not letters:
        return fallback
    for language, script in (("ko", _HANGUL), ("he", _HEBREW), ("zh", _HAN)):
        if 2 * len(script.findall(text)) > letters:
            return language
    ranked = (str(language) for language, _ in _identifier().rank(text))
    if len(text) < _SHORT:
        votes = small_word_votes(text)
        most = max(votes.values(), default=0)
        likely = {language for language, count in votes.items() if count == most}
        if fallback and letters < 20 and (not likely or fallback in likely):
            return fallback
        if likely:
            return next(language for language in ranked if language in likely)
    return next(ranked)


def small_word_votes(text: str) -> Counter[str]:
    words = list(words_of(text))
    votes = {language: sum(w in stop for w in words) for language, stop in STOP_WORDS.items()}
    return Counter({language: count for language, count in votes.items() if count})


@cache
def _load() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    identifier._full_model = None  # noqa: SLF001 -- 20 MB for 85 languages that nobody asks for
    return identifier


def _identifier() -> LanguageIdentifier:
    with _loading:  # `cache` alone would let two threads load it twice
        return _load()
