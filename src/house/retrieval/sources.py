"""How rooms tell retrieval what can be found, and the one door through which hits come back."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from house.access.viewer import Viewer
from house.retrieval.documents import Document
from house.retrieval.facts import Contact, Facts


@dataclass(frozen=True, slots=True)
class Source:
    """One findable model. `document` gives None for what must not be in the index at all.

    `cards` adds what a result list reads (`select_related` …) to a queryset already behind its
    door. `documents`, where a room offers it, makes many at once with few queries; it may leave
    out what `document` would answer with None. `facts` and `people` serve answers: what stands
    beside a quote, and whom the viewer may ask about these things, each as far as candour allows.
    `proves` says of an anchor whether what stands there may be quoted as an answer: what only asks may
    not, though it is found and shown among what lies nearest.
    """

    kind: str
    model: type[Model]
    document: Callable[[Model], Document | None]
    cards: Callable[[QuerySet], QuerySet] | None = None
    documents: Callable[[Sequence[int]], Iterator[Document]] | None = None
    facts: Callable[[Model, Viewer], Facts] | None = None
    people: Callable[[Sequence[Model], Viewer], Sequence[Contact]] | None = None
    proves: Callable[[Model, str], bool] | None = None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Call from a room's `AppConfig.ready`. Registering a kind again replaces it."""
    _sources[source.kind] = source


def source_for(kind: str) -> Source:
    return _sources[kind]


def facts_of(kind: str, thing: Model, viewer: Viewer) -> Facts:
    """What may be told of it in a line. Not every findable thing has a title of its own; its facts have."""
    source = _sources[kind]
    if source.facts is not None:
        return source.facts(thing, viewer)
    return Facts(title=str(thing), url=thing.get_absolute_url())  # type: ignore[attr-defined]


def registered() -> tuple[Source, ...]:
    return tuple(_sources.values())


def load_documents(kind: str, pks: Sequence[int]) -> dict[int, Document]:
    """The documents of these things; what is gone or must not be found is missing."""
    source = _sources.get(kind)
    if source is None:
        return {}
    if source.documents is not None:
        return {document.pk: document for document in source.documents(pks)}
    # every row: the index holds every audience and is asked with tokens
    things = source.model.objects.in_bulk(list(pks))
    found = ((pk, source.document(thing)) for pk, thing in things.items())
    return {pk: document for pk, document in found if document is not None}


def open_hits(hits: Sequence[tuple[str, int]], viewer: Viewer) -> list[Model]:
    """Load ranked hits through their doors; what the viewer may not see is never loaded."""
    found: dict[tuple[str, int], Model] = {}
    for kind in {kind for kind, _ in hits if kind in _sources}:
        source = _sources[kind]
        visible = source.model.objects.visible_to(viewer)
        if source.cards is not None:
            visible = source.cards(visible)
        ids = [pk for other, pk in hits if other == kind]
        found |= {(kind, pk): thing for pk, thing in visible.in_bulk(ids).items()}
    return [found[hit] for hit in hits if hit in found]


def visible_hits(hits: Sequence[tuple[str, int]], viewer: Viewer) -> set[tuple[str, int]]:
    """Which of these come through their doors: for counting what is not going to be shown."""
    found: set[tuple[str, int]] = set()
    for kind in {kind for kind, _ in hits if kind in _sources}:
        ids = [pk for other, pk in hits if other == kind]
        visible = _sources[kind].model.objects.visible_to(viewer)
        found |= {(kind, pk) for pk in visible.filter(pk__in=ids).values_list("pk", flat=True)}
    return found
