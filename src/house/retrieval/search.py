"""Search: by words and by meaning at once, shown only what has come through its door.

A search ranks some two hundred passages (the best by words and the best by meaning within what the
viewer may read and the filters hold), so `total` and the facet counts are of the documents among
them: exact for a narrow search, "the best two hundred or so" for a broad one. A text without words
lists everything in scope, best prior first.
"""

# every row in this file: passages are read only after their document came through its door

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model
from django.utils.translation import get_language

from house.access.viewer import Viewer
from house.retrieval import meaning
from house.retrieval.asking import Question, understand
from house.retrieval.documents import FACETS
from house.retrieval.embedding import QueryVectors
from house.retrieval.embedding.base import Bytes
from house.retrieval.engines.base import Engine, Floats, Scope
from house.retrieval.facts import Facts
from house.retrieval.models import Passage
from house.retrieval.passages import own_id
from house.retrieval.ranked import rank
from house.retrieval.snippets import Marker, Parts
from house.retrieval.sources import facts_of, open_hits, registered, visible_hits

_BROWSED = 2000  # documents that a search without words counts


@dataclass(frozen=True, slots=True)
class Filters:
    """Each holds values of which a thing must have one; an empty one asks for nothing."""

    kind: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def scope(self, viewer: Viewer) -> Scope:
        named = ((name, frozenset(getattr(self, name))) for name in FACETS)
        return Scope(
            tokens=viewer.tokens,
            facets=frozenset((name, values) for name, values in named if values),
            period=(self.since, self.until),
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """`snippet` is (text, is a word of the question) in reading order, not HTML.

    `language` is the passage's; `passage` is None only where a search without words lists a thing.
    """

    thing: Model
    kind: str
    facts: Facts
    passage: Passage | None
    score: float
    snippet: Parts
    language: str


@dataclass(frozen=True, slots=True)
class Results:
    """`mode` is "words" when no model answered. `did_you_mean` is empty or another question."""

    mode: str
    hits: list[Hit]
    facets: dict[str, list[tuple[str, int]]]
    total: int
    did_you_mean: str
    language: str
    took_ms: float


@dataclass(frozen=True, slots=True)
class Found:
    """One passage behind its door, with what ranked it: for answers and for measuring.

    `coverage` is the share of the weight of the question's words that the passage holds, `concepts`
    the weight of its topics and places that it speaks of; the cosines
    are NaN where there is no vector, and `near` is how many deviations the better of them stands
    above the collection's mean.
    `tokens` are the stored token vectors, memory-mapped.
    """

    thing: Model
    kind: str
    passage: Passage
    score: float
    coverage: float
    concepts: float
    same_language: bool
    raw: float = float("nan")
    projected: float = float("nan")
    late: float = float("nan")
    near: float = float("nan")
    tokens: Bytes | None = None  # (t, k); t is 0 where there is no vector


@dataclass(frozen=True, slots=True)
class FoundPassages:
    """`weights` are the question's terms (all their forms) with their IDF over the index.

    `mass` is the weight of all its words together. `background` is the mean late interaction of
    all that was ranked, NaN without a model.
    """

    mode: str
    question: Question
    vectors: QueryVectors | None
    passages: list[Found] = field(default_factory=list)
    weights: dict[str, float] = field(default_factory=dict)
    mass: float = 0.0
    background: float = float("nan")


def search(
    text: str,
    *,
    viewer: Viewer,
    filters: Filters | None = None,
    limit: int = 20,
    offset: int = 0,
    patience: float | None = meaning.PATIENCE,
) -> Results:
    started = time.perf_counter()
    scope = (filters or Filters()).scope(viewer)
    question = understand(text, hint=_language_of_page())
    if question.is_empty:
        return _browse(viewer, scope, limit, offset, started)
    ranked = rank(question, scope, patience)
    best = ranked.best_of_each_thing()
    things = list(best)
    visible = visible_hits(things, viewer)
    seen = [thing for thing in things if thing in visible]
    page = seen[offset : offset + limit]
    opened = _opened(page, viewer)
    stored = Passage.objects.in_bulk([best[thing][0] for thing in page])
    marker = Marker(form for term in ranked.question.terms for form in term.forms if term.word)
    hits = [
        Hit(
            thing=opened[thing],
            kind=thing[0],
            facts=facts_of(thing[0], opened[thing], viewer),
            passage=passage,
            score=best[thing][1],
            snippet=marker.snippet(passage.text, passage.language),
            language=passage.language,
        )
        for thing in page
        if thing in opened and (passage := stored.get(best[thing][0])) is not None
    ]
    return Results(
        mode=ranked.mode,
        hits=hits,
        facets=_facets(ranked.engine, seen),
        total=len(seen),
        did_you_mean=ranked.did_you_mean,
        language=question.language,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def passages_for(
    asked: str | Question,
    *,
    viewer: Viewer,
    filters: Filters | None = None,
    limit: int = 30,
    patience: float | None = meaning.PATIENCE,
) -> FoundPassages:
    """The best passages themselves, several of one thing among them, each behind its door.

    A text is read as typed into a search; who has prose hands over `understand_prose(…)`.
    """
    scope = (filters or Filters()).scope(viewer)
    question = asked if isinstance(asked, Question) else understand(asked, hint=_language_of_page())
    if question.is_empty:
        return FoundPassages("words", question, None)
    ranked = rank(question, scope, patience, spell=question is not asked)
    found = ranked.candidates
    visible = visible_hits(list(dict.fromkeys(found.objects)), viewer)
    order = [i for i in ranked.order() if found.objects[i] in visible][:limit]
    opened = _opened([found.objects[i] for i in order], viewer)
    stored = Passage.objects.in_bulk([int(found.passages[i]) for i in order])
    coverage, concepts = ranked.coverage(), ranked.concepts()
    near = ranked.nearness()
    tokens = dict(
        zip(stored, ranked.engine.tokens_of([p.digest for p in stored.values()]), strict=True)
    )
    passages = [
        Found(
            thing=opened[found.objects[i]],
            kind=found.objects[i][0],
            passage=stored[int(found.passages[i])],
            score=float(ranked.scores[i]),
            coverage=float(coverage[i]),
            concepts=float(concepts[i]),
            same_language=found.languages[i] == question.language,
            raw=_at(found.raw, i),
            projected=_at(found.projected, i),
            late=_at(found.late, i),
            near=_at(near, i),
            tokens=tokens[int(found.passages[i])],
        )
        for i in order
        if found.objects[i] in opened and int(found.passages[i]) in stored
    ]
    weights = {
        form: float(weight)
        for term, weight in zip(ranked.question.terms, found.weights, strict=True)
        for form in term.forms
    }
    background = float("nan") if found.late is None else float(found.late.mean())
    mass = float(ranked.word_weights().sum())
    return FoundPassages(ranked.mode, question, ranked.vectors, passages, weights, mass, background)


def rank_passages(text: str, *, viewer: Viewer, depth: int = 100) -> list[tuple[str, float]]:
    """External ids with scores, best first, each once: what `house search --run` writes.

    What was written in the house was never imported, so it has no external id and no place in a run.
    """
    question = understand(text)
    if question.is_empty:
        return []
    ranked = rank(question, Filters().scope(viewer), None)
    keys, objects = ranked.candidates.passages.tolist(), ranked.candidates.objects
    visible = visible_hits(list(dict.fromkeys(objects)), viewer)
    names = dict(Passage.objects.filter(pk__in=keys).values_list("pk", "external_id"))
    best: dict[str, float] = {}
    for i in ranked.order():
        name = own_id(names.get(keys[i], ""))
        if name and objects[i] in visible:
            best.setdefault(name, float(ranked.scores[i]))
    return list(best.items())[:depth]


def similar(thing: Model, *, viewer: Viewer, limit: int = 5) -> list[Model]:
    """Other things near this one, through the viewer's doors. The thing itself must be one."""
    kinds = [source.kind for source in registered() if isinstance(thing, source.model)]
    first = Passage.objects.filter(kind__in=kinds, object_id=thing.pk).first()
    if first is None:
        return []
    own = (first.kind, first.object_id)
    question = understand(f"{first.title}. {first.text[:400]}", hint=first.language)
    ranked = rank(question, Filters().scope(viewer), meaning.PATIENCE, spell=False)
    others = [other for other in ranked.best_of_each_thing() if other != own]
    return open_hits(others[: 2 * limit], viewer)[:limit]


def _browse(viewer: Viewer, scope: Scope, limit: int, offset: int, started: float) -> Results:
    engine = meaning.engine()
    things = engine.list_documents(scope)[:_BROWSED]
    visible = visible_hits(things, viewer)
    seen = [thing for thing in things if thing in visible]
    page = seen[offset : offset + limit]
    opened = _opened(page, viewer)
    return Results(
        mode="words",
        hits=[
            Hit(there, thing[0], facts_of(thing[0], there, viewer), None, 0.0, [], "")
            for thing in page
            if (there := opened.get(thing)) is not None
        ],
        facets=_facets(engine, seen),
        total=len(seen),
        did_you_mean="",
        language="",
        took_ms=(time.perf_counter() - started) * 1000,
    )


def _facets(engine: Engine, things: Sequence[tuple[str, int]]) -> dict[str, list[tuple[str, int]]]:
    """Counts over things that came through their doors."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for facets in engine.facets_of(things):
        for name, values in facets.items():
            counts[name].update(set(values))
    return {
        name: sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        for name, counted in counts.items()
    }


def _opened(things: Sequence[tuple[str, int]], viewer: Viewer) -> dict[tuple[str, int], Model]:
    kinds = {source.model: source.kind for source in registered()}
    return {(kinds[type(thing)], thing.pk): thing for thing in open_hits(things, viewer)}


def _language_of_page() -> str:
    return (get_language() or "").partition("-")[0]


def _at(values: Floats | None, i: int) -> float:
    return float("nan") if values is None else float(values[i])
