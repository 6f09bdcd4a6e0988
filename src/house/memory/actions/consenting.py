from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.candour import Candour
from house.access.journal import record
from house.access.viewer import VISITOR, Viewer
from house.ground.errors import Forbidden, Refused
from house.ground.text import clean, one_line
from house.memory.actions.settling import go_on, is_as_hidden, lock
from house.memory.models import Consent, NeverAsk, Offer, OfferedSpan
from house.partners.anonymity import hides

# every row in this file: a person's own answers and words, of which she alone decides


@transaction.atomic
def give_consent(
    consent: Consent,
    *,
    by: Viewer,
    texts: Mapping[str, str] | None = None,
    candour: str | None = None,
    described_as: str = "",
) -> Consent:
    """Agree, with her own wording (`texts`: code of a span → words; emptied ones are left out).

    She may be named as she was where it was said, or less; never more openly, for readers come from
    one page to the other.
    """
    offer = _open_offer(consent, by)
    candour = candour or consent.candour_there
    if candour not in Candour.values or not is_as_hidden(candour, consent.candour_there):
        raise Refused(
            _("Where it was said you are named less openly than that."),
            remedy=_("Choose the same or less: readers come from one page to the other."),
        )
    described_as = one_line(described_as or consent.described_as)[:120]
    if candour == Candour.DESCRIBED and (problem := hides(described_as)):
        raise Refused(problem)
    _edit(offer, by, texts or {})
    consent.candour, consent.described_as = candour, described_as
    _answer(consent, Consent.Answer.GIVEN)
    go_on(offer)
    return consent


@transaction.atomic
def refuse_consent(consent: Consent, *, by: Viewer, never: bool = False) -> Consent:
    """Her words are left out and she is not named, also after she agreed, until it is published.

    `never` says that she does not want to be asked again: what waits for her is answered so too.
    """
    offer = _open_offer(consent, by)
    _answer(consent, Consent.Answer.LEFT_OUT)
    go_on(offer)
    if never:
        NeverAsk.objects.get_or_create(person_id=consent.person_id)
        waiting = Consent.objects.filter(
            person=consent.person_id, answer=Consent.Answer.WAITING
        ).select_related("offer")
        for other in waiting.order_by("pk"):
            refuse_consent(other, by=by)
    return consent


@transaction.atomic
def ask_again(*, by: Viewer) -> None:
    """She may be asked again from now on. What was left out meanwhile stays out."""
    NeverAsk.objects.filter(person=by.person_id).delete()


def _open_offer(consent: Consent, by: Viewer) -> Offer:
    if by.person_id is None or consent.person_id != by.person_id:
        raise Forbidden(_("Only the person who was asked can answer."))
    offer = lock(consent.offer)
    if not offer.is_open:
        raise Refused(
            _("It is settled already."),
            remedy=_(
                "If words of yours stand in a published entry, ask a curator to take them out."
            ),
        )
    consent.refresh_from_db()
    return offer


def _edit(offer: Offer, by: Viewer, texts: Mapping[str, str]) -> None:
    own = OfferedSpan.objects.filter(offer=offer, author=by.person_id, code__in=list(texts))
    for span in own:
        span.text = clean(texts[span.code]).strip()
        span.save(update_fields=["text"])


def _answer(consent: Consent, answer: str) -> None:
    consent.answer, consent.answered_at = answer, timezone.now()
    consent.save(update_fields=["answer", "answered_at", "candour", "described_as"])
    # Nobody reads in the journal what a person answered to whom: it keeps that somebody did.
    record("memory.answer", consent.offer, by=VISITOR)
