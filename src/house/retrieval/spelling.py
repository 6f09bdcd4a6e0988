"""Did you mean: slips put right with words that the viewer may read, never with others."""

from dataclasses import replace

from house.retrieval.analysis import SNOWBALL, clean, spans_of
from house.retrieval.asking import Question, understand
from house.retrieval.engines.base import Engine, Scope

_MOST = 3  # slips that are put right in one question
_FEW = 3  # words of a question in which one slip loses the meaning


def corrected(question: Question, engine: Engine, scope: Scope) -> Question | None:
    """The question with unknown words replaced by their nearest known ones; None without any.

    A word is unknown when no passage in scope has any of its forms. Quoted and excluded words stay
    as typed. A question in a language that the index hardly knows is left alone: most of its words
    would be unknown, and they are not slips. So is a whole question of many words: its meaning
    survives a slip, and its unknown words are mostly names, compounds and inflections.
    """
    words = [term for term in question.terms if term.word]
    if question.phrases or question.language not in SNOWBALL or len(words) > _FEW:
        return None
    held = engine.count_terms(words, scope)
    unknown = [term.word for term, count in zip(words, held, strict=True) if not count]
    if not unknown or (len(words) > 2 and 2 * len(unknown) > len(words)):
        return None
    better: dict[str, str] = {}
    for word in unknown[:_MOST]:
        near = engine.near_words(word, scope, limit=1)
        if near:
            better[word] = near[0]
    if not better:
        return None
    pieces, at = [], 0
    text = clean(question.text)
    for start, end, word in spans_of(text):
        if word in better:
            pieces += [text[at:start], better[word]]
            at = end
    other = understand("".join([*pieces, text[at:]]), hint=question.language)
    return replace(other, excluded=question.excluded)
