"""What becomes of an offer: it goes to the lexicon once all have answered, and is told when published."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from house.access.audience import Audience
from house.access.candour import Candour, names_city
from house.access.journal import record
from house.access.viewer import VISITOR, Viewer
from house.memory.models import Consent, Helper, Offer, OfferedSpan
from house.memory.offers import Agreed, Part, lexicon
from house.notices import happenings
from house.notices.happenings import Reason

# every row in this file: an offer is settled whoever looks; what is shown of it has its own doors

_OPENNESS = {Candour.SEALED: 0, Candour.DESCRIBED: 1, Candour.CITY: 2, Candour.PERSON: 3}


def lock(offer: Offer) -> Offer:
    """The same object as it stands now, held until the transaction ends."""
    offer.refresh_from_db(from_queryset=Offer.objects.select_for_update(of=("self",)))
    return offer


def is_as_hidden(candour: str, than: str) -> bool:
    """Does the first tell no more than the second?"""
    return _OPENNESS[Candour(candour)] <= _OPENNESS[Candour(than)]


def go_on(offer: Offer) -> Offer:
    """Hand over once nobody has to answer any more; bring the draft up to date after that."""
    if not offer.is_open:
        return offer
    waits = Consent.objects.filter(offer=offer, answer=Consent.Answer.WAITING).exists()
    if offer.state == Offer.State.ASKING and waits:
        return offer
    agreed = agreed_to(offer)
    if agreed is None:
        return _nothing_left(offer)
    offer.entry = lexicon().take(agreed)
    if offer.state == Offer.State.ASKING:
        offer.state = Offer.State.TAKEN
        record("memory.hand_over", offer, by=VISITOR, facts={"parts": len(agreed.parts)})
    offer.save(update_fields=["entry", "state"])
    return offer


def agreed_to(offer: Offer) -> Agreed | None:
    """What may be used now; None when nothing of what was said is left."""
    given = _given(offer)
    spans = list(OfferedSpan.objects.filter(offer=offer))
    kept = [span for span in kept_spans(offer) if span.text.strip()]
    cues = [cue for cue in offer.cues if cue.get("author") is None or cue["author"] in given]
    of_somebody = any(span.needs_consent for span in spans) or offer.cues
    if of_somebody and not cues and not any(span.needs_consent for span in kept):
        return None
    return Agreed(
        code=offer.code,
        template=offer.template,
        content=_content(offer, given),
        parts=[Part(span.field, span.text, span.source, span.thing, span.url) for span in kept],
        cues=[{key: each for key, each in cue.items() if key != "author"} for cue in cues],
        author=offer.author_id if offer.author_id in given else None,
    )


def kept_spans(offer: Offer) -> QuerySet[OfferedSpan]:
    """Those whose authors agreed, and those that need nobody's consent."""
    return OfferedSpan.objects.filter(offer=offer).filter(
        Q(needs_consent=False) | Q(author__in=list(_given(offer)))
    )


def _given(offer: Offer) -> dict[int, Consent]:
    rows = Consent.objects.filter(offer=offer, answer=Consent.Answer.GIVEN)
    return {row.person_id: row for row in rows}


def _content(offer: Offer, given: dict[int, Consent]) -> dict[str, object]:
    """With the candour that the author of the whole chose; sealed where it speaks for nobody."""
    content = dict(offer.content)
    if not offer.speaks_for_somebody:
        return content
    consent = given.get(offer.author_id or 0)
    if consent is None:
        content |= {"candour": Candour.SEALED.value, "described_as": "", "owner_role": ""}
        if content.get("audience") != Audience.CITY:
            content["city"] = ""
        return content
    if is_as_hidden(consent.candour, str(content.get("candour") or Candour.SEALED)):
        content["candour"] = consent.candour
        if consent.candour == Candour.DESCRIBED:
            content["described_as"] = consent.described_as
    hides = not names_city(str(content.get("candour") or Candour.SEALED))
    if hides and content.get("audience") != Audience.CITY:
        content["city"] = ""  # curators edit the draft: not even they are told
    return content


def _nothing_left(offer: Offer) -> Offer:
    if offer.entry is not None:
        lexicon().let_go(offer.entry)
    offer.state, offer.entry, offer.settled_at = Offer.State.EMPTY, None, timezone.now()
    offer.save(update_fields=["state", "entry", "settled_at"])
    forget_words(offer)
    record("memory.nothing_left", offer, by=VISITOR)
    return offer


def forget_words(offer: Offer) -> None:
    """Once it is settled, words that nobody agreed to are not kept here either."""
    kept = set(kept_spans(offer).values_list("pk", flat=True))
    if offer.state != Offer.State.PUBLISHED:
        kept = set()
    OfferedSpan.objects.filter(offer=offer).exclude(pk__in=kept).delete()
    Offer.objects.filter(pk=offer.pk).update(cues=[])
    offer.cues = []


@transaction.atomic
def close_unanswered() -> int:
    """What nobody answered in time is left out, and the rest goes on; gives how many offers went on."""
    due = list(Offer.objects.asking().filter(answers_until__lte=timezone.now()).order_by("pk"))
    for one in due:
        offer = lock(one)
        Consent.objects.filter(offer=offer, answer=Consent.Answer.WAITING).update(
            answer=Consent.Answer.SILENT
        )
        go_on(offer)
    return len(due)


@transaction.atomic
def mark_published(key: int, *, by: Viewer) -> Offer | None:
    """The lexicon published this entry: everybody who helped with it is told, once."""
    offer = (
        Offer.objects.select_for_update(of=("self",))
        .filter(entry=key, state=Offer.State.TAKEN)
        .first()
    )
    if offer is None:
        return None
    offer.state, offer.settled_at = Offer.State.PUBLISHED, timezone.now()
    offer.save(update_fields=["state", "settled_at"])
    forget_words(offer)
    out = Consent.objects.filter(offer=offer, answer=Consent.Answer.LEFT_OUT)
    left_out = set(out.values_list("person", flat=True))
    helped = set(Helper.objects.filter(offer=offer).values_list("person", flat=True))
    helped |= set(_given(offer))
    to: dict[int, str] = dict.fromkeys(helped - left_out, Reason.HELPED)
    if offer.offered_by_id is not None:
        to[offer.offered_by_id] = Reason.OWN
    happenings.tell("memory.published", offer, key=f"memory.published:{offer.code}", by=by, to=to)
    return offer


@transaction.atomic
def let_go_of(key: int) -> None:
    """The lexicon threw the draft away: what was offered is settled without it."""
    offers = Offer.objects.select_for_update(of=("self",)).filter(entry=key)
    for offer in offers.filter(state=Offer.State.TAKEN):
        offer.state, offer.entry = Offer.State.WITHDRAWN, None
        offer.settled_at = timezone.now()
        offer.save(update_fields=["state", "entry", "settled_at"])
        forget_words(offer)
