"""The daily round: ask owners whether their entries still hold, and tell readers where nobody answered."""

import datetime

from django.db import transaction
from django.utils import timezone

from house.access import journal
from house.access.viewer import VISITOR
from house.alex.models import Entry, FreshnessAsk, State
from house.people.models import Person
from house.retrieval import outbox

PATIENCE = datetime.timedelta(days=30)


def open_asks(today: datetime.date | None = None) -> list[FreshnessAsk]:
    """One question for each entry whose date has come, made once a date; those not yet sent."""
    today = today or timezone.now().date()
    # every row: the house itself asks, and shows nobody anything
    for entry in Entry.objects.overdue(today).only("pk", "review_by"):
        FreshnessAsk.objects.get_or_create(entry=entry, due_on=entry.review_by)
    # every row: as above
    return list(
        FreshnessAsk.objects.current().filter(
            sent_at=None, answer="", entry__state__in=["published", "review_due"]
        )
    )


def receiver_of(ask: FreshnessAsk) -> Person | None:
    """Whoever sits in the seat that owns the entry, else its author; nobody who was suspended."""
    entry = ask.entry
    seated = entry.owner_seat.person if entry.owner_seat else None
    for person in (seated, entry.author):
        if person is not None and person.is_active:
            return person
    return None


def let_unanswered_fall_due(now: datetime.datetime | None = None) -> int:
    """Entries whose question stood unanswered for thirty days get their banner. How many there were."""
    before = (now or timezone.now()) - PATIENCE
    # every row: the house itself judges by a date
    unanswered = FreshnessAsk.objects.current().filter(answer="", asked_at__lte=before)
    # every row: as above
    silent = Entry.objects.filter(state=State.PUBLISHED, pk__in=unanswered.values("entry"))
    count = 0
    for entry in silent:
        with transaction.atomic():
            # every row: as above; a second worker finds nothing left to do
            fell = Entry.objects.filter(pk=entry.pk, state=State.PUBLISHED).update(
                state=State.REVIEW_DUE
            )
            if fell:
                outbox.touch("entry", entry.pk)
                journal.record("alex.fall_due", entry, by=VISITOR)
        count += fell
    return count
