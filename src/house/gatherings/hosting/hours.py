"""Who is expected at a gathering and what their nights cost them so far: what `fairhours` reckons with."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.audience import Audience
from house.access.viewer import Viewer
from house.gatherings.fairhours import Place, hours_in
from house.gatherings.models import Event, Registration, RegistrationState, State
from house.partners.models import Circle, CityProfile, Level, Partnership
from house.vocabulary.hours import STRAIN, Mark, rests_of
from house.vocabulary.models import City

# Levels whose people may attend: an associate watches the recording, at whatever hour she likes.
_COME = (Level.PARTNER, Level.PREMIUM)
REMEMBERED = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Expected:
    """A city, how many of its people are expected, and why it is believed to come."""

    city: City
    people: int
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the planner is asked for: of an event that is there, or of one that is only thought of."""

    event: Event | None = None
    topics: Collection[str] = ()
    audience: str = Audience.ALLIANCE
    city: str | None = None
    circle: str | None = None

    @classmethod
    def about(cls, event: Event) -> "Asked":
        return cls(
            event,
            [topic.pk for topic in event.topics.all()],
            event.audience,
            event.city_id,
            event.circle_id,
        )


@dataclass(slots=True)
class Borne:
    """What a city bore in the gatherings it came to."""

    meetings: int = 0
    nights: int = 0
    strain: int = 0
    last: datetime.datetime | None = field(default=None)


def expected(asked: Asked, viewer: Viewer) -> list[Expected]:
    """Whoever has a place, the host, then the cities of its audience that follow its topics."""
    registered = _registered(asked.event)
    cities = _candidates(asked, viewer)
    fond = _fond_of(asked.topics, cities, viewer)
    host = asked.event.host_city_id if asked.event else None
    # A city that came though its partnership ended since is expected too.
    missing = registered.keys() - cities.keys()
    cities |= City.objects.visible_to(viewer).in_bulk(list(missing))
    found = []
    for code, city in cities.items():
        if code in registered:
            found.append(Expected(city, registered[code], _("has a place")))
        elif code == host:
            found.append(Expected(city, 1, _("hosts it")))
        elif not asked.topics:
            found.append(Expected(city, 1, _("may come")))
        elif code in fond:
            found.append(Expected(city, 1, _("follows the topic")))
    return sorted(found, key=lambda each: (-each.people, each.city.name))


def _registered(event: Event | None) -> Counter[str]:
    if event is None:
        return Counter()
    # every row: how many of each city, of an event that the viewer looks after
    rows = Registration.objects.filter(event=event, city__isnull=False).live()
    return Counter(rows.values_list("city_id", flat=True))


def _candidates(asked: Asked, viewer: Viewer) -> dict[str, City]:
    running = (
        Partnership.objects.visible_to(viewer)
        .running()
        .with_level()
        .filter(level_now__in=_COME)
        .select_related("city")
    )
    if asked.audience == Audience.CITY:
        running = running.filter(city=asked.city)
    elif asked.audience == Audience.CIRCLE:
        # every row: of the circle that the event is for
        circle = Circle.objects.filter(pk=asked.circle)
        homes = circle.values("persons__city")
        running = running.filter(Q(city__in=circle.values("cities")) | Q(city__in=homes))
    return {each.city_id: each.city for each in running.order_by("city__name")}


def _fond_of(topics: Collection[str], cities: Collection[str], viewer: Viewer) -> set[str]:
    if not topics:
        return set()
    found = CityProfile.objects.visible_to(viewer).filter(city__in=cities, topics__in=topics)
    return set(found.values_list("city_id", flat=True))


def borne(cities: Iterable[City], viewer: Viewer, *, before: datetime.datetime) -> dict[str, Borne]:
    """The ledger of nights: what each city bore in the year before, in events that the viewer may see.

    Who was checked in counts; where nobody was, who had a place.
    """
    by_code = {city.pk: city for city in cities}
    end = min(before, timezone.now())
    past = (
        Event.objects.visible_to(viewer)
        .filter(state__in=[State.PUBLISHED, State.DONE])
        .filter(ends_at__lte=end, starts_at__gte=end - REMEMBERED)
    )
    events = {event.pk: event for event in past.order_by("starts_at")}
    # every row: only which cities came, to events of hers
    rows = Registration.objects.filter(event__in=events, city__in=by_code).filter(
        Q(came_at__isnull=False) | Q(state=RegistrationState.CONFIRMED)
    )
    found: dict[str, Borne] = defaultdict(Borne)
    for event_id, codes in _who_came(rows).items():
        event = events[event_id]
        minutes = int((event.ends_at - event.starts_at).total_seconds() // 60)
        for code in codes:
            city = by_code[code]
            there = hours_in(place_of(city), event.starts_at, minutes)
            row = found[code]
            row.meetings += 1
            row.nights += there.mark == Mark.NIGHT
            row.strain += STRAIN[there.mark]
            if there.mark == Mark.NIGHT and (row.last is None or event.starts_at > row.last):
                row.last = event.starts_at
    return dict(found)


def _who_came(rows: Any) -> dict[int, set[str]]:
    came: dict[int, set[str]] = defaultdict(set)
    placed: dict[int, set[str]] = defaultdict(set)
    for event, city, at in rows.order_by().values_list("event_id", "city_id", "came_at"):
        (placed if at is None else came)[event].add(city)
    return {event: came.get(event) or placed[event] for event in came.keys() | placed.keys()}


def place_of(city: City, people: int = 1, row: Borne | None = None) -> Place:
    row = row or Borne()
    return Place(
        city.pk,
        city.time_zone,
        rests_of(city.country),
        people,
        row.meetings,
        row.nights,
        row.strain,
    )


def places_of(found: Sequence[Expected], ledger: dict[str, Borne]) -> list[Place]:
    return [place_of(each.city, each.people, ledger.get(each.city.pk)) for each in found]
