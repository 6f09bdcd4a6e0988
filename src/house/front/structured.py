"""The house and its cities for machines: schema.org, as everybody sees them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from house.vocabulary.models import City, CityFact


def city_facts(city: City, facts: Iterable[CityFact]) -> dict[str, Any]:
    url = settings.BASE_URL + city.get_absolute_url()
    return {
        "@context": "https://schema.org",
        "@type": "City",
        "@id": url,
        "url": url,
        "name": city.name,
        "alternateName": sorted(set(city.names.values()) - {city.name}),
        "description": city.summary,
        "geo": {"@type": "GeoCoordinates", "latitude": city.latitude, "longitude": city.longitude},
        "containedInPlace": {
            "@type": "Country", "name": city.country_name, "identifier": city.country,
        },
        "additionalProperty": [
            {
                "@type": "PropertyValue", "name": fact.name, "value": fact.value,
                "unitText": fact.unit, "url": fact.url,
            }
            for fact in facts
            if fact.name in {"population", "area"}
        ],
    }  # fmt: skip


def the_alliance() -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": f"{settings.BASE_URL}/",
        "url": f"{settings.BASE_URL}/",
        "name": "Sharing Cities Alliance",
        "description": "A network of cities that share what worked, and what failed.",
        "email": settings.CONTACT_EMAIL,
    }
