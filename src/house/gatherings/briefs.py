"""What gatherings tell of a seat and of a city: events to prepare and to attend, and when somebody took part.

What hosting adds stands in `hosting/briefing.py`.
"""

import datetime
from collections.abc import Collection, Iterator

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from house.access.viewer import Viewer
from house.gatherings.models import (
    Event,
    HostingOffer,
    Organiser,
    Registration,
    State,
    Suggestion,
    Support,
)
from house.partners import activity, briefs, planned
from house.partners.briefs import Line, Section
from house.partners.models import Partnership, Seat
from house.partners.planned import Planned


def tell(seat: Seat, viewer: Viewer) -> list[Section]:
    """Events that she prepares, and those where she has a place as far as the reader may know."""
    if seat.person_id is None:
        return []
    events = Event.objects.visible_to(viewer).coming()
    # every row: keys alone, of events that came through their door
    hers = Organiser.objects.filter(person=seat.person_id).order_by().values("event")
    places = (
        Registration.objects.visible_to(viewer)
        .live()
        .filter(person=seat.person_id, city=seat.partnership.city_id, event__in=events)
        .select_related("event")
        .order_by("event__starts_at", "pk")
    )
    return [
        Section("owes", _("gatherings to prepare"), [_line(e) for e in events.filter(pk__in=hers)]),
        Section(
            "coming",
            _("gatherings to attend"),
            [_line(each.event, str(each.get_state_display())) for each in places],
        ),
    ]


def _line(event: Event, note: str = "") -> Line:
    return Line(event.title, event.get_absolute_url(), event.starts_at.date(), note)


def coming(partnership: Partnership, day: datetime.date) -> Iterator[Planned]:
    """Places that its people hold, which takes the right to attend. Who they are is not told."""
    # every row: how many of the city come to what its alliance was invited to
    held = Registration.objects.holding().filter(city=partnership.city_id).order_by()
    rows = held.filter(event__state=State.PUBLISHED, event__starts_at__date__gte=day)
    numbers = dict(rows.values("event").annotate(n=Count("pk")).values_list("event", "n"))
    # every row: as above
    for event in Event.objects.filter(pk__in=numbers).order_by("starts_at", "pk"):
        number = numbers[event.pk]
        text = ngettext(
            "%(number)s person comes: %(title)s", "%(number)s people come: %(title)s", number
        ) % {"number": number, "title": event.title}
        yield Planned(text, event.starts_at.date(), "gatherings.attend", event.get_absolute_url())


def took_part(cities: Collection[str]) -> dict[str, datetime.datetime]:
    """When somebody of each last registered, suggested or supported a topic, or offered to host."""
    latest: dict[str, datetime.datetime] = {}
    for rows in (
        # every row: a moment for a whole city names nobody
        Registration.objects.order_by(),
        # every row: as above
        Suggestion.objects.order_by(),
        # every row: as above; a support that a merge copied is no sign of life
        Support.objects.filter(came_from=None).order_by(),
        # every row: as above
        HostingOffer.objects.order_by(),
    ):
        of_each = rows.filter(city__in=cities).values("city")
        for city, last in of_each.annotate(last=Max("made_at")).values_list("city", "last"):
            latest[city] = max(last, latest.get(city, last))
    return latest


def register() -> None:
    briefs.register(tell)
    planned.register(coming)
    activity.register("gathering", gettext_lazy("Took part in a gathering"), took_part)
