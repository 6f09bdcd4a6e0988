"""New things against saved searches, without asking the index: words against words.

Each search is looked at only where its first word stands in the thing, so thousands of searches
cost what the few that could match do. A thing is told once to who saved a search, when it first
happens.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from house.notices import happenings, untold
from house.notices.models import Happening, Subscription
from house.retrieval.analysis import analyse
from house.retrieval.asking import comparable, understand
from house.retrieval.documents import Document
from house.retrieval.sources import load_documents, registered

# every row in this file: a search is matched for who saved it; what she is told is asked of the room's door

PREFIX = "search:"


@dataclass(frozen=True, slots=True)
class Saved:
    """All of `words` must stand in a thing, each in one of its forms, and every phrase as it is."""

    target: str
    words: tuple[frozenset[str], ...]
    phrases: tuple[str, ...]

    def fits(self, terms: frozenset[str], text: str) -> bool:
        return all(forms & terms for forms in self.words) and all(p in text for p in self.phrases)


def matching(happening: Happening) -> list[str]:
    """The targets of the saved searches that this new thing answers."""
    if not happenings.is_known(happening.kind) or not _is_first(happening):
        return []
    saved = _saved()
    if not saved:
        return []
    try:
        with transaction.atomic():
            document = _document_of(happening)
    except Exception as problem:  # noqa: BLE001 -- a room's outer edge: those who follow it are told all the same
        untold.note(happening.kind, happening.thing, problem)
        return []
    return [] if document is None else fitting(document, saved)


def fitting(document: Document, saved: Mapping[str, Sequence[Saved]]) -> list[str]:
    texts = [document.title, *(passage.text for passage in document.passages)]
    terms = frozenset(term for text in texts for term in analyse(text, document.language))

    text = comparable(" ".join(texts))
    return sorted(
        {each.target for term in terms for each in saved.get(term, ()) if each.fits(terms, text)}
    )


def by_first_word(targets: Iterable[str]) -> dict[str, list[Saved]]:
    found = defaultdict(list)
    for target in targets:
        question = understand(target.removeprefix(PREFIX))
        words = tuple(frozenset(term.forms) for term in question.terms if term.word)
        if words:
            for form in words[0]:
                found[form].append(Saved(target, words, question.phrases))
    return found


def says_something(words: str) -> bool:
    """Whether anything could ever be told for these: signs and words to leave out find nothing."""
    return bool(by_first_word([PREFIX + words]))


def _saved() -> dict[str, list[Saved]]:
    rows = Subscription.objects.filter(target__startswith=PREFIX, is_muted=False).order_by()
    return by_first_word(rows.values_list("target", flat=True).distinct())


def _is_first(happening: Happening) -> bool:
    model = happenings.kind_of(happening.kind).model
    alike = [kind.name for kind in happenings.kinds() if kind.model is model]
    return not Happening.objects.filter(
        kind__in=alike, thing=happening.thing, pk__lt=happening.pk
    ).exists()


def _document_of(happening: Happening) -> Document | None:
    model = happenings.kind_of(happening.kind).model
    for source in registered():
        if source.model is model:
            return load_documents(source.kind, [happening.thing]).get(happening.thing)
    return None
