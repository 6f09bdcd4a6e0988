import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.candour import Candour
from house.access.doors import allow
from house.access.journal import record
from house.access.viewer import VISITOR, Viewer
from house.ground.errors import Forbidden, Refused
from house.ground.text import clean, one_line, shorten
from house.memory.actions.settling import forget_words, go_on, lock
from house.memory.models import Consent, Helper, NeverAsk, Offer, OfferedSpan
from house.memory.offers import Offered, lexicon, source_of
from house.notices import letters
from house.people.models import Person

# every row in this file: what is offered was fetched through its own door by the room that offers it

# So long those whose words it uses have time; after that, silence means no.
TERM = datetime.timedelta(days=14)
LONGEST = 20_000


@transaction.atomic
def offer(
    source_kind: str,
    thing: Model,
    offered: Offered,
    *,
    by: Viewer,
    key: str,
    consenting: bool = True,
) -> Offer:
    """Offer to ALEX what was said: ask everybody whose words it uses, then hand over what they agree to.

    The same `key` offers once. Whoever offers by hand has read her own words and agrees to them;
    `consenting` is False where the house proposes by itself. The room has checked that its viewer
    may do this to the thing.
    """
    if by.person_id is None or not (by.can("alex.write") or by.can("alex.review")):
        raise Forbidden(
            _("Only partner cities and the foundation's curators add to ALEX."),
            remedy=_("Ask your city's coordinator what your level includes."),
        )
    source_of(source_kind)  # a kind that nobody registered could never be opened
    told = Offer.objects.filter(key=key).first()
    if told is not None:
        return told
    made = Offer.objects.create(
        key=key,
        source=source_kind,
        thing=thing.pk,
        template=offered.template,
        content=_content(offered.content),
        cues=list(offered.cues),
        author_id=offered.author,
        speaks_for_somebody=offered.author is not None,
        offered_by_id=by.person_id,
        answers_until=timezone.now() + TERM,
    )
    _keep_spans(made, offered)
    _ask(made, offered, by if consenting else VISITOR)
    # Of who offers it keeps the side: the journal must not tell who asked under a seal.
    staff = by.can("alex.review")
    record("memory.offer", made, by=by if staff else VISITOR, facts={"source": source_kind})
    return go_on(made)


@transaction.atomic
def withdraw_offer(offer: Offer, *, by: Viewer) -> Offer:
    """Take the whole back, until it is published. Doing it twice changes nothing."""
    allow(by, "withdraw", lock(offer))
    if not offer.is_open:
        if offer.state == Offer.State.PUBLISHED:
            raise Refused(
                _("It is published already."),
                remedy=_("Ask a curator to withdraw the entry, and say why."),
            )
        return offer
    if offer.entry is not None:
        lexicon().let_go(offer.entry)
    offer.state, offer.entry = Offer.State.WITHDRAWN, None
    offer.settled_at = timezone.now()
    offer.save(update_fields=["state", "entry", "settled_at"])
    forget_words(offer)
    record("memory.withdraw", offer, by=VISITOR)
    return offer


def _content(content: Mapping[str, Any]) -> dict[str, Any]:
    """Plain JSON with cleaned lines; the lexicon judges the rest."""
    return {
        key: clean(value) if isinstance(value, str) else value for key, value in content.items()
    }


def _keep_spans(offer: Offer, offered: Offered) -> None:
    OfferedSpan.objects.bulk_create(
        OfferedSpan(
            offer=offer,
            author_id=span.author,
            needs_consent=span.author is not None,
            position=position,
            field=span.field,
            said=(said := clean(span.text).strip()[:LONGEST]),
            text=said,
            source=span.kind,
            thing=span.thing,
            url=span.url,
        )
        for position, span in enumerate(offered.spans)
        if span.text.strip()
    )


def _ask(offer: Offer, offered: Offered, by: Viewer) -> None:
    """A question to each whose words or whose name it would use; her own to whoever offers it by hand."""
    persons = {span.author for span in offered.spans} | set(offered.helpers)
    persons |= {cue.get("author") for cue in offered.cues} | {offered.author}
    asked = Person.objects.filter(
        pk__in=[pk for pk in persons if pk is not None], erased_at__isnull=True
    ).order_by("pk")
    never = set(NeverAsk.objects.filter(person__in=asked).values_list("person", flat=True))
    for person in asked:
        there = offered.candours.get(person.pk, Candour.SEALED.value)
        consent = Consent(
            offer=offer,
            person=person,
            candour_there=there,
            candour=there,
            described_as=one_line(offered.descriptions.get(person.pk, ""))[:120],
        )
        if person.pk == by.person_id:
            consent.answer, consent.answered_at = Consent.Answer.GIVEN, timezone.now()
        elif person.pk in never:
            consent.answer = Consent.Answer.LEFT_OUT
        consent.save()
        if consent.answer == Consent.Answer.WAITING:
            letters.post("memory.consent", consent, person.pk, key=f"memory.consent:{consent.code}")
    known = {person.pk for person in asked}
    Helper.objects.bulk_create(
        Helper(offer=offer, person_id=person, what=shorten(what, 200))
        for person, what in offered.helpers.items()
        if person in known
    )
