"""What the magazine and its desk keep about an editor: for her export, and for her erasure."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import (
    Comment,
    ModelLogEntry,
    PageLogEntry,
    PageSubscription,
    TaskState,
    UploadedFile,
)
from wagtail.users.models import UserProfile

from house.magazine.models import Article, Issue, Picture
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

# Kept as "a former member": the magazine goes on, and its history with it.
_STAYS = frozenset(
    {
        "wagtailcore.Revision.user", "wagtailcore.ModelLogEntry.user",
        "wagtailcore.WorkflowState.requested_by",
        "wagtailcore.TaskState.finished_by", "magazine.Picture.uploaded_by_user", "magazine.Plan.changed_by",
        "magazine.Article.locked_by", "magazine.Issue.locked_by",
    }
)  # fmt: skip
# Tables of parts of Wagtail that have no door here: nothing is ever in them.
_EMPTY = frozenset(
    {
        "wagtailcore.Page.owner", "wagtailcore.Page.locked_by", "wagtailcore.PageLogEntry.user",
        "wagtailcore.PageSubscription.user", "wagtailimages.Image.uploaded_by_user",
    }
)  # fmt: skip
_GOES = frozenset(
    {
        "wagtailcore.Comment.user", "wagtailcore.Comment.resolved_by", "wagtailcore.CommentReply.user",
        "wagtailcore.UploadedFile.uploaded_by_user", "wagtailadmin.EditingSession.user",
        "wagtailadmin.FormState.user", "wagtailusers.UserProfile.user",
    }
)  # fmt: skip


def _made(person: Person) -> Section:
    return Section(
        rows_of(ModelLogEntry.objects.filter(user=person), "label", "action", "timestamp")
    )


def _reviews(person: Person) -> Section:
    found = TaskState.objects.filter(Q(finished_by=person) | Q(workflow_state__requested_by=person))
    return Section(rows_of(found, "status", "comment", "started_at", "finished_at"))


def _pictures(person: Person) -> Section:
    return Section(rows_of(Picture.objects.filter(uploaded_by_user=person), "title", "created_at"))


def _unsaved(person: Person) -> Section:
    return Section(rows_of(FormState.objects.filter(user=person), "data", "last_updated_at"))


def _profile(person: Person) -> Section:
    return Section(rows_of(UserProfile.objects.filter(user=person), "theme", "density"))


def _erase(person: Person) -> None:
    for model in (EditingSession, FormState, UserProfile, PageSubscription):
        model.objects.filter(user=person).delete()
    UploadedFile.objects.filter(uploaded_by_user=person).delete()
    Comment.objects.filter(user=person).delete()
    for locked in (Article, Issue):
        locked.objects.filter(locked_by=person).update(locked=False, locked_by=None, locked_at=None)
    PageLogEntry.objects.filter(user=person).update(user=None)


def register() -> None:
    for name, section, told, covers in (
        ("magazine", _made, _("What you did to issues and articles of the magazine."),
         {"wagtailcore.ModelLogEntry.user", "wagtailcore.Revision.user", "magazine.Plan.changed_by",
          "magazine.Article.locked_by", "magazine.Issue.locked_by"}),
        ("magazine-reviews", _reviews, _("Reviews of articles that you asked for or gave."),
         {"wagtailcore.WorkflowState.requested_by", "wagtailcore.TaskState.finished_by"}),
        ("magazine-pictures", _pictures, _("Pictures that you brought into the magazine."),
         {"magazine.Picture.uploaded_by_user"}),
        ("magazine-unsaved", _unsaved, _("What you were writing for the magazine and did not save."), _GOES),
        ("magazine-desk", _profile, _("How the desk of the magazine looks to you."), _EMPTY),
    ):  # fmt: skip
        export.register(name, section, told=told, covers=covers)
    erasure.register(
        "magazine",
        _erase,
        covers=_STAYS | _GOES | _EMPTY,
        goes=_("What you left unsaved at the magazine's desk, and how it looked to you."),
        stays=_("Issues and articles that you worked on, without your name."),
    )
