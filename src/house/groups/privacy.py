"""What the working groups give to a person's export, and what erasure does about it.

What she wrote with others is the group's and stays, credited to "A former member of" her city; what only she
could read goes, and so does her place among those who work now.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from house.groups.models import (
    Admission,
    Draft,
    Group,
    GroupFile,
    Meeting,
    MeetingAnswer,
    Member,
    PageVersion,
    Task,
)
from house.groups.parting import go
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased


def register() -> None:
    for name, told, covers, found, fields in _LISTS:
        export.register(f"groups-{name}", _rows(found, fields), told=told, covers=covers)
    export.register(
        "groups-files",
        _files,
        told=_("Files that you put beside the page of a working group."),
        covers=("groups.GroupFile.uploaded_by",),
    )
    erasure.register(
        "groups",
        _erase,
        covers=frozenset({"groups.GroupFile.uploaded_by"}).union(
            *(covers for _n, _t, covers, *_r in _LISTS)
        ),
        goes=_(
            "Your place in working groups and in their circles; what you were writing and had not saved; "
            "invitations, requests and your answers to meetings; your name beside open tasks."
        ),
        stays=_(
            "What you wrote on the pages of working groups, minutes and files, by “A former member” of your "
            "city: your group works on with it."
        ),
    )


def _rows(
    found: Callable[[Person], QuerySet], fields: tuple[str, ...]
) -> Callable[[Person], Section]:
    return lambda person: Section(rows_of(found(person).order_by("pk"), *fields))


def _files(person: Person) -> Section:
    mine = GroupFile.objects.filter(uploaded_by=person)
    rows = rows_of(mine.order_by("pk"), "group__name", "name", "label", "size", "uploaded_at")
    return Section(rows, _stored(mine))


def _stored(mine: QuerySet[GroupFile]) -> Iterator[tuple[str, FieldFile]]:
    for one in mine.order_by("pk").iterator():
        yield f"{one.code}-{one.name.replace('/', '_')}", one.file


_LISTS: tuple[tuple[str, Any, frozenset[str], Callable[[Person], QuerySet], tuple[str, ...]], ...] = (
    (
        "made",
        _("Working groups that you began or closed."),
        frozenset({"groups.Group.made_by", "groups.Group.ended_by"}),
        lambda p: Group.objects.filter(Q(made_by=p) | Q(ended_by=p)),
        ("code", "name", "problem", "aim", "starts_on", "ends_on", "state", "result", "learned"),
    ),
    (
        "member",
        _("Working groups that you are or were in."),
        frozenset({"groups.Member.person"}),
        lambda p: Member.objects.filter(person=p),
        ("group__code", "group__name", "city__name", "is_lead", "joined_at", "left_at", "left_why"),
    ),
    (
        "admissions",
        _("Invitations to working groups and requests to join: yours, and those that you made or answered."),
        frozenset(f"groups.Admission.{name}" for name in ("person", "made_by", "answered_by")),
        lambda p: Admission.objects.filter(Q(person=p) | Q(made_by=p) | Q(answered_by=p)),
        ("group__name", "sort", "text", "made_at", "answer", "answered_at"),
    ),
    (
        "pages",
        _("Every version that you saved of a working group's page."),
        frozenset({"groups.PageVersion.made_by"}),
        lambda p: PageVersion.objects.filter(made_by=p),
        ("group__name", "number", "html", "note", "made_at"),
    ),
    (
        "drafts",
        _("What you are writing on pages of working groups and have not saved."),
        frozenset({"groups.Draft.person"}),
        lambda p: Draft.objects.filter(person=p),
        ("group__name", "html", "other", "saved_at"),
    ),
    (
        "tasks",
        _("Tasks of working groups that are yours, or that you gave or finished."),
        frozenset(f"groups.Task.{name}" for name in ("owner", "made_by", "done_by")),
        lambda p: Task.objects.filter(Q(owner=p) | Q(made_by=p) | Q(done_by=p)),
        ("group__name", "title", "text", "due_on", "made_at", "done_at"),
    ),
    (
        "meetings",
        _("Meetings that you planned or wrote minutes of."),
        frozenset(f"groups.Meeting.{name}" for name in ("made_by", "minutes_by")),
        lambda p: Meeting.objects.filter(Q(made_by=p) | Q(minutes_by=p)),
        ("group__name", "title", "starts_at", "agenda", "minutes", "minutes_at"),
    ),
    (
        "meeting-answers",
        _("Whether you come to meetings of working groups."),
        frozenset({"groups.MeetingAnswer.person"}),
        lambda p: MeetingAnswer.objects.filter(person=p),
        ("meeting__title", "answer", "answered_at"),
    ),
)  # fmt: skip


def _erase(person: Person) -> None:
    Draft.objects.filter(person=person).delete()
    for member in Member.objects.filter(person=person).now().select_related("group__circle"):
        go(member, Member.Left.HERSELF, tells=False)
    Admission.objects.filter(person=person).delete()
    MeetingAnswer.objects.filter(person=person).delete()
