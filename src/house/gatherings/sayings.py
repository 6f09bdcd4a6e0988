"""What an event or a wanted topic says of itself, for who quotes it elsewhere in the house."""

from collections.abc import Mapping
from typing import Any

from house.access.viewer import Viewer
from house.gatherings.models import Event, Suggestion
from house.ground.html import to_text
from house.memory.sayings import Saying, register


def of_event(arguments: Mapping[str, Any], viewer: Viewer) -> Saying | None:
    events = Event.objects.visible_to(viewer).out().select_related("host_city")
    event = events.filter(slug=arguments["slug"]).first()
    if event is None:
        return None
    return Saying(
        title=event.title,
        url=event.get_absolute_url(),
        texts=("\n".join((event.title, event.summary, to_text(event.description))),),
        credit=event.host_city.label() if event.host_city else "",
    )


def of_topic(arguments: Mapping[str, Any], viewer: Viewer) -> Saying | None:
    topics = Suggestion.objects.visible_to(viewer).select_related("city")
    topic = topics.filter(code=arguments["code"]).first()
    if topic is None:
        return None
    return Saying(
        title=topic.title,
        url=topic.get_absolute_url(),
        texts=(f"{topic.title}\n{topic.text}",),
        credit=topic.city.label() if topic.city else "",
    )


def tell() -> None:
    register("gatherings:event", of_event)
    register("gatherings:topic_market_topic", of_topic)
