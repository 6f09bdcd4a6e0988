"""What follows from publishing: the index learns of it, and subscribers get the mail edition once."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from house.magazine import tasks
from house.magazine.models import Article, Issue
from house.magazine.search import KIND
from house.retrieval import outbox

# every row in this file: what an editor has just published or taken back


def article_changed(article: Article) -> None:
    outbox.touch(KIND, article.pk)


@transaction.atomic
def went_out(issue: Issue) -> None:
    """Safe to repeat: the edition of an issue is mailed when it first goes out, and never again."""
    issue = Issue.objects.get(pk=issue.pk)  # Wagtail changes another copy of it
    for pk in Article.objects.filter(issue=issue).values_list("pk", flat=True):
        outbox.touch(KIND, pk)
    is_first = issue.live and issue.mailed_at is None and not issue.is_demonstration
    if not is_first or not Issue.objects.filter(pk=issue.pk, mailed_at=None).update(
        mailed_at=timezone.now()
    ):
        return
    transaction.on_commit(partial(tasks.mail_edition.enqueue, issue.pk))
