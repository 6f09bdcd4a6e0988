"""An event for machines: schema.org/Event as JSON-LD. Only of public events; never where to enter online."""

from typing import Any

from django.conf import settings

from house.gatherings.models import Event, Kind, Mode, State
from house.ground.jsonld import alliance

_MODES = {
    Mode.ON_SITE: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.BOTH: "MixedEventAttendanceMode",
}


def schema_org(event: Event) -> dict[str, Any]:
    url = settings.BASE_URL + event.get_absolute_url()
    is_cancelled = event.state == State.CANCELLED
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BusinessEvent" if event.kind == Kind.SUMMIT else "EducationEvent",
        "@id": url,
        "url": url,
        "name": event.title,
        "description": event.summary,
        "startDate": event.starts_at.astimezone(event.tz).isoformat(),
        "endDate": event.ends_at.astimezone(event.tz).isoformat(),
        "eventStatus": f"https://schema.org/{'EventCancelled' if is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"https://schema.org/{_MODES[Mode(event.mode)]}",
        "inLanguage": event.languages,
        "location": _places(event, url),
        "organizer": alliance(),
    }
    return {name: value for name, value in made.items() if value not in ("", [])}


def _places(event: Event, url: str) -> list[dict[str, Any]]:
    """Online it is the page of the event: the way in is for those who have a place."""
    places: list[dict[str, Any]] = []
    if event.mode != Mode.ONLINE:
        city = event.host_city
        name = event.place or (city.label() if city else "")
        made: dict[str, Any] = {"@type": "Place", "name": name}
        if city is not None:
            made["address"] = {
                "@type": "PostalAddress", "addressLocality": city.name, "addressCountry": city.country,
            }  # fmt: skip
        places.append(made)
    if event.mode != Mode.ON_SITE:
        places.append({"@type": "VirtualLocation", "url": url})
    return places
