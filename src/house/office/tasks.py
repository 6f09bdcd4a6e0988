import logging

from django.core.cache import caches
from django.core.management import call_command
from django.utils import timezone

from house.access import chain
from house.ground.tasks import task
from house.office import emails
from house.office.models import Reveal
from house.people.models import Person

# every row in this file: a task works for whom it was enqueued, and judges nothing

log = logging.getLogger(__name__)
VERIFIED = "journal:verified"
MONDAY = 0
DONE_DAYS, FAILED_DAYS = 3, 30


@task
def mail_sign_in_help(person_id: int) -> None:
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person:
        emails.sign_in_help_mail(person).send()


@task
def mail_reveal(reveal_id: int) -> None:
    reveal = Reveal.objects.with_things().select_related("author").filter(pk=reveal_id).first()
    if reveal:
        emails.reveal_mail(reveal).send()


@task
def verify_journal() -> None:
    """Walk the whole chain, remember the answer for the desk, and mail the head to the office on Mondays."""
    verdict = chain.verify(noted=noted_head())
    note_verdict(verdict)
    if not verdict.is_whole:
        log.error("The journal is broken at row %s: %s", verdict.broken, verdict.why)
    if verdict.is_whole and timezone.now().weekday() != MONDAY:
        return
    for person in Person.objects.filter(is_office=True, is_active=True):
        emails.head_mail(person, str(verdict.head), verdict.is_whole).send()


def noted_head() -> chain.Head | None:
    """The head that the last walk found whole: kept in the cache, apart from the records."""
    kept = caches["default"].get(VERIFIED)
    return chain.Head.of(kept["head"]) if kept and kept["head"] and kept["is_whole"] else None


def note_verdict(verdict: chain.Verdict) -> None:
    kept = {
        "at": timezone.now(),
        "is_whole": verdict.is_whole,
        "broken": verdict.broken,
        "why": verdict.why,
        "head": str(verdict.head) if verdict.head.number else "",
    }
    caches["default"].set(VERIFIED, kept, timeout=None)


@task
def forget_finished_work() -> None:
    """The clock alone adds more than ten thousand rows a day. Failures stay for the desk to read."""
    call_command(
        "prune_db_task_results", queue_name="*", min_age_days=DONE_DAYS,
        failed_min_age_days=FAILED_DAYS, verbosity=0,
    )  # fmt: skip


DAILY = (verify_journal, forget_finished_work)
