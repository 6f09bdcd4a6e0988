"""Writing to a colleague through the house: neither is told the other's address unless its owner wants it."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import TooMany
from house.people import tasks
from house.people.models import ContactMessage, Mute, Person

# every row in this file: each action names whose messages it reads

KEPT = timedelta(days=365)  # long enough to trace abuse
DAY = timedelta(days=1)
A_DAY, TO_ONE = 30, 5  # messages of one sender in a day, and to one receiver


@transaction.atomic
def write_to(
    receiver: Person, *, subject: str, text: str, shows_address: bool = False, by: Viewer
) -> ContactMessage:
    """Keep a message and have it mailed after commit.

    A muted sender is not told: her message is kept like any other, and never mailed.

    Raises `Forbidden`, or `TooMany` when the day's number is spent.
    """
    allow(by, "write", receiver)
    _spend(receiver, by)
    is_muted = Mute.objects.filter(person=receiver, muted_id=by.person_id).exists()
    message = ContactMessage.objects.create(
        sender_id=by.person_id,
        receiver=receiver,
        subject=subject,
        text=text,
        shows_address=shows_address,
        is_muted=is_muted,
    )
    if not is_muted:
        transaction.on_commit(partial(tasks.mail_message.enqueue, message.pk))
    return message


def _spend(receiver: Person, by: Viewer) -> None:
    """Counted in the records: a limit on what reaches people must hold across processes and restarts."""
    sent = ContactMessage.objects.filter(
        sender_id=by.person_id, sent_at__gt=timezone.now() - DAY
    ).order_by("sent_at")
    for rows, limit, sentence in (
        (sent.filter(receiver=receiver), TO_ONE, _("That is enough for one day to one person.")),
        (sent, A_DAY, _("That is enough for one day.")),
    ):
        if rows.count() >= limit:
            raise TooMany(
                sentence,
                retry_after=int(DAY.total_seconds()),
                remedy=_("Your words are kept in the form: send them tomorrow."),
            )


@transaction.atomic
def mute(sender: Person, *, by: Viewer) -> None:
    """No more messages from her. Doing it twice changes nothing."""
    Mute.objects.get_or_create(person_id=by.person_id, muted=sender)


@transaction.atomic
def unmute(sender: Person, *, by: Viewer) -> None:
    """What she wrote while muted stays unsent: she was not told, and may have found another way."""
    Mute.objects.filter(person_id=by.person_id, muted=sender).delete()


def forget_old_messages() -> int:
    """Messages older than a year are of no more use to anybody; gives how many went."""
    number, _by_model = ContactMessage.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
    return number
