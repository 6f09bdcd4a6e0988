"""From documents to stored passages and the index."""

# every row in this file: the index holds every audience and is asked with a viewer's tokens

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.db import transaction
from django.db.models import Q

from house.retrieval import lexicon, meaning
from house.retrieval.analysis import analyse, clean, spelling_of, terms_of, words_of
from house.retrieval.documents import Document, PassageText
from house.retrieval.embedding import passage_text
from house.retrieval.engines.base import IndexedDocument, IndexedPassage
from house.retrieval.languages import recognise
from house.retrieval.models import Passage
from house.retrieval.sources import load_documents, registered

Thing = tuple[str, int]

_JUDGED = 600  # characters of a passage from which its language is told
_FIELDS = (
    *("version", "ordinal", "external_id", "title", "heading", "text", "language", "anchor"),
    *("page", "start", "end", "speaker", "digest"),
)


def digest_of(title: str, heading: str, text: str) -> int:
    """Names what is embedded: a signed 64-bit number, as both databases store it."""
    whole = passage_text(title, heading, text).encode("utf-8", "replace")
    return int.from_bytes(blake2b(whole, digest_size=8).digest(), "big", signed=True)


def index_documents(documents: Sequence[Document], *, gone: Iterable[Thing] = ()) -> None:
    """Store the passages of these documents, forget those of `gone`, and tell the index.

    Safe to repeat. A crash between the two stores leaves the index behind: the outbox repeats.
    """
    gone = list(gone)
    stored = store_passages(documents, gone=gone)
    engine = meaning.engine()
    if documents:
        engine.upsert(
            _indexed(document, stored[document.kind, document.pk]) for document in documents
        )
    if gone:
        engine.delete(gone)


@transaction.atomic
def store_passages(
    documents: Sequence[Document], *, gone: Sequence[Thing] = ()
) -> dict[Thing, list[Passage]]:
    """The stored passages of each document, in order. One whose text stays keeps its key."""
    things = [(document.kind, document.pk) for document in documents]
    before: dict[Thing, list[Passage]] = defaultdict(list)
    for passage in Passage.objects.filter(_are([*things, *gone])):
        before[passage.thing].append(passage)
    plan = _Plan([], [], [])
    after = {
        (document.kind, document.pk): plan.fit(
            document, before.pop((document.kind, document.pk), [])
        )
        for document in documents
    }
    plan.unwanted.extend(passage for passages in before.values() for passage in passages)
    Passage.objects.filter(pk__in=[passage.pk for passage in plan.unwanted]).delete()
    if plan.changed:
        _make_way_for_names(plan.changed)
        Passage.objects.bulk_update(plan.changed, _FIELDS, batch_size=100)
    Passage.objects.bulk_create(plan.new, batch_size=500)
    return after


def rebuild_index(progress: "Progress | None" = None) -> None:
    """A new index beside the live one from what the rooms hold now, then a swap.

    Vectors stay. Passages of things that no room knows any more are dropped.
    """
    meaning.engine().rebuild(
        _every_document(progress), reload=lambda things: list(_documents_of(things))
    )


class Progress:
    """Told how far a long work is. The commands draw it; this one keeps silent."""

    def start(self, total: int) -> None: ...

    def advance(self, count: int) -> None: ...


@dataclass(frozen=True, slots=True)
class _Plan:
    new: list[Passage]
    changed: list[Passage]
    unwanted: list[Passage]

    def fit(self, document: Document, before: list[Passage]) -> list[Passage]:
        """Give each passage of the document its stored row: by its text first, then by name."""
        wanted = [_row_for(document, number, text) for number, text in enumerate(document.passages)]
        by_digest = {passage.digest: passage for passage in before}
        kept = [by_digest.pop(row.digest, None) for row in wanted]
        taken = {passage.pk for passage in kept if passage is not None}
        by_name = {p.external_id: p for p in before if p.pk not in taken}
        for i, row in enumerate(wanted):
            if kept[i] is None:
                kept[i] = by_name.pop(row.external_id, None)
        used = {passage.pk for passage in kept if passage is not None}
        self.unwanted.extend(passage for passage in before if passage.pk not in used)
        return [self._keep(old, row) for old, row in zip(kept, wanted, strict=True)]

    def _keep(self, old: Passage | None, row: Passage) -> Passage:
        if old is None:
            self.new.append(row)
            return row
        facts = {field: getattr(row, field) for field in _FIELDS}
        if any(getattr(old, field) != value for field, value in facts.items()):
            for field, value in facts.items():
                setattr(old, field, value)
            self.changed.append(old)
        return old


def _row_for(document: Document, ordinal: int, text: PassageText) -> Passage:
    # PostgreSQL refuses NULs and nothing can store a lone surrogate.
    title, heading, body = (_storable(part) for part in (document.title, text.heading, text.text))
    language = text.language or recognise(body[:_JUDGED], fallback=document.language)
    return Passage(
        kind=document.kind,
        object_id=document.pk,
        version=document.version,
        ordinal=ordinal,
        external_id=text.external_id,
        title=title,
        heading=heading,
        text=body,
        language=language,
        anchor=text.anchor,
        page=text.page,
        start=text.start,
        end=text.end,
        speaker=_storable(text.speaker)[:255],
        digest=digest_of(title, heading, body),
    )


def _storable(text: str) -> str:
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _make_way_for_names(changed: list[Passage]) -> None:
    """Passages that swap names would meet on the unique constraint half-way through the update."""
    names = {passage.pk: passage.external_id for passage in changed}
    now = dict(Passage.objects.filter(pk__in=names).values_list("pk", "external_id"))
    moving = [pk for pk, name in names.items() if now[pk] != name]
    for pk in moving:
        Passage.objects.filter(pk=pk).update(external_id=f"moving {pk}")


def _are(things: Sequence[Thing]) -> Q:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, pk in things:
        by_kind[kind].append(pk)
    found = Q(pk__in=[])
    for kind, pks in by_kind.items():
        found |= Q(kind=kind, object_id__in=pks)
    return found


def _indexed(document: Document, passages: Sequence[Passage]) -> IndexedDocument:
    return IndexedDocument(
        kind=document.kind,
        pk=document.pk,
        title=_storable(clean(document.title)),
        language=document.language,
        audience=document.audience,
        passages=tuple(_indexed_passage(passage) for passage in passages),
        facets=document.facets,
        period=document.period,
        prior=document.prior,
    )


def _indexed_passage(passage: Passage) -> IndexedPassage:
    language = passage.language
    words = list(words_of(passage.text))
    title, heading = analyse(passage.title, language), analyse(passage.heading, language)
    terms = terms_of(words, language)
    whole = f"{passage.title}. {passage.heading}. {passage.text}"
    marks = lexicon.marks_of_passage([*title, *heading, *terms], whole, language)
    return IndexedPassage(
        id=passage.pk,
        digest=passage.digest,
        language=language,
        title=" ".join(title),
        heading=" ".join(heading),
        text=" ".join([*terms, *marks]),
        words=spelling_of([*words_of(passage.title), *words]),
    )


def _every_document(progress: Progress | None) -> Iterator[IndexedDocument]:
    progress = progress or Progress()
    things = [
        (source.kind, pk)
        for source in registered()
        for pk in source.model.objects.order_by("pk").values_list("pk", flat=True)
    ]
    progress.start(len(things))
    stale = set(Passage.objects.order_by().values_list("kind", "object_id").distinct()) - set(
        things
    )
    store_passages([], gone=sorted(stale))
    for i in range(0, len(things), 200):
        part = things[i : i + 200]
        yield from _documents_of(part)
        progress.advance(len(part))


def _documents_of(things: Sequence[Thing]) -> Iterator[IndexedDocument]:
    documents, gone = documents_and_gone(things)
    stored = store_passages(documents, gone=gone)
    for document in documents:
        yield _indexed(document, stored[document.kind, document.pk])


def documents_and_gone(things: Sequence[Thing]) -> tuple[list[Document], list[Thing]]:
    """What these things are now, and which of them are no more (or must not be found)."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, pk in dict.fromkeys(things):
        by_kind[kind].append(pk)
    documents: list[Document] = []
    gone: list[Thing] = []
    for kind, pks in by_kind.items():
        found = load_documents(kind, pks)
        documents += found.values()
        gone += [(kind, pk) for pk in pks if pk not in found]
    return documents, gone
