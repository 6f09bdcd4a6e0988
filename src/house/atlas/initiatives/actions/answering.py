"""What an initiative answers to "still true?", behind the secret link of its letter."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import VISITOR, Viewer
from house.atlas.initiatives import asking
from house.atlas.initiatives.actions.curating import clear_contact
from house.atlas.initiatives.models import Answer, Ask, State
from house.atlas.initiatives.search import KIND
from house.ground.errors import Refused
from house.ground.text import clean
from house.partners import rights
from house.retrieval import outbox

# every row in this file: whoever holds the secret answers for that one initiative


@transaction.atomic
def answer(ask: Ask, said: Answer, words: str = "", *, keeps_contact: bool = True) -> Ask:
    """What the initiative says of itself. It may answer again while its link is good.

    Raises `Refused` where that ended, or a curator took the place off the map, since the page was asked for.
    """
    held = asking.good().select_for_update().select_related("initiative").filter(pk=ask.pk).first()
    if held is None or not asking.is_bound(held):
        raise Refused(_("This link is no longer good"))
    ask, initiative, now = held, held.initiative, timezone.now()
    ask.answer, ask.words, ask.answered_at = said, clean(words).strip()[:2000], now
    ask.dealt_at = None
    ask.save(update_fields=["answer", "words", "answered_at", "dealt_at"])
    if said == Answer.GONE:
        initiative.state = State.GONE
    else:
        initiative.state = State.SHOWN
        initiative.confirmed_on = now.date()
    initiative.changed_at = now
    initiative.save(update_fields=["state", "confirmed_on", "changed_at"])
    if not keeps_contact or said == Answer.GONE:
        clear_contact(initiative)
        # The address went on its own word, and so its link stays.
        ask.sent_to = asking.bound(ask.digest, initiative.email)
        ask.save(update_fields=["sent_to"])
    outbox.touch(KIND, initiative.pk)
    journal.record("initiatives.answer", initiative, by=VISITOR, facts={"answer": str(said)})
    return ask


@transaction.atomic
def deal_with(ask: Ask, *, by: Viewer) -> None:
    """A curator has put right what the initiative said."""
    rights.require(by, "atlas.curate")
    Ask.objects.filter(pk=ask.pk, dealt_at=None).update(dealt_at=timezone.now())
