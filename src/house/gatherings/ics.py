"""Events as calendars have them. Where to enter online stands in none of them."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.gatherings.models import OUT, Event, Registration, State
from house.notices import calendars
from house.notices.calendars import CalendarEvent, Scope
from house.notices.ics.writing import calendar, vevent, vtimezones

KIND = "gathering"


def item_of(event: Event, *, ahead: int = 0) -> CalendarEvent:
    """`ahead` lets the number grow with what happened to one registration as well."""
    city = event.host_city
    place = ", ".join(filter(None, [event.place, city.name if city else ""]))
    return CalendarEvent(
        kind=KIND,
        code=event.code,
        sequence=event.sequence + ahead,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.zone,
        title=event.title,
        description=event.summary,
        location=place,
        url=settings.BASE_URL + event.get_absolute_url(),
        changed_at=event.changed_at,
        status="CANCELLED" if event.state == State.CANCELLED else "CONFIRMED",
    )


def ics_of(event: Event) -> bytes:
    """A file with this one event, for who looks at its page."""
    item = item_of(event)
    return calendar([*vtimezones([item]), vevent(item, stamped_at=timezone.now())])


def items(
    viewer: Viewer, scope: Scope, since: datetime.datetime, until: datetime.datetime
) -> Iterable[CalendarEvent]:
    """Her own places; what a city hosts; what is about a topic."""
    events = Event.objects.visible_to(viewer).filter(state__in=OUT).between(since, until)
    match scope.sort:
        case "mine":
            hers = Registration.objects.visible_to(viewer).filter(person=viewer.person_id)
            events = events.filter(pk__in=hers.coming().order_by().values("event"))
        case "city":
            events = events.filter(host_city=scope.value)
        case "topic":
            events = events.filter(topics=scope.value)
    return [item_of(event) for event in events.select_related("host_city").order_by("starts_at")]


def register() -> None:
    calendars.register(calendars.Source(KIND, _("Gatherings"), items))
