"""Who sends a letter: a process claims it before, and others take over what a dead one held.

A claim is the name of the process's book. On one machine its lock tells whether it lives; of a
process elsewhere the claim lapses after `LEASE`, far longer than a handful of letters takes.
"""

import datetime
from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from house.notices import book
from house.notices.message_ids import id_of
from house.notices.models import Letter, Mail

# every row in this file: letters are sent for their receivers, whoever looks

LEASE = datetime.timedelta(minutes=45)
State = Letter.State


def claim(name: str, most: int) -> list[Letter]:
    """The most urgent letters whose time has come, now this process's own."""
    now = timezone.now()
    with transaction.atomic():
        waiting = Letter.objects.filter(state=State.WAITING, not_before__lte=now)
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        pks = list(
            waiting.order_by("urgency", "not_before", "pk").values_list("pk", flat=True)[:most]
        )
        if pks:
            Letter.objects.filter(pk__in=pks).update(
                state=State.SENDING, claim=name, claimed_until=now + LEASE
            )
    if not pks:
        return []
    letters = Letter.objects.filter(pk__in=pks).select_related("person")
    return sorted(letters, key=lambda letter: pks.index(letter.pk))


def give_back(letters: Collection[Letter], name: str) -> int:
    """What this process still holds of these, unsent, waits again as if nobody had touched it."""
    pks = [letter.pk for letter in letters]
    held = Letter.objects.filter(pk__in=pks, state=State.SENDING, claim=name)
    return held.update(state=State.WAITING, claim="", claimed_until=None)


def settle_the_dead(own: str) -> int:
    """What processes left behind that were killed while sending. Gives how many letters wait again."""
    claims = set(
        Letter.objects.filter(state=State.SENDING)
        .exclude(claim=own)
        .values_list("claim", flat=True)
    )
    again = 0
    for name in sorted(claims):
        with book.of_the_dead(name) as taken:
            if taken is not None:
                again += _settle(name, taken)
    lapsed = Letter.objects.filter(state=State.SENDING, claimed_until__lt=timezone.now()).exclude(
        claim=own
    )
    return again + lapsed.update(state=State.WAITING, claim="", claimed_until=None)


def _settle(name: str, taken: Collection[str]) -> int:
    now = timezone.now()
    with transaction.atomic():
        left = Letter.objects.filter(state=State.SENDING, claim=name)
        sent = [letter.pk for letter in left if id_of(letter.pk) in taken]
        Letter.objects.filter(pk__in=sent).update(
            state=State.SENT, claim="", claimed_until=None, changed_at=now, tries=F("tries") + 1
        )
        Mail.objects.filter(message_id__in=[id_of(pk) for pk in sent]).update(
            state=Mail.State.SENT, changed_at=now
        )
        return left.update(state=State.WAITING, claim="", claimed_until=None)
