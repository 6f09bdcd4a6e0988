"""What this room tells those who follow a topic, a city or everything of a kind."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.gatherings import times
from house.gatherings.models import Event, State
from house.notices.happenings import Kind, Told, register


def register_kinds() -> None:
    register(
        Kind(
            "gatherings.announced",
            gettext_lazy("New events"),
            Event,
            "gatherings.read",
            "gatherings",
            announced,
        )
    )


def announced(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    """What is still to come; a cancelled or past event is news to nobody."""
    events = Event.objects.visible_to(viewer).coming().filter(pk__in=pks, state=State.PUBLISHED)
    return {event.pk: _told(event) for event in events.select_related("host_city")}


def _told(event: Event) -> Told:
    when = times.told(event.starts_at, event.ends_at, event.zone)
    kind, city = event.get_kind_display(), event.host_city
    line = f"{when.there} ({when.zone}). {event.summary}"
    credit = _("%(kind)s in %(city)s") % {"kind": kind, "city": city.label()} if city else str(kind)
    language = event.languages[0] if event.languages else ""
    return Told(event.title, event.get_absolute_url(), line, credit, language)
