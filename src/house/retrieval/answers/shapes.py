"""What an answer is made of. Everything here has passed its door; nothing in it is HTML."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Model

from house.retrieval.facts import Contact, Facts


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of a stored passage, word for word. `url` leads to its section, page or second.

    `number` counts from 1 over the answer, those of `Answer.counter` included. `foreign` says that
    it is not in the reader's language; `translation` is what a machine made of it, or empty: the
    original is always shown.
    """

    number: int
    text: str
    url: str
    language: str
    foreign: bool
    thing: Model
    facts: Facts
    passage: int
    external_id: str
    heading: str = ""
    page: int | None = None
    start: float | None = None
    speaker: str = ""
    translation: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the short statement, with the numbers of the quotes that carry it.

    `proof` are the words of the first of these quotes that it rests on.
    """

    text: str
    numbers: tuple[int, ...]
    proof: str


@dataclass(frozen=True, slots=True)
class Near:
    """An entry near a question that could not be answered, with the words of it that lie nearest.

    `text` is checked like a quote, `url` leads to it; it is shown as what it is, not as an answer.
    """

    thing: Model
    facts: Facts
    language: str
    text: str
    url: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`known` False means "I don't know": no quotes then, only what lies nearest.

    `statement` is empty unless each of its sentences is carried by a quote; `is_written` says that
    a language model wrote it, otherwise it repeats words of the quotes. `counter` are entries that
    tried and failed, or did so in part. `confidence` is the estimated chance that the quotes
    answer. `mode` is "both" or "words", as for a search.
    """

    question: str
    language: str
    known: bool
    confidence: float
    quotes: tuple[Quote, ...] = ()
    statement: tuple[Line, ...] = ()
    is_written: bool = False
    counter: tuple[Quote, ...] = ()
    people: tuple[Contact, ...] = ()
    nearest: tuple[Near, ...] = ()
    mode: str = "both"
    took_ms: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """For programs: the command's `--json` and the API."""
        return {
            "question": self.question,
            "language": self.language,
            "known": self.known,
            "confidence": round(self.confidence, 3),
            "quotes": [_quote_json(quote) for quote in self.quotes],
            "statement": [
                {"text": line.text, "quotes": list(line.numbers), "proof": line.proof}
                for line in self.statement
            ],
            "is_written": self.is_written,
            "counter": [_quote_json(quote) for quote in self.counter],
            "people": [asdict(contact) for contact in self.people],
            "nearest": [
                {
                    "entry": near.facts.title,
                    "url": near.url,
                    "text": near.text,
                    "passage": near.external_id,
                    "language": near.language,
                }
                for near in self.nearest
            ],
            "mode": self.mode,
        }


def _quote_json(quote: Quote) -> dict[str, Any]:
    return {
        "number": quote.number,
        "text": quote.text,
        "url": quote.url,
        "entry": quote.facts.title,
        "passage": quote.external_id,
        "heading": quote.heading,
        "language": quote.language,
        "translation": quote.translation,
        "city": quote.facts.city,
        "year": quote.facts.year,
        "outcome": quote.facts.outcome,
        "page": quote.page,
        "second": quote.start,
        "speaker": quote.speaker,
    }
