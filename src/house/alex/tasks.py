from django.db import transaction
from django.utils import timezone

from house.alex import emails, freshness
from house.alex.models import FreshnessAsk
from house.ground.tasks import task
from house.partners.viewing import viewer_for


@task()
def ask_about_freshness() -> None:
    """Once a day: a mail for each entry that came due, a banner where nobody answered."""
    freshness.let_unanswered_fall_due()
    for ask in freshness.open_asks():
        send_freshness_mail.enqueue(ask.pk)


@task()
def send_freshness_mail(ask_pk: int) -> None:
    """One mail a question, however often this runs: the row is marked first and unmarked on failure."""
    with transaction.atomic():
        # every row: a question is shown to nobody but the receiver of its mail
        ask = (
            FreshnessAsk.objects.select_for_update(of=("self",))
            .select_related("entry__owner_seat__person", "entry__author")
            .filter(pk=ask_pk, sent_at=None, answer="")
            .first()
        )
        if ask is None:
            return
        person = freshness.receiver_of(ask)
        # Whoever receives a mail is its viewer, at the moment of sending.
        if person is None or not emails.may_be_told(ask, viewer_for(person)):
            return
        ask.sent_to = person
        ask.sent_at = timezone.now()
        ask.save(update_fields=["sent_to", "sent_at"])
        emails.freshness_mail(ask, person).send()


# What the worker's clock starts each day.
DAILY = (ask_about_freshness,)
