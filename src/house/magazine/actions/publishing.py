"""What follows from publishing and withdrawing: articles go along, the index learns of it, mail goes once."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from house.access import journal
from house.access.viewer import VISITOR
from house.magazine import tasks
from house.magazine.models import Article, Issue
from house.magazine.readiness import standings
from house.magazine.search import KIND
from house.partners import rights
from house.partners.viewing import viewer_for
from house.people.models import Person
from house.retrieval import outbox

# every row in this file: what an editor has just published or taken back


def article_changed(article: Article) -> None:
    """An article that was taken back by itself does not go out with its issue again."""
    if not Article.objects.filter(pk=article.pk, live=True).exists():
        Article.objects.filter(pk=article.pk).update(approved=None)
    outbox.touch(KIND, article.pk)


@transaction.atomic
def issue_changed(issue: Issue, by: Person | None) -> None:
    """Safe to repeat: the edition of an issue is mailed when it first goes out, and never again."""
    issue = Issue.objects.get(pk=issue.pk)  # Wagtail changes another copy of it
    if issue.live:
        _bring(issue)
    else:
        _take_back(issue)
    for pk in Article.objects.filter(issue=issue).values_list("pk", flat=True):
        outbox.touch(KIND, pk)
    _note(issue, by)
    is_first = issue.live and issue.mailed_at is None and not issue.is_demonstration
    if not is_first or not Issue.objects.filter(pk=issue.pk, mailed_at=None).update(
        mailed_at=timezone.now()
    ):
        return
    transaction.on_commit(partial(tasks.mail_edition.enqueue, issue.pk))


def _note(issue: Issue, by: Person | None) -> None:
    went = (
        Article.objects.filter(issue=issue, live=True).order_by("pk").values_list("pk", flat=True)
    )
    facts: dict[str, Any] = {"number": issue.number, "articles": list(went)}
    if issue.live:
        act = "magazine.out"
    elif issue.scheduled_revision is not None:
        act = "magazine.timed"
        facts["at"] = issue.scheduled_revision.approved_go_live_at
    else:
        act = "magazine.back"
    journal.record(act, issue, by=viewer_for(by) if by else VISITOR, facts=facts)


def _bring(issue: Issue) -> None:
    """Its approved articles, but none whose quotes don't stand any more (`Article.publish` judges that)."""
    waiting = Article.objects.filter(issue=issue, live=False, approved__isnull=False)
    for article in waiting.select_related("approved"):
        assert article.approved is not None  # noqa: S101 -- filtered just above
        article.approved.publish(skip_permission_checks=True)


def _take_back(issue: Issue) -> None:
    """They wait as they were read last: publishing the issue again brings exactly these."""
    for article in Article.objects.filter(issue=issue, live=True):
        was = article.live_revision or article.save_revision(log_action=False)
        article.unpublish(log_action=False)
        Article.objects.filter(pk=article.pk).update(approved=was)


@transaction.atomic
def publish_issue(issue: Issue, *, by: Person, along: Collection[int] = ()) -> Issue:
    """Its latest revision, at once or at its time; what isn't ready is left out, knowingly.

    `along` are revisions of drafts that go with it as they are, if nobody has edited them since.
    """
    rights.require(viewer_for(by), "magazine.edit")
    for each in standings(issue):
        if each.is_draft and each.article.latest_revision_id in along:
            each.article.get_latest_revision().publish(user=by)
    revision: Any = issue.get_latest_revision() or issue.save_revision(user=by)
    revision.publish(user=by)
    return Issue.objects.get(pk=issue.pk)
