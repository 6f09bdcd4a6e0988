"""What the Agora gives to a person's export, and what erasure does about it.

What she published is her city's contribution and stays, credited to "A former member of" her city; what
only she could read goes. Of others, her export holds nothing: neither who answered nor who reported her.
"""

from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.agora.models import (
    Answer,
    Attachment,
    Case,
    Comment,
    Helped,
    Mention,
    Post,
    Report,
    Revision,
    State,
    Unsent,
)
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person
from house.retrieval import outbox

# every row in this file: a person's own, for her alone or to be erased

SAID = (
    "code",
    "body",
    "candour",
    "described_as",
    "city__name",
    "published_at",
    "edited_at",
    "is_hidden",
)
Row = tuple[str, Promise, frozenset[str], Callable[[Person], QuerySet], tuple[str, ...]]


def register() -> None:
    for name, told, covers, found, fields in _LISTS:
        export.register(name, _rows(found, fields), told=told, covers=covers)
    export.register(
        "agora-files",
        lambda person: Section((), _files(person)),
        told=_("Files that you attached in the Agora."),
        covers={"agora.Attachment.author"},
    )
    erasure.register(
        "agora",
        _erase,
        covers={"agora.Attachment.author"}.union(*(covers for _n, _t, covers, *_r in _LISTS)),
        goes=_(
            "Drafts, what you were typing, posts for you alone, and where others named you with @."
        ),
        stays=_(
            "What you asked, answered and reported in the Agora: it is part of threads of others. Where your "
            "name stood, it says “A former member” of your city. What was sealed stays sealed."
        ),
    )


def _rows(
    found: Callable[[Person], QuerySet], fields: Iterable[str]
) -> Callable[[Person], Section]:
    return lambda person: Section(rows_of(found(person).order_by("pk"), *fields))


def _files(person: Person) -> Iterator[tuple[str, FieldFile]]:
    for one in Attachment.objects.filter(author=person).order_by("pk").iterator():
        yield f"{one.code}-{one.name.replace('/', '_')}", one.file


_LISTS: tuple[Row, ...] = (
    (
        "agora-posts",
        _("Your questions, struggles, successes and calls in the Agora, drafts among them."),
        frozenset({"agora.Post.author"}),
        lambda p: Post.objects.filter(author=p),
        (*SAID, "kind", "title", "language", "audience", "state", "closed_why"),
    ),
    (
        "agora-answers",
        _("Your answers in the Agora."),
        frozenset({"agora.Answer.author"}),
        lambda p: Answer.objects.filter(author=p),
        (*SAID, "post__code"),
    ),
    (
        "agora-comments",
        _("Your comments in the Agora."),
        frozenset({"agora.Comment.author"}),
        lambda p: Comment.objects.filter(author=p),
        (*SAID, "post__code"),
    ),
    (
        "agora-helped",
        _("What you said that helped your city."),
        frozenset({"agora.Helped.author"}),
        lambda p: Helped.objects.filter(author=p),
        (*SAID, "post__code"),
    ),
    (
        "agora-wordings",
        _("Earlier wordings of what you wrote in the Agora."),
        frozenset({"agora.Revision.author"}),
        lambda p: Revision.objects.filter(author=p),
        ("post__code", "number", "title", "body", "candour", "audience", "ended_at"),
    ),
    (
        "agora-mentions",
        _("Where somebody named you with @."),
        frozenset({"agora.Mention.person"}),
        lambda p: Mention.objects.filter(person=p),
        ("post__code",),
    ),
    (
        "agora-unsent",
        _("What you were typing in the Agora and have not sent."),
        frozenset({"agora.Unsent.person"}),
        lambda p: Unsent.objects.filter(person=p),
        ("place", "content", "saved_at"),
    ),
    (
        "agora-reports",
        _("What you reported to the moderators."),
        frozenset({"agora.Report.reporter"}),
        lambda p: Report.objects.filter(reporter=p),
        ("case__post__code", "why", "text", "made_at"),
    ),
    (
        "agora-decisions",
        _("What you decided as a moderator."),
        frozenset({"agora.Case.decided_by", "agora.Case.settled_by"}),
        lambda p: Case.objects.filter(Q(decided_by=p) | Q(settled_by=p)),
        ("code", "state", "decided_at", "reason", "settled_at", "settled_why"),
    ),
)


def _erase(person: Person) -> None:
    Unsent.objects.filter(person=person).delete()
    Mention.objects.filter(person=person).delete()
    mine = Post.objects.filter(author=person)
    touched = set(mine.values_list("pk", flat=True))
    touched |= set(Answer.objects.filter(author=person).values_list("post", flat=True))
    touched |= set(Comment.objects.filter(author=person).values_list("post", flat=True))
    hers_alone = mine.filter(Q(audience=Audience.PRIVATE) | Q(state=State.DRAFT))
    for piece in Attachment.objects.filter(post__in=hers_alone):
        transaction.on_commit(lambda file=piece.file: file.storage.delete(file.name))
    hers_alone.delete()
    # The index may hold what the page no longer says.
    outbox.touch_many("post", sorted(touched))
