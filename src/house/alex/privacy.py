"""What the lexicon gives to a person's export, and what erasure does about it.

What she published is her city's contribution and stays, credited to "A former member of" her city; what
only she could read goes. Words inside a text that she wrote are the text's: whoever named herself there asks
a curator to change it before she goes.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.alex.models import (
    Adoption,
    AdoptionResult,
    Attachment,
    Contact,
    Draft,
    DraftCopy,
    Entry,
    FailuresShown,
    FreshnessAsk,
    ImportRun,
    ReviewNote,
    State,
    Version,
)
from house.alex.search import KIND
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person
from house.retrieval import outbox

# every row in this file: a person's own, for her alone or to be erased

ENTRY = (
    "code", "slug", "kind", "state", "title", "summary", "language", "audience", "city__name", "candour",
    "described_as", "owner_role", "licence", "created_at", "published_at", "review_by",
)  # fmt: skip
VERSION = (
    "entry__code", "number", "title", "summary", "language", "topics", "places", "period_from",
    "period_until", "fields", "sections", "outcome", "outcome_why", "outcome_evidence", "sources", "licence",
    "audience", "note", "made_at",
)  # fmt: skip


def register() -> None:
    export.register(
        "entries",
        _entries,
        told=_("Entries of ALEX that you wrote, with their files."),
        covers=("alex.Entry.author",),
    )
    for name, told, covers, found, fields in _LISTS:
        export.register(name, _rows(found, fields), told=told, covers=covers)
    erasure.register(
        "alex",
        _erase,
        covers=frozenset({"alex.Entry.author"}).union(*(covers for _n, _t, covers, *_r in _LISTS)),
        goes=_(
            "Drafts that you never handed in, entries for you alone, and your name beside entries of others."
        ),
        stays=_(
            "Published entries, reviews and what your city took home: they are your city's. Where your "
            "name stood, it says “A former member” of your city. An author that was sealed stays sealed. If "
            "you named yourself inside a text, change it first: what was published is not rewritten."
        ),
    )


def _rows(
    found: Callable[[Person], QuerySet], fields: Iterable[str]
) -> Callable[[Person], Section]:
    return lambda person: Section(rows_of(found(person).order_by("pk"), *fields))


def _entries(person: Person) -> Section:
    mine = Entry.objects.filter(author=person)
    return Section(rows_of(mine.order_by("pk"), *ENTRY), _files(mine))


def _files(entries: QuerySet[Entry]) -> Iterator[tuple[str, FieldFile]]:
    for one in Attachment.objects.filter(entry__in=entries).order_by("pk").iterator():
        yield f"{one.code}-{one.name.replace('/', '_')}", one.file


_LISTS: tuple[tuple[str, Any, frozenset[str], Callable[[Person], QuerySet], tuple[str, ...]], ...] = (
    (
        "entry-versions",
        _("Every version of your entries, and versions of other entries that you made."),
        frozenset({"alex.Version.author", "alex.Version.made_by"}),
        lambda p: Version.objects.filter(Q(author=p) | Q(made_by=p) | Q(entry__author=p)),
        VERSION,
    ),
    (
        "entry-drafts",
        _("Drafts that you saved last or review."),
        frozenset({"alex.Draft.saved_by", "alex.Draft.reviewer"}),
        lambda p: Draft.objects.filter(Q(saved_by=p) | Q(reviewer=p) | Q(entry__author=p)),
        ("entry__code", "state", "content", "revision", "saved_at", "submitted_at"),
    ),
    (
        "entry-copies",
        _("What you wrote while somebody else saved the same draft."),
        frozenset({"alex.DraftCopy.written_by"}),
        lambda p: DraftCopy.objects.filter(written_by=p),
        ("entry__code", "content", "written_at"),
    ),
    (
        "review-notes",
        _("What you wrote in reviews."),
        frozenset({"alex.ReviewNote.writer"}),
        lambda p: ReviewNote.objects.filter(writer=p),
        ("entry__code", "side", "kind", "text", "anchor", "made_at"),
    ),
    (
        "failures-shown",
        _("Failed attempts that you were shown before a best practice."),
        frozenset({"alex.FailuresShown.shown_to"}),
        lambda p: FailuresShown.objects.filter(shown_to=p),
        ("entry__code", "version__number", "shown", "shown_at"),
    ),
    (
        "freshness",
        _("When you were asked whether an entry is still true, and what you answered."),
        frozenset({"alex.FreshnessAsk.sent_to", "alex.FreshnessAsk.answered_by"}),
        lambda p: FreshnessAsk.objects.filter(Q(sent_to=p) | Q(answered_by=p)),
        ("entry__code", "due_on", "asked_at", "sent_at", "answer", "answered_at"),
    ),
    (
        "contact-for-entries",
        _("Entries that name you as a person to ask."),
        frozenset({"alex.Contact.person"}),
        lambda p: Contact.objects.filter(person=p),
        ("entry__code", "entry__title", "about"),
    ),
    (
        "adoptions",
        _("What you recorded of your city taking entries home."),
        frozenset({"alex.Adoption.recorded_by"}),
        lambda p: Adoption.objects.filter(recorded_by=p),
        ("entry__code", "city__name", "stage", "note", "started_on", "recorded_at"),
    ),
    (
        "adoption-results",
        _("Results of re-use that you recorded."),
        frozenset({"alex.AdoptionResult.recorded_by"}),
        lambda p: AdoptionResult.objects.filter(recorded_by=p),
        ("adoption__entry__code", "months", "outcome", "text", "recorded_at"),
    ),
    (
        "imports",
        _("Imports that you started."),
        frozenset({"alex.ImportRun.started_by"}),
        lambda p: ImportRun.objects.filter(started_by=p),
        ("code", "state", "files", "asked_at", "ended_at", "counts"),
    ),
)  # fmt: skip


def _erase(person: Person) -> None:
    mine = Entry.objects.filter(author=person)
    touched = list(mine.values_list("pk", flat=True))
    touched += Contact.objects.filter(person=person).values_list("entry", flat=True)
    Contact.objects.filter(person=person).delete()
    DraftCopy.objects.filter(written_by=person).delete()
    hers_alone = Q(audience=Audience.PRIVATE) | Q(state=State.DRAFT, current=None)
    for entry in mine.filter(hers_alone):
        _delete(entry)
    # The index may hold what the page no longer says.
    outbox.touch_many(KIND, sorted(set(touched)))


def _delete(entry: Entry) -> None:
    """With its versions: they stand for ever only for those who could read them."""
    for piece in Attachment.objects.filter(entry=entry):
        transaction.on_commit(lambda file=piece.file: file.storage.delete(file.name))
    # A version that the entry shows is protected; nobody else was shown it.
    Entry.objects.filter(pk=entry.pk).update(state=State.DRAFT, current=None, published_at=None)
    gone: Model = Entry.objects.get(pk=entry.pk)
    gone.delete()
