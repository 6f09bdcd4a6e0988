"""Making an event, changing it, announcing it and calling it off."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from house.access.doors import allow
from house.access.viewer import Viewer
from house.gatherings import waiting
from house.gatherings.access import runs
from house.gatherings.market import following
from house.gatherings.models import Event, JoinLink, Registration, Series, State
from house.gatherings.steps import changed, give_slug, note_act, post_to_all
from house.ground.codes import short_code
from house.ground.errors import Forbidden, Refused
from house.ground.text import clean, one_line, slug_of
from house.notices import happenings
from house.partners import rights
from house.vocabulary.models import Topic

# What `create_event` and `change_event` take; everything else of an event has a verb of its own.
FIELDS = (
    "kind", "title", "summary", "description", "languages", "series", "starts_at", "ends_at", "zone",
    "host_city", "place", "mode", "seats_on_site", "seats_online", "audience", "city", "circle",
    "takes_registrations", "registration_from", "registration_until", "offer_hours",
)  # fmt: skip
_TWO_YEARS = datetime.timedelta(days=730)
# A calendar must hear of these.
WHEN_AND_WHERE = ("starts_at", "ends_at", "zone", "place", "host_city", "mode")


@transaction.atomic
def create_event(*, by: Viewer, topics: Iterable[str] = (), **facts: Any) -> Event:
    """A draft. The office makes any; who may host makes drafts for her own city."""
    if not runs(by):
        rights.require(by, "gatherings.host")
    event = Event(author_id=by.person_id)
    _fill(event, facts, by=by)
    event.slug = event.code
    event.save(force_insert=True)
    event.topics.set(Topic.objects.filter(pk__in=list(topics)))
    note_act("create", event, by=by, kind=event.kind)
    return event


class LoseSight(Refused):
    """So many who registered would not see the event any more; nothing is changed until that is agreed to."""

    def __init__(self, count: int) -> None:
        super().__init__(
            ngettext(
                "%(count)s person who registered would not see this event any more.",
                "%(count)s people who registered would not see this event any more.",
                count,
            )
            % {"count": count},
            remedy=_("Agree to release their places, or choose a wider audience."),
        )
        self.count = count


@transaction.atomic
def change_event(
    event: Event,
    *,
    by: Viewer,
    topics: Iterable[str] | None = None,
    releasing: int = 0,
    **facts: Any,
) -> Event:
    """Save what was given. Whoever has a place is told of another time or place; new places are offered.

    To a narrower audience: who registered and would not see it any more loses her place and is told why.
    `releasing` says how many may; where they are more, `LoseSight` says how many and nothing is changed.
    """
    waiting.lock(event)
    allow(by, "edit", event)
    if event.state == State.CANCELLED:
        raise Refused(_("This event was cancelled."), remedy=_("Make a new one."))
    before = {name: getattr(event, name) for name in FIELDS}
    _fill(event, facts, by=by)
    differing = [name for name in FIELDS if getattr(event, name) != before[name]]
    if topics is not None:
        event.topics.set(Topic.objects.filter(pk__in=list(topics)))
    if event.is_out and {"audience", "city", "circle"} & set(differing):
        allow(by, "publish", event)  # to other readers it is announced anew
    is_turned = event.is_coming and {"audience", "city", "circle"} & set(differing)
    saw = waiting.who_see(event) if is_turned else {}  # asks the records, which stand as before
    moved = [name for name in WHEN_AND_WHERE if name in differing]
    if moved and event.is_out:
        event.sequence += 1
    if event.state == State.DONE and not event.is_over:
        event.state = State.PUBLISHED  # it was over by a wrong date alone
    event.changed_at = timezone.now()
    event.save()
    released = _release(event, saw, before, at_most=releasing)
    kinds = event.seat_kinds
    # Who comes, comes: where there is one way left, it is everybody's.
    Registration.objects.filter(event=event).exclude(seat__in=kinds).update(seat=kinds[0])
    if event.is_out:
        changed(event)
        if moved:
            # What calendars said was about another time or place: they are asked again.
            Registration.objects.filter(event=event).update(answered="")
            tell_those_who_come(event, "gatherings.changed")
        for seat in event.seat_kinds:
            waiting.move_up(event, seat)
    if differing:
        told: dict[str, Any] = {"released": released} if released else {}
        note_act("change", event, by=by, changed=differing, **told)
    return event


def _release(
    event: Event, saw: Mapping[int, Viewer], before: dict[str, Any], *, at_most: int
) -> int:
    """Those who saw the event and do not any more give up their places; how many they are."""
    knew = {name: before[name] for name in ("title", "starts_at", "ends_at", "zone", "place")}
    lost = waiting.release(event, saw, at_most=at_most, **knew)
    if len(lost) > at_most:
        raise LoseSight(len(lost))
    if lost:
        # every row: of those who have just left
        JoinLink.objects.filter(event=event, person__in=lost).delete()
    return len(lost)


@transaction.atomic
def publish_event(event: Event, *, by: Viewer) -> Event:
    """Announce it to its audience. Announcing twice changes nothing."""
    waiting.lock(event)
    allow(by, "publish", event)
    if event.state != State.DRAFT:
        return event
    if not event.summary:
        raise Refused(
            _("Say in one sentence what the event is about."),
            remedy=_("Readers see it in every list."),
        )
    event.state = State.PUBLISHED
    event.published_at = event.changed_at = timezone.now()
    give_slug(event)
    event.save(update_fields=["state", "published_at", "changed_at", "slug"])
    changed(event)
    happenings.tell(
        "gatherings.announced",
        event,
        key=f"gatherings.announced:{event.code}",
        by=by,
        topics=event.topics.values_list("pk", flat=True),
        city=event.host_city_id,
        to=following.supporters(event),
    )
    note_act("publish", event, by=by)
    return event


@transaction.atomic
def cancel_event(event: Event, *, by: Viewer, reason: str) -> Event:
    """Call it off: everybody with a place or in line is told, calendars too. Twice changes nothing."""
    waiting.lock(event)
    allow(by, "cancel", event)
    reason = one_line(reason)[:500]
    if event.state == State.CANCELLED:
        return event
    if event.state == State.DONE or event.is_over:
        raise Refused(_("This event has taken place."))
    if not reason:
        raise Refused(_("Say why: everybody who registered is told."))
    event.state = State.CANCELLED
    event.published_at = event.published_at or timezone.now()
    event.cancelled_at = event.changed_at = timezone.now()
    event.cancelled_because = reason
    event.sequence += 1
    event.save(
        update_fields=[
            "state", "published_at", "cancelled_at", "changed_at", "cancelled_because", "sequence",
        ]
    )  # fmt: skip
    changed(event)
    tell_those_who_come(event, "gatherings.cancelled", waiting_too=True)
    following.open_again(event, by=by)
    note_act("cancel", event, by=by, reason=reason)
    return event


@transaction.atomic
def make_series(
    *, by: Viewer, title: str, summary: str = "", ends_on: datetime.date | None = None
) -> Series:
    """Events that belong together. The one of this title, where there is one."""
    rights.require(by, "gatherings.run")
    title = one_line(title)[:200]
    if not title:
        raise Refused(_("A series needs a title."))
    series = Series.objects.filter(title=title).first()
    if series is None:
        code = short_code()
        slug = slug_of(title, fallback=code)
        taken = Series.objects.filter(slug=slug).exists()
        series = Series.objects.create(
            code=code,
            title=title,
            slug=f"{slug}-{code}" if taken else slug,
            summary=clean(summary).strip()[:2000],
            ends_on=ends_on,
        )
    return series


@transaction.atomic
def repeat_event(event: Event, *, by: Viewer, weeks: int, until: datetime.date) -> list[Event]:
    """Drafts like this one every so many weeks, at the same hour of its place, up to a day.

    A series always ends: at most 52 events, within two years. Days that are there already are left out.
    """
    waiting.lock(event)  # who presses twice finds the days of the first press
    allow(by, "edit", event)
    zone = event.tz
    begin = event.starts_at.astimezone(zone).replace(tzinfo=None)
    length = event.ends_at - event.starts_at
    if not 1 <= weeks <= 53:
        raise Refused(_("Say after how many weeks it comes again: 1 to 53."))
    if until > (begin + _TWO_YEARS).date():
        raise Refused(_("A series ends within two years."), remedy=_("Choose an earlier last day."))
    made = []
    alike = {"series": event.series} if event.series else {"title": event.title}
    there = set(Event.objects.filter(**alike).values_list("starts_at", flat=True))
    for number in range(1, 53):
        moment = begin + datetime.timedelta(weeks=weeks * number)
        if moment.date() > until:
            break
        starts_at = moment.replace(tzinfo=zone).astimezone(datetime.UTC)
        if starts_at not in there:
            made.append(_again(event, starts_at, length, by=by))
    if not made:
        raise Refused(_("No new day lies between the event and that last day."))
    note_act("repeat", event, by=by, events=len(made))
    return made


def _again(
    event: Event, starts_at: datetime.datetime, length: datetime.timedelta, *, by: Viewer
) -> Event:
    facts = {name: getattr(event, name) for name in FIELDS}
    facts |= {"registration_from": None, "registration_until": None}
    again = Event(**facts, author_id=by.person_id)
    again.starts_at, again.ends_at = starts_at, starts_at + length
    again.slug = again.code
    again.save(force_insert=True)
    again.topics.set(event.topics.all())
    return again


def tell_those_who_come(event: Event, kind: str, *, waiting_too: bool = False) -> None:
    found = Registration.objects.filter(event=event)
    told = found.live() if waiting_too else found.coming()
    post_to_all(kind, told, key=f"seq{event.sequence}")


def _fill(event: Event, facts: dict[str, Any], *, by: Viewer) -> None:
    unknown = facts.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"An event has no {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        tidy = one_line if name != "description" else clean
        setattr(event, name, tidy(value).strip() if isinstance(value, str) else value)
    if event.ends_at <= event.starts_at:
        raise Refused(_("The event ends before it begins."))
    if not runs(by):
        _keep_to_her_city(event, by)


def _keep_to_her_city(event: Event, by: Viewer) -> None:
    if event.host_city_id not in by.city_ids:
        raise Forbidden(
            _("You can prepare events that your own city hosts."),
            remedy=_("Choose your city as the host, or ask the office."),
        )
    if event.city_id is not None and event.city_id not in by.city_ids:
        raise Forbidden(_("You can keep an event for your own city only."))
    if event.circle_id is not None and event.circle_id not in by.circle_ids:
        raise Forbidden(_("You can keep an event for circles of yours only."))
