"""What gatherings offer the magazine to tell: what took place, what is coming, what cities want to read."""

import datetime
from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.gatherings.market.queries import cities_behind
from house.gatherings.models import Event, State, Suggestion, Support
from house.ground.html import to_text
from house.memory.tellers import Tellable, Teller, opening

AHEAD = datetime.timedelta(days=45)


def told(since: datetime.datetime, until: datetime.datetime, viewer: Viewer) -> Iterator[Tellable]:
    events = Event.objects.visible_to(viewer).out().exclude(state=State.CANCELLED)
    held = events.filter(ends_at__gte=since, ends_at__lt=until).for_cards()
    coming = events.filter(starts_at__gte=until, starts_at__lt=until + AHEAD).for_cards()
    for event in chain(held, coming):
        yield _of_event(event, is_held=event.ends_at < until)
    if viewer.can("gatherings.read"):
        yield from _wanted(since, until, viewer)


def _of_event(event: Event, *, is_held: bool) -> Tellable:
    words = "\n".join((event.summary, to_text(event.description)))
    return Tellable(
        kind="event",
        key=event.pk,
        sort="held" if is_held else "coming",
        title=event.title,
        url=event.get_absolute_url(),
        when=event.ends_at if is_held else event.starts_at,
        language=event.language,
        cities=(event.host_city_id,) if event.host_city_id else (),
        topics=tuple(topic.pk for topic in event.topics.all()),
        quote=opening(event.summary),
        quote_url=event.get_absolute_url(),
        credit=event.host_city.label() if event.host_city else "",
        words=words,
    )


def _wanted(
    since: datetime.datetime, until: datetime.datetime, viewer: Viewer
) -> Iterator[Tellable]:
    """Topics that a city came to stand behind in this time. Which cities, is told; which persons, is not."""
    moved = Support.objects.visible_to(viewer).filter(made_at__gte=since, made_at__lt=until)
    topics = list(
        Suggestion.objects.visible_to(viewer)
        .filter(state__in=["open", "planned"], pk__in=moved.order_by().values("suggestion"))
        .for_list()
    )
    behind = cities_behind(topics, viewer)
    for topic in topics:
        cities = behind[topic.pk]
        yield Tellable(
            kind="suggestion",
            key=topic.pk,
            sort="wanted",
            title=topic.title,
            url=topic.get_absolute_url(),
            when=topic.made_at,
            language=topic.language,
            cities=tuple(city.pk for city in cities),
            topics=tuple(each.pk for each in topic.topics.all()),
            counts={"supporters": len(cities)},
            quote=opening(topic.text),
            quote_url=topic.get_absolute_url(),
            credit=topic.city.label() if topic.city else "",
            words=topic.text,
        )


TELLER = Teller(
    "gatherings",
    _("Gatherings, and topics that cities want"),
    ("held", "coming", "wanted"),
    "gatherings.read",
    told,
)
