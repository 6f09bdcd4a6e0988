"""What the owner says of an entry whose review-by date has come."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.viewer import Viewer
from house.alex.access import stands_for
from house.alex.actions.steps import changed, lock, note_act, stand_until_review
from house.alex.actions.writing import revise_entry
from house.alex.models import Entry, FreshnessAsk, State
from house.ground.errors import Refused
from house.partners import rights

TIME_TO_REVISE = datetime.timedelta(days=30)


@transaction.atomic
def answer_freshness(entry: Entry, answer: str, *, by: Viewer) -> Entry:
    """Still true: a new term begins. Changed: a draft opens, and readers are told until it is published.

    Ended: readers are told, and nobody is asked again. The same answer twice on one day changes nothing.
    """
    allow(by, "answer", lock(entry))
    if answer not in FreshnessAsk.Answer.values:
        raise Refused(_("Say whether it is still true, has changed or has ended."))
    if not entry.is_published:
        raise Refused(_("It is not published."))
    ask = _ask_of(entry, answer)
    if ask is None:
        return entry
    ask.answer = answer
    ask.answered_at = timezone.now()
    ask.answered_by_id = by.person_id
    ask.save(update_fields=["answer", "answered_at", "answered_by"])
    today = timezone.now().date()
    match answer:
        case FreshnessAsk.Answer.STILL_TRUE:
            entry.state = State.PUBLISHED
            stand_until_review(entry)
        case FreshnessAsk.Answer.CHANGED:
            entry.state = State.REVIEW_DUE
            entry.review_by = today + TIME_TO_REVISE
        case FreshnessAsk.Answer.ENDED:
            entry.state = State.PUBLISHED
            entry.review_by = None
            entry.ended_on = today
    entry.save(update_fields=["state", "review_by", "ended_on"])
    changed(entry)
    note_act("alex.answer", entry, by=by, answer=answer)
    # A former member may still say that it changed; only who may write gets the draft.
    may_write = stands_for(by, entry) and rights.decide(by, "alex.write").allowed
    if answer == FreshnessAsk.Answer.CHANGED and may_write:
        revise_entry(entry, by=by)
    return entry


def _ask_of(entry: Entry, answer: str) -> FreshnessAsk | None:
    """The question of the current term, made where the owner answers before she is asked.

    None when she said the same today already: a button that was pressed twice.
    """
    today = timezone.now().date()
    # every row: the questions about one entry that the caller may answer for
    asks = FreshnessAsk.objects.filter(entry=entry)
    last = asks.exclude(answer="").order_by("-answered_at").first()
    if last and last.answered_at and (last.answer, last.answered_at.date()) == (answer, today):
        return None
    ask, _made = asks.get_or_create(entry=entry, due_on=entry.review_by or today)
    return ask
