"""Mails at once: what waits for a mail of its own becomes one letter a thread, at a good hour.

Nobody gets more than `MOST` such mails within an hour: what is more goes to her next digest, which
says so.
"""

import datetime
from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from house.notices import rhythms
from house.notices.mails import TOLD
from house.notices.models import Due, Letter, Notice, Rhythm, Urgency

# every row in this file: what a mail says is asked of the rooms' doors when it is built

MOST = 10
HOUR = datetime.timedelta(hours=1)


def gather(now: datetime.datetime | None = None) -> int:
    """Gives how many letters were made."""
    now = now or timezone.now()
    waiting = Notice.objects.filter(due=Due.AT_ONCE).order_by().values("person").distinct()
    reachable = Rhythm.objects.filter(person__in=waiting, person__is_active=True)
    return sum(
        _gather_for(rhythm.person_id, now)
        for rhythm in reachable.order_by("pk").iterator()
        if rhythms.may_mail(rhythm, now)
    )


@transaction.atomic
def _gather_for(person: int, now: datetime.datetime) -> int:
    notices = Notice.objects.filter(person=person, due=Due.AT_ONCE, read_at__isnull=True)
    threads = defaultdict(list)
    for notice in notices.select_related("happening").order_by("pk"):
        happening = notice.happening
        threads[happening.thread or f"{happening.kind}:{happening.thing}"].append(notice.pk)
    recent = Letter.objects.filter(person=person, kind=TOLD, posted_at__gt=now - HOUR).count()
    made = 0
    for pks in threads.values():
        mine = Notice.objects.filter(pk__in=pks, due=Due.AT_ONCE)
        if recent + made >= MOST:
            mine.update(due=Due.DIGEST, is_folded=True)
            continue
        letter, is_new = Letter.objects.get_or_create(
            key=f"told:{pks[0]}",
            defaults={
                "kind": TOLD, "thing": pks[0], "person_id": person, "urgency": Urgency.NOTICE,
                "posted_at": now, "not_before": now,
            },
        )  # fmt: skip
        if is_new:
            mine.update(due=Due.NOTHING, letter=letter)
            made += 1
    return made
