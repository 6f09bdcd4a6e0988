"""From a question to an answer that can be checked: quotes, counter-evidence, people, or "I don't know"."""

# every row in this file: passages are read only after their document came through its door

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import Model
from numpy.typing import NDArray

from house.access.viewer import Viewer
from house.ground.text import clean
from house.retrieval import meaning
from house.retrieval.answers.chat import write_statement
from house.retrieval.answers.confidence import BY_WORDS, Fit, Signals, fit_for
from house.retrieval.answers.shapes import Answer, Line, Near, Quote
from house.retrieval.answers.spans import Chosen, Meaning, choose
from house.retrieval.answers.translate import translate
from house.retrieval.embedding import passage_text
from house.retrieval.facts import Contact
from house.retrieval.models import Passage
from house.retrieval.passages import own_id
from house.retrieval.quotes import fold, stands_in
from house.retrieval.search import Filters, Found, FoundPassages, passages_for
from house.retrieval.sources import facts_of, registered, source_for

LONGEST = 1000  # characters that are read of a question
LOOKED_AT = 12  # passages whose sentences are read closely
SENTENCES = 0.5  # what they weigh beside the ranking of the passages
MOST_QUOTES = 5
MOST_OF_ONE = 3  # quotes of one thing: a statute may hold several of the right articles
MOST_COUNTER = 3
MOST_NEAR = 5
MOST_PEOPLE = 6
UNLUCKY = ("failed", "mixed")
STATED = 2  # sentences that a statement without a language model repeats
STATED_LONGEST = 260
WITHIN = 0.06  # a sentence is stated when its score is that near the best


def answer(question: str, *, viewer: Viewer, write: bool = True) -> Answer:
    """Only what the viewer may read takes part. `write=False` leaves the language model out."""
    started = time.perf_counter()
    question = clean(question[:LONGEST]).strip()
    found = passages_for(question, viewer=viewer)
    fit = fit_for(model_of(found))
    proving = replace(found, passages=[one for one in found.passages if _proves(one)])
    chance = fit.chance(_signals(found, proving.passages)) if proving.passages else 0.0
    made = Answer(
        question=question,
        language=found.question.language,
        known=bool(proving.passages) and chance >= fit.threshold,
        confidence=chance,
        mode=found.mode,
    )
    if made.known:
        made = _with_evidence(made, proving, viewer, fit, write=write)
    if not made.known:
        made = replace(made, nearest=_nearest(found, made.language, viewer))
    return replace(made, took_ms=(time.perf_counter() - started) * 1000)


def _with_evidence(
    made: Answer, found: FoundPassages, viewer: Viewer, fit: Fit, *, write: bool
) -> Answer:
    taken = _taken(found, found.passages[:LOOKED_AT], made.language, viewer, most=MOST_QUOTES)
    if not taken:  # every passage was changed since the index read it
        return replace(made, known=False)
    quotes = [one.quote for one in taken]
    counter = _counter(made, quotes, viewer, fit)
    shown = _translated([*quotes, *counter], made.language)
    quotes = [shown[quote.number] for quote in quotes]
    counter = [shown[quote.number] for quote in counter]
    written = write_statement(made.question, quotes, made.language) if write else ()
    return replace(
        made,
        quotes=tuple(quotes),
        statement=written or _repeated(taken),
        is_written=bool(written),
        counter=tuple(counter),
        people=_people([quote.thing for quote in (*quotes, *counter)], viewer),
    )


def _proves(one: Found) -> bool:
    """The same question asked before is near, but answers nothing."""
    proves = source_for(one.kind).proves
    return proves is None or proves(one.thing, one.passage.anchor)


def _signals(found: FoundPassages, passages: Sequence[Found]) -> Signals:
    return Signals.of(passages, mass=found.mass, background=found.background)


def model_of(found: FoundPassages) -> str:
    _engine, embedder = meaning.engine_to_ask()
    return embedder.model_id if embedder is not None and found.mode == "both" else BY_WORDS


# Quotes

Piece = tuple[Found, Chosen]


@dataclass(frozen=True, slots=True)
class Taken:
    """A quote, and the sentence in it that meets the question best."""

    quote: Quote
    core: str
    score: float


def _taken(
    found: FoundPassages,
    passages: Sequence[Found],
    language: str,
    viewer: Viewer,
    *,
    most: int,
    most_of_one: int = MOST_OF_ONE,
    first: int = 1,
) -> list[Taken]:
    """Different texts, few of one thing, each word for word in its passage as stored now."""
    keys = [one.passage.pk for one in passages]
    stored = dict(Passage.objects.filter(pk__in=keys).values_list("pk", "text"))
    taken: list[Taken] = []
    of_one: Counter[tuple[str, int]] = Counter()
    for one, chosen in _in_order(list(_chosen(found, passages))):
        if len(taken) == most:
            break
        text = fold(chosen.span.of(one.passage.text))
        thing = (one.kind, one.thing.pk)
        if of_one[thing] >= most_of_one or any(_same(text, other.quote.text) for other in taken):
            continue
        if not stands_in(text, stored.get(one.passage.pk, "")):
            continue
        of_one[thing] += 1
        quote = _quote(first + len(taken), text, one, language, viewer)
        taken.append(Taken(quote, fold(chosen.core.of(one.passage.text)), chosen.score))
    return taken


def _in_order(pieces: list[Piece]) -> list[Piece]:
    """The ranking's order, bent by how well the chosen sentences alone meet the question."""
    if len(pieces) < 2:
        return pieces
    ranked = np.array([one.score for one, _ in pieces])
    alone = np.array([chosen.score for _, chosen in pieces])
    worth = _standard(ranked) + SENTENCES * _standard(alone)
    return [pieces[i] for i in np.argsort(-worth, kind="stable")]


def _standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return (values - values.mean()) / max(float(values.std()), 1e-6)


def _chosen(found: FoundPassages, passages: Sequence[Found]) -> Iterator[Piece]:
    """Each passage with what of it is to be quoted, in the order given."""
    _engine, embedder = meaning.engine_to_ask()
    places_of = getattr(embedder, "token_places", None)  # only the built-in model tells
    question = found.vectors.tokens if found.vectors is not None else None
    for one in passages:
        passage, vectors = one.passage, one.tokens
        seen = None
        if places_of is not None and question is not None and vectors is not None and len(vectors):
            whole = passage_text(passage.title, passage.heading, passage.text)
            before = len(whole) - len(passage.text.strip()) - _margin(passage.text)
            seen = Meaning(question, vectors, places_of(whole) - before)
        chosen = choose(passage.text, passage.language, found.weights, seen)
        if chosen is not None:
            yield one, chosen


def _margin(text: str) -> int:
    """White space before the text, which `passage_text` leaves out."""
    return len(text) - len(text.lstrip())


def _quote(number: int, text: str, one: Found, language: str, viewer: Viewer) -> Quote:
    passage, facts = one.passage, facts_of(one.kind, one.thing, viewer)
    return Quote(
        number=number,
        text=text,
        url=f"{facts.url}#{passage.anchor}" if passage.anchor else facts.url,
        language=passage.language,
        foreign=bool(passage.language) and passage.language != language,
        thing=one.thing,
        facts=facts,
        passage=passage.pk,
        external_id=own_id(passage.external_id),
        heading=passage.heading,
        page=passage.page,
        start=passage.start,
        speaker=passage.speaker,
    )


def _same(text: str, other: str) -> bool:
    """Near-duplicates: one text copied into two documents would fill the answer."""
    words, others = set(text.split()), set(other.split())
    return len(words & others) > 0.8 * min(len(words), len(others))


def _translated(quotes: Iterable[Quote], target: str) -> dict[int, Quote]:
    """By number, with a hint where the language is another and a translator is set."""
    shown = {quote.number: quote for quote in quotes}
    for source in {quote.language for quote in shown.values() if quote.foreign}:
        foreign = [quote for quote in shown.values() if quote.language == source]
        hints = translate([quote.text for quote in foreign], source=source, target=target)
        for quote, hint in zip(foreign, hints, strict=True):
            shown[quote.number] = replace(quote, translation=hint)
    return shown


# What stands beside the quotes


def _counter(made: Answer, quotes: list[Quote], viewer: Viewer, fit: Fit) -> list[Quote]:
    """Tried and failed, or in part: among the quotes, then beyond them where it is near enough."""
    counter = [quote for quote in quotes if quote.facts.outcome in UNLUCKY]
    found = passages_for(made.question, viewer=viewer, filters=Filters(outcome=UNLUCKY), limit=10)
    near = [
        one
        for one in found.passages
        if all(quote.thing != one.thing for quote in quotes)
        and fit.chance(_signals(found, [one])) >= fit.threshold
    ]
    more = _taken(
        found,
        near[: 2 * MOST_COUNTER],
        made.language,
        viewer,
        most=max(MOST_COUNTER - len(counter), 0),
        first=len(quotes) + 1,
    )
    return counter + [one.quote for one in more]


def _people(things: Sequence[Model], viewer: Viewer) -> tuple[Contact, ...]:
    """Owners and contacts in the order of the quotes, each once, as far as candour allows."""
    found: dict[Contact, None] = {}
    unique = list(dict.fromkeys(things))
    for kind in dict.fromkeys(type(thing) for thing in unique):
        source = next((s for s in registered() if s.model is kind), None)
        if source is not None and source.people is not None:
            same = [thing for thing in unique if type(thing) is kind]
            found |= dict.fromkeys(source.people(same, viewer))
    return tuple(found)[:MOST_PEOPLE]


def _repeated(taken: Sequence[Taken]) -> tuple[Line, ...]:
    """The sentences that meet the question best, from different things: words of the quotes.

    Nothing when the best sentence is in another language than the question: a reader is better
    served by the quote with its hint.
    """
    best = max(one.score for one in taken)
    lines: dict[Model, Line] = {}
    for one in taken:
        fits = len(one.core) <= STATED_LONGEST and one.score >= best - WITHIN
        if fits and not one.quote.foreign and stands_in(one.core, one.quote.text):
            lines.setdefault(one.quote.thing, Line(one.core, (one.quote.number,), one.core))
    return tuple(lines.values())[:STATED]


def _nearest(found: FoundPassages, language: str, viewer: Viewer) -> tuple[Near, ...]:
    taken = _taken(
        found, found.passages[:LOOKED_AT], language, viewer, most=MOST_NEAR, most_of_one=1
    )
    return tuple(
        Near(quote.thing, quote.facts, quote.language, quote.text, quote.url, quote.external_id)
        for quote in (one.quote for one in taken)
    )
