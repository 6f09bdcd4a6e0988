"""Initiatives for programs: one shape for the API, GeoJSON and the page's own JSON-LD.

An e-mail address or a telephone stands in none of them unless the initiative published it to be reached.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.models import Initiative, Layer


def card(one: Initiative) -> dict[str, Any]:
    return {
        "id": one.code,
        "url": settings.BASE_URL + one.get_absolute_url(),
        "name": one.name,
        "description": one.description,
        "language": one.language,
        "kinds": one.kind_list,
        "languages": one.language_list,
        "latitude": one.latitude,
        "longitude": one.longitude,
        "address": one.address,
        "city": one.city.slug if one.city else None,
        "opening_hours": one.opening_hours,
        "recurrence": one.recurrence,
        "closed": one.closed,
        "time_zone": one.time_zone,
        "website": one.website,
        "email": one.public_email,
        "phone": one.public_phone,
        "confirmed_on": one.confirmed_on.isoformat() if one.confirmed_on else None,
        "is_demonstration": one.layer.is_demonstration,
        "source": {
            "title": one.layer.title,
            "licence": one.layer.licence,
            "attribution": one.layer.attribution,
        },
    }


def feature(one: Initiative) -> dict[str, Any]:
    """RFC 7946: longitude first; six decimals are ten centimetres."""
    facts = card(one)
    lat, lon = facts.pop("latitude"), facts.pop("longitude")
    source = facts.pop("source")
    return {
        "type": "Feature",
        "id": facts.pop("id"),
        "geometry": {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]},
        "properties": {
            **facts,
            "source": source["title"],
            "licence": source["licence"],
            "attribution": source["attribution"],
        },
    }


def geojson(rows: Iterable[Initiative], layers: Iterable[Layer]) -> Iterator[str]:
    """A FeatureCollection, piece by piece; `layers` is a foreign member that says on which terms."""
    terms = [
        {
            "title": layer.title,
            "licence": layer.licence,
            "licence_url": layer.licence_url,
            "attribution": layer.attribution,
            "source": layer.source_url,
            "dated": layer.dated.isoformat() if layer.dated else None,
        }
        for layer in layers
    ]
    yield f'{{"type":"FeatureCollection","layers":{_text(terms)},"features":['
    for number, one in enumerate(rows):
        yield ("," if number else "") + _text(feature(one))
    yield "]}"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def schema_org(one: Initiative) -> dict[str, Any]:
    url = settings.BASE_URL + one.get_absolute_url()
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Place",
        "@id": url,
        "url": url,
        "name": one.name,
        "description": one.description,
        "sameAs": one.website,
        "telephone": one.public_phone,
        "keywords": ", ".join(taxonomy.label_of(kind) for kind in one.kind_list),
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": one.latitude,
            "longitude": one.longitude,
        },
        "address": _address(one),
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in made.items() if value not in ("", {}, None)}


def _address(one: Initiative) -> dict[str, str]:
    said = {
        "streetAddress": one.street,
        "postalCode": one.postcode,
        "addressLocality": one.place or (one.city.name if one.city else ""),
        "addressCountry": one.city.country if one.city else "",
    }
    said = {name: value for name, value in said.items() if value}
    return {"@type": "PostalAddress", **said} if said else {}
