"""A question's candidates in order, before any door: what every reader of `search` begins with."""

# every row in this file: texts are looked into for a phrase, and go no further

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock, Thread

import numpy as np

from house.retrieval import lexicon, meaning
from house.retrieval.asking import Question, understand
from house.retrieval.embedding import Embedder, NoModel, QueryVectors
from house.retrieval.engines.base import Candidates, Engine, Flags, Floats, Scope
from house.retrieval.models import Passage
from house.retrieval.ranking import Evidence, fuse
from house.retrieval.spelling import corrected

Judge = Callable[[Evidence], Floats]

log = logging.getLogger(__name__)

_BY_WORDS = 120
_BY_WORDS_FOR_PHRASES = 600

_remembered: OrderedDict[tuple[str, str], QueryVectors] = OrderedDict()
_remembering = Lock()


@dataclass(frozen=True, slots=True)
class Ranked:
    engine: Engine
    question: Question
    vectors: QueryVectors | None
    candidates: Candidates
    scores: Floats
    did_you_mean: str

    @property
    def mode(self) -> str:
        return "words" if self.candidates.raw is None else "both"

    def best_of_each_thing(self) -> dict[tuple[str, int], tuple[int, float]]:
        """The key of the best passage and its score, best thing first."""
        best: dict[tuple[str, int], tuple[int, float]] = {}
        for i in self.order():
            pair = (int(self.candidates.passages[i]), float(self.scores[i]))
            best.setdefault(self.candidates.objects[i], pair)
        return best

    def order(self) -> list[int]:
        """Candidates best first, without those that lack the asked-for phrase."""
        best = np.argsort(-self.scores, kind="stable")
        return best[np.isfinite(self.scores[best])].tolist()

    def word_weights(self) -> Floats:
        """Of each term: 0 for the marks of topics and places, which no text spells out."""
        is_word = [bool(term.word) for term in self.question.terms]
        return np.where(is_word, self.candidates.weights, 0)

    def coverage(self) -> Floats:
        found, weights = self.candidates, self.word_weights()
        return (found.in_text | found.in_title) @ weights / max(float(weights.sum()), 1e-6)

    def concepts(self) -> Floats:
        """The weight of the question's topics and places that a passage speaks of."""
        found = self.candidates
        return (found.in_text | found.in_title) @ (found.weights - self.word_weights())

    def nearness(self) -> Floats | None:
        found = self.candidates
        if found.raw is None or found.raw_spread is None:
            return None
        near = found.raw_spread.standard(found.raw)
        if found.projected is not None and found.projected_spread is not None:
            near = np.maximum(near, found.projected_spread.standard(found.projected))
        return near


def rank(
    question: Question,
    scope: Scope,
    patience: float | None,
    *,
    spell: bool = True,
    judge: Judge = fuse,
) -> Ranked:
    """`judge` makes one score of what is known of each candidate: another one ranks for another purpose."""
    engine, embedder = meaning.engine_to_ask(patience=patience)
    other = corrected(question, engine, scope) if spell else None
    asked = other or question
    ranked = look(asked, vectors_of(embedder, asked.text), engine, scope, judge=judge)
    return replace(ranked, did_you_mean=other.text) if other else ranked


def look(
    question: Question,
    vectors: QueryVectors | None,
    engine: Engine,
    scope: Scope,
    *,
    judge: Judge = fuse,
) -> Ranked:
    """The same of any engine, with vectors made before: what measurements that need no house begin with."""
    by_words = _BY_WORDS_FOR_PHRASES if question.phrases else _BY_WORDS
    found = engine.search(question.query(vectors), scope, by_words=by_words)
    scores = _scores(question, found, judge)
    if question.phrases:
        scores[~_with_phrases(question, found)] = -np.inf
    return Ranked(engine, question, vectors, found, scores, "")


def _scores(question: Question, found: Candidates, judge: Judge) -> Floats:
    if not len(found):
        return np.empty(0, np.float32)
    evidence = Evidence(
        term_weights=found.weights,
        in_text=found.in_text,
        in_title=found.in_title,
        is_concept=np.array([lexicon.is_mark(term.forms[0]) for term in question.terms], np.bool_),
        same_language=np.array([tag == question.language for tag in found.languages], np.bool_),
        prior=found.prior,
        bm25=found.bm25,
        raw=found.raw,
        raw_spread=found.raw_spread,
        projected=found.projected,
        projected_spread=found.projected_spread,
        late=found.late,
    )
    return judge(evidence)


def vectors_of(embedder: Embedder | None, text: str) -> QueryVectors | None:
    """Remembered for the last questions: a second page, a filter, a key pressed twice."""
    if embedder is None:
        return None
    key = (f"{embedder.model_id} {embedder.basis_id}", text)
    with _remembering:
        if key in _remembered:
            _remembered.move_to_end(key)
            return _remembered[key]
    try:
        vectors = embedder.encode_query(text)
    except NoModel as problem:
        log.warning("This question is answered by words only: %s", problem)
        return None
    with _remembering:
        _remembered[key] = vectors
        if len(_remembered) > 500:
            _remembered.popitem(last=False)
    return vectors


def forget_questions() -> None:
    """For measuring: the next search embeds its question again."""
    with _remembering:
        _remembered.clear()


def _with_phrases(question: Question, found: Candidates) -> Flags:
    keys = found.passages.tolist()
    texts = {
        pk: f"{title} {heading} {text}"
        for pk, title, heading, text in Passage.objects.filter(pk__in=keys).values_list(
            "pk", "title", "heading", "text"
        )
    }
    return np.array([question.holds_phrases(texts.get(pk, "")) for pk in keys], np.bool_)


def warm_up() -> Thread:
    """Load beside a server's start what its first question would wait for. Touches no records."""
    thread = Thread(target=_ask_once, name="warm-up", daemon=True)
    thread.start()
    return thread


def _ask_once() -> None:
    engine, embedder = meaning.engine_to_ask(patience=None)
    for text in ("How do cities regulate short-term rental?", "¿Cómo regulan las ciudades?"):
        question = understand(text)
        engine.search(question.query(vectors_of(embedder, question.text)), Scope(frozenset()))
