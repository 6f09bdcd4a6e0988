"""Which articles go out with an issue, and what keeps the others: for the desk, before and after."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from house.magazine import quotes
from house.magazine.lent import taken_back
from house.magazine.models import Article, Issue

# every row in this file: what editors, behind the door of the desk, look after


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an article is. `is_ready`: it goes out with its issue, or is out with it already.

    `is_draft`: an editor may take it along as it is, for nobody was asked to read it and its quotes stand.
    """

    article: Article
    words: str
    is_ready: bool = False
    troubles: tuple[quotes.Looked, ...] = ()
    is_newer: bool = False  # was edited since: what goes out is what was approved
    is_draft: bool = False


def standings(issue: Issue) -> list[Standing]:
    """Every article of the issue, in its order."""
    return [standing(article) for article in Article.objects.filter(issue=issue).in_order()]


def left_out(found: list[Standing]) -> list[Standing]:
    return [each for each in found if not each.is_ready]


def must_ask(issue: Issue) -> bool:
    """Would an article be left out, or none go with it?"""
    found = standings(issue)
    return bool(left_out(found)) or not found


def standing(article: Article) -> Standing:
    goes = article.live_revision if article.live else article.approved
    text: Any = goes.as_object() if goes else article.get_latest_revision_as_object()
    troubles = tuple(quotes.troubles(text))
    is_newer = goes is not None and article.latest_revision_id != goes.pk
    if article.live:
        return Standing(article, _("Out"), True, troubles, is_newer)
    if troubles:
        return Standing(article, _held(troubles), False, troubles, is_newer)
    if goes is not None:
        return Standing(article, _("Approved"), True, (), is_newer)
    return Standing(article, _on_its_way(article), is_draft=_is_draft(article))


def _is_draft(article: Article) -> bool:
    """Neither with a second reader, nor with a time of its own."""
    if article.latest_revision_id is None or article.scheduled_revision is not None:
        return False
    return article.current_workflow_state is None


def _held(troubles: tuple[quotes.Looked, ...]) -> str:
    sorts = {each.sort for each in troubles}
    if "quote" in sorts:
        return _("Held: a quote does not stand")
    if "title" in sorts:
        return _("Held: its title may not be told")
    return _("Held: its cities may not be told")


def step(article: Article) -> str:
    """The same in a word for a long list, where no quote is looked up."""
    if article.live:
        return _("Out")
    return _("Approved") if article.approved_id else _on_its_way(article)


def step_of_issue(issue: Issue) -> str:
    if issue.live:
        return _("Out")
    return _at_its_time(issue) if issue.scheduled_revision else _("Being made")


def asked_for(article: Article) -> Any:
    """The second reader's remark, while changes are asked for."""
    state = article.current_workflow_state
    if state is None or state.status != state.STATUS_NEEDS_CHANGES:
        return None
    return state.current_task_state


def _on_its_way(article: Article) -> str:
    if article.scheduled_revision is not None:
        return _at_its_time(article)
    state = article.current_workflow_state
    if state is None:
        return _("Draft")
    is_back = state.status == state.STATUS_NEEDS_CHANGES
    return _("Changes are asked for") if is_back else _("Waits for a second reader")


def _at_its_time(thing: Article | Issue) -> str:
    when = timezone.localtime(thing.scheduled_revision.approved_go_live_at)
    return _("Goes out on %(when)s") % {"when": date_format(when, "j F Y, H:i")}


def note_what_was_taken_back() -> None:
    """Mark what is out and says words that were taken back; the mark goes when it is mended.

    Editors find it so, however old the issue is. What readers get does not wait for this.
    """
    for article in Article.objects.published().select_related("issue").order_by("pk").iterator():
        gone = taken_back(article)
        is_ended = bool(gone.words or gone.cities or quotes.title_ended(article))
        if is_ended != (article.lent_ended_at is not None):
            since = timezone.now() if is_ended else None
            Article.objects.filter(pk=article.pk).update(lent_ended_at=since)
