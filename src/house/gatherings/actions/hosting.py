"""Offering to host, talking about it, deciding on it, and the tasks that follow."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.gatherings.access import runs
from house.gatherings.actions.events import create_event
from house.gatherings.hosting import checklist
from house.gatherings.market import following
from house.gatherings.models import Audience, Event, Mode, Organiser
from house.gatherings.models.hosting import (
    HostingMessage,
    HostingOffer,
    HostingTask,
    OfferState,
    Side,
)
from house.ground.errors import Forbidden, Refused
from house.ground.text import clean, one_line
from house.notices import letters
from house.partners import ledger, rights
from house.partners.models import Benefit, Seat
from house.people.models import Person
from house.vocabulary.models import City, Topic

FIELDS = (
    "kind", "title", "about", "languages", "starts_on", "ends_on", "dates_note", "mode", "place",
    "capacity", "access", "budget", "in_kind", "partners", "suggestion",
)  # fmt: skip
BENEFIT = "hosting-slot"
_LINES = frozenset({"title", "dates_note", "place"})


@transaction.atomic
def offer_to_host(
    city: City, *, by: Viewer, copied_from: HostingOffer | None = None, **facts: Any
) -> HostingOffer:
    """The city offers; a unit of its hosting slots is held until the offer is decided.

    Raises `Forbidden`, or `NoneLeft` where the period has no slot left.
    """
    rights.require(by, "gatherings.host")
    if city.pk not in by.city_ids:
        raise Forbidden(
            _("You can offer for your own city only."), remedy=_("Ask a colleague of that city.")
        )
    offer = HostingOffer(city=city, made_by_id=by.person_id, copied_from=copied_from)
    _fill(offer, facts)
    offer.hold = ledger.hold(
        city, _benefit(), key=f"hosting:{offer.code}", by=by, what_for=_what_for(offer)
    )
    offer.save(force_insert=True)
    _tell_office(offer, "gatherings.hosting_offered", offer, by=by, key=offer.code)
    _note("offer", offer, by=by)
    return offer


@transaction.atomic
def edit_offer(offer: HostingOffer, *, by: Viewer, **facts: Any) -> HostingOffer:
    """Change what the city offers, while it is open. An offer that more was asked of waits again."""
    lock(offer)
    allow(by, "edit", offer)
    before = {name: getattr(offer, name) for name in FIELDS}
    _fill(offer, facts)
    differing = [name for name in FIELDS if getattr(offer, name) != before[name]]
    if not differing:
        return offer
    if offer.state == OfferState.ASKED:
        offer.state = OfferState.WAITING
    offer.changed_at = timezone.now()
    offer.save()
    _tell_office(
        offer, "gatherings.hosting_changed", offer, by=by, key=f"{offer.changed_at.timestamp()}"
    )
    _note("change-offer", offer, by=by, changed=differing)
    return offer


@transaction.atomic
def say(offer: HostingOffer, text: str, *, by: Viewer) -> HostingMessage:
    """A word in the talk; the other side is told by mail, and colleagues of one's own side too."""
    allow(by, "talk", offer)
    text = clean(text).strip()
    if not text:
        raise Refused(_("There is nothing in the message."))
    side = Side.CITY if offer.city_id in by.city_ids else Side.OFFICE
    said = HostingMessage.objects.create(
        offer=offer, side=side, author_id=by.person_id, text=text[:5000]
    )
    key = f"{said.pk}"
    _tell_office(offer, "gatherings.hosting_said", said, by=by, key=key)
    _tell_city(offer, "gatherings.hosting_said", said, by=by, key=key)
    return said


@transaction.atomic
def ask_for_more(offer: HostingOffer, reason: str, *, by: Viewer) -> HostingOffer:
    """The office needs to know more before it decides; the slot stays held."""
    lock(offer)
    allow(by, "decide", offer)
    reason = _reason(reason)
    offer.state, offer.reason, offer.changed_at = OfferState.ASKED, reason, timezone.now()
    offer.save(update_fields=["state", "reason", "changed_at"])
    said = HostingMessage.objects.create(
        offer=offer, side=Side.OFFICE, author_id=by.person_id, text=reason
    )
    _tell_city(offer, "gatherings.hosting_said", said, by=by, key=f"{said.pk}")
    _note("ask-more", offer, by=by, reason=reason)
    return offer


@transaction.atomic
def decline_offer(offer: HostingOffer, reason: str, *, by: Viewer) -> HostingOffer:
    """Say no, and why; the slot goes back to the city. Declining twice changes nothing."""
    lock(offer)
    if offer.state == OfferState.DECLINED and runs(by):
        return offer
    allow(by, "decide", offer)
    reason = _reason(reason)
    _close(offer, OfferState.DECLINED, reason, by=by)
    if offer.hold is not None:
        ledger.release(offer.hold, key=f"hosting:{offer.code}:back", by=by, reason=reason[:300])
    _tell_city(offer, "gatherings.hosting_decided", offer, by=by, key=f"{offer.code}:declined")
    return offer


@transaction.atomic
def withdraw_offer(offer: HostingOffer, reason: str, *, by: Viewer) -> HostingOffer:
    """The city takes its offer back; the slot is free again. Withdrawing twice changes nothing."""
    lock(offer)
    if offer.state == OfferState.WITHDRAWN and offer.city_id in by.city_ids:
        return offer
    allow(by, "withdraw", offer)
    reason = one_line(reason)[:300] or _("Withdrawn by the city")
    _close(offer, OfferState.WITHDRAWN, reason, by=by)
    if offer.hold is not None:
        ledger.release(offer.hold, key=f"hosting:{offer.code}:back", by=by, reason=reason)
    _tell_office(offer, "gatherings.hosting_decided", offer, by=by, key=f"{offer.code}:withdrawn")
    return offer


@transaction.atomic
def accept_offer_to_host(
    offer: HostingOffer,
    reason: str,
    *,
    by: Viewer,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    topics: Iterable[Topic] = (),
) -> HostingOffer:
    """Say yes: the slot is used, a draft event stands with the city as its host, the tasks begin.

    Accepting twice gives the event of the first time.
    """
    lock(offer)
    if offer.state == OfferState.ACCEPTED and runs(by):
        return offer
    allow(by, "decide", offer)
    offer.event = _event_of(offer, starts_at, ends_at, topics, by=by)
    if offer.hold is not None:
        ledger.use(offer.hold, key=f"hosting:{offer.code}:used", by=by, reason=_what_for(offer))
    _close(offer, OfferState.ACCEPTED, one_line(reason)[:1000], by=by)
    _begin_tasks(offer, starts_at.astimezone(offer.event.tz).date())
    if offer.suggestion is not None:
        following.plan(offer.suggestion, offer.event, by=by)
    _tell_city(offer, "gatherings.hosting_decided", offer, by=by, key=f"{offer.code}:accepted")
    return offer


@transaction.atomic
def call_off(offer: HostingOffer, reason: str, *, by: Viewer) -> HostingOffer:
    """What was accepted does not happen: the city gets its slot back. The event is cancelled apart."""
    lock(offer)
    if offer.state == OfferState.CALLED_OFF and runs(by):
        return offer
    allow(by, "call_off", offer)
    reason = _reason(reason)
    _close(offer, OfferState.CALLED_OFF, reason, by=by)
    if offer.hold is not None:
        ledger.refund(offer.hold, key=f"hosting:{offer.code}:refund", by=by, reason=reason[:300])
    if offer.event is not None:
        following.open_again(offer.event, by=by)
    _tell_city(offer, "gatherings.hosting_decided", offer, by=by, key=f"{offer.code}:called-off")
    return offer


def lock(offer: HostingOffer) -> HostingOffer:
    """The same object as it stands now, held until the transaction ends."""
    # every row: the caller fetched it through its door
    offer.refresh_from_db(from_queryset=HostingOffer.objects.select_for_update(of=("self",)))
    return offer


def _fill(offer: HostingOffer, facts: dict[str, Any]) -> None:
    if unknown := facts.keys() - set(FIELDS):
        raise TypeError(f"An offer has no {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        tidy = one_line if name in _LINES else clean
        setattr(offer, name, tidy(value).strip() if isinstance(value, str) else value)
    if offer.ends_on < offer.starts_on:
        raise Refused(_("The last day lies before the first."))


def _close(offer: HostingOffer, state: str, reason: str, *, by: Viewer) -> None:
    offer.state, offer.reason = state, reason
    offer.decided_by_id = by.person_id
    offer.decided_at = offer.changed_at = timezone.now()
    offer.save(update_fields=["state", "reason", "decided_by", "decided_at", "changed_at", "event"])
    _note(state.replace("_", "-"), offer, by=by, reason=reason)


def _event_of(
    offer: HostingOffer,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    topics: Iterable[Topic],
    *,
    by: Viewer,
) -> Event:
    on_site = offer.mode != Mode.ONLINE
    event = create_event(
        by=by,
        topics=[topic.pk for topic in topics],
        kind=offer.kind,
        title=offer.title,
        description=offer.about,
        languages=offer.languages,
        starts_at=starts_at,
        ends_at=ends_at,
        zone=offer.city.time_zone,
        host_city=offer.city,
        place=offer.place,
        mode=offer.mode,
        seats_on_site=offer.capacity if on_site else None,
        audience=Audience.ALLIANCE,
    )
    if offer.made_by_id is not None:
        Organiser.objects.get_or_create(event=event, person_id=offer.made_by_id)
    return event


def _begin_tasks(offer: HostingOffer, first_day: datetime.date) -> None:
    today = timezone.now().date()
    HostingTask.objects.bulk_create(
        HostingTask(
            offer=offer,
            title=str(step.title),
            side=step.side,
            due_on=checklist.due(step, first_day, today),
            owner_id=offer.made_by_id if step.side == Side.CITY else None,
        )
        for step in checklist.steps_for(offer.kind, offer.mode)
    )


def people_of_city(city: str) -> list[int]:
    """Who sits in a running seat of the city."""
    # every row: keys only, to know whom a letter goes to; its own door is asked when it is written
    seats = Seat.objects.filter(
        partnership__city=city, person__isnull=False, person__is_active=True
    )
    return sorted(set(seats.order_by().values_list("person_id", flat=True)))


def people_of_office() -> list[int]:
    # every row: as above
    return list(
        Person.objects.filter(is_office=True, is_active=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _tell_office(
    offer: HostingOffer, kind: str, thing: HostingOffer | HostingMessage, *, by: Viewer, key: str
) -> None:
    _post(kind, thing, people_of_office(), by=by, key=key)


def _tell_city(
    offer: HostingOffer, kind: str, thing: HostingOffer | HostingMessage, *, by: Viewer, key: str
) -> None:
    """Whoever made the offer, and whoever of the city has spoken in its talk or has a task."""
    # every row: keys only
    spoke = HostingMessage.objects.filter(offer=offer, side=Side.CITY).values_list(
        "author_id", flat=True
    )
    owns = HostingTask.objects.filter(offer=offer, side=Side.CITY).values_list(
        "owner_id", flat=True
    )
    told = {offer.made_by_id, *spoke, *owns} - {None}
    people = people_of_city(offer.city_id)
    _post(kind, thing, [each for each in people if each in told] or people, by=by, key=key)


def _post(
    kind: str,
    thing: HostingOffer | HostingMessage,
    people: Iterable[int],
    *,
    by: Viewer,
    key: str,
) -> None:
    for person in people:
        if person != by.person_id:
            letters.post(kind, thing, person, key=f"{kind}:{key}:{person}")


def _note(act: str, offer: HostingOffer, *, by: Viewer, reason: str = "", **facts: Any) -> None:
    journal.record(f"gatherings.hosting.{act}", offer, by=by, reason=reason, facts=facts)


def _reason(told: str) -> str:
    reason = one_line(told)[:1000]
    if not reason:
        raise Refused(_("Say why: the city is told."))
    return reason


def _what_for(offer: HostingOffer) -> str:
    return _("Hosting: %(title)s") % {"title": offer.title}


def _benefit() -> Benefit:
    return Benefit.objects.get(pk=BENEFIT)  # every row: benefits hold no secret
