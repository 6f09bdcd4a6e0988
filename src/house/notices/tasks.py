import datetime
import smtplib

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from house.ground.tasks import task
from house.notices import book, rounds, spool
from house.notices.intake import rounds as intake_rounds
from house.notices.models import Due, Letter, Mail, Notice
from house.notices.transport import failure_of, reason_to_withhold, suppress

# every row in this file: mail is sent and forgotten, whoever looks

RETRY_AFTER = datetime.timedelta(minutes=5)
KEPT = datetime.timedelta(days=90)
WEEK = datetime.timedelta(days=7)


@task
def send_again(name: str) -> None:
    """The second and last try of a message that a server would not take. Its receiver is judged anew."""
    waiting = spool.take(name)
    if waiting is None:
        return
    message, takes = waiting
    state, error = Mail.State.SENT, ""
    failure = None
    if why := reason_to_withhold(message.recipients(), takes):
        state, error = Mail.State.WITHHELD, why
    else:
        try:
            get_connection(settings.MAIL_CARRIER).send_messages([message])
        except (OSError, smtplib.SMTPException) as problem:
            failure = failure_of(problem)
            state, error = Mail.State.REFUSED, failure.told
    message_id = message.extra_headers["Message-ID"].strip("<>")
    mails = Mail.objects.filter(message_id=message_id)
    mails.update(state=state, error=error[:300], tries=2, changed_at=timezone.now())
    if failure and failure.is_address:
        for mail in mails:
            suppress(mail, failure.told)


@task
def forget_old_mail() -> None:
    """That a mail was sent is known for ninety days."""
    Mail.objects.filter(at__lt=timezone.now() - KEPT).delete()


@task
def go_round() -> None:
    """Who is told, what is due, and off it goes. Each row is taken once, however many rounds run."""
    rounds.go()


@task
def forget_old_letters() -> None:
    """Letters that were sent long ago, and the books of processes that ended."""
    before = timezone.now() - KEPT
    done = Letter.objects.exclude(state__in=[Letter.State.WAITING, Letter.State.SENDING])
    done.filter(changed_at__lt=before).delete()
    Notice.objects.filter(read_at__lt=timezone.now() - WEEK).update(due=Due.NOTHING)
    book.forget_old()


@task
def take_mail_in() -> None:
    """What came by mail since the last minute."""
    intake_rounds.go()


@task
def forget_old_replies() -> None:
    """What waited sixty days for its sender, old reply addresses, and that mails came in."""
    intake_rounds.forget_old()


DAILY = (forget_old_mail, forget_old_letters, forget_old_replies)
MINUTELY = (go_round, take_mail_in)
