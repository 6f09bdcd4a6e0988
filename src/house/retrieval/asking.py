"""What somebody typed, taken apart: words, "phrases", -exclusions, language."""

import re
from dataclasses import dataclass, replace

from house.retrieval import lexicon
from house.retrieval.analysis import analyse, clean, fold, question_terms
from house.retrieval.embedding.base import QueryVectors
from house.retrieval.engines.base import Query, Term
from house.retrieval.languages import recognise

LONGEST = 1500  # characters that are read of what was typed
MOST_TERMS = 40

_PHRASE = re.compile('"([^"]+)"|“([^”“]+)[”“]|„([^“”„]+)[“”]|«([^»«]+)»|『([^』]+)』|「([^」]+)」')
_EXCLUDED = re.compile(r"(?:^|(?<=\s))[-−–](?=[^\W\d_])([^\s\"“„«]+)")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is what is embedded: without the excluded words and the quotation marks."""

    text: str
    language: str
    terms: tuple[Term, ...]
    phrases: tuple[str, ...]
    required: tuple[Term, ...]
    excluded: tuple[Term, ...]

    @property
    def is_empty(self) -> bool:
        return not self.terms

    def query(self, vectors: QueryVectors | None) -> Query:
        return Query(
            terms=self.terms,
            vectors=vectors,
            language=self.language,
            excluded=self.excluded,
            required=self.required,
        )

    def holds_phrases(self, text: str) -> bool:
        folded = comparable(text)
        return all(phrase in folded for phrase in self.phrases)


def understand(typed: str, *, hint: str = "") -> Question:
    """Takes any text. `hint` is the language a very short question is taken to be in."""
    typed = clean(typed[:LONGEST])
    excluded = [match.group(1) for match in _EXCLUDED.finditer(typed)]
    text = _EXCLUDED.sub(" ", typed)
    phrases = [next(filter(None, match.groups())) for match in _PHRASE.finditer(text)]
    text = _SPACE.sub(" ", _PHRASE.sub(lambda match: f" {match.group()[1:-1]} ", text)).strip()
    language = recognise(text, fallback=hint)
    return replace(
        _of_words(text, language),
        phrases=tuple(filter(None, map(comparable, phrases))),
        required=_terms(phrases, language),
        excluded=_terms(excluded, language),
    )


def understand_prose(written: str, *, language: str = "") -> Question:
    """What somebody wrote to people, not to a search: quotation marks and dashes ask for nothing.

    `language` is what it is said to be in; the text itself knows better where it tells.
    """
    text = _SPACE.sub(" ", clean(written[:LONGEST])).strip()
    return _of_words(text, recognise(text, fallback=language))


def _of_words(text: str, language: str) -> Question:
    words = [Term(word, forms) for word, forms in question_terms(text, language)[:MOST_TERMS]]
    marks = lexicon.marks_of_question(analyse(text, language), text, language)
    terms = (*words, *(Term("", (mark,), weight) for mark, weight in marks.items()))
    return Question(text, language, terms, phrases=(), required=(), excluded=())


def comparable(text: str) -> str:
    """The form in which a phrase is looked for: letters and digits, one space between."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def _terms(texts: list[str], language: str) -> tuple[Term, ...]:
    return tuple(
        Term(word, forms) for text in texts[:10] for word, forms in question_terms(text, language)
    )
