"""Which column says what. Guessed by name, changeable by whoever imports."""

# ruff: noqa: E501 -- the names of a column stand in one row

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from house.atlas.initiatives.importing.tables import Row
from house.ground.text import folded

# Field → its label, and names of columns that mean it, the surest first.
FIELDS: dict[str, tuple[object, tuple[str, ...]]] = {
    "name": (_("Name"), ("name", "title", "name of makerspace", "titel", "naam", "nombre", "nom", "bezeichnung", "namn", "navn")),
    "lat": (_("Latitude"), ("lat", "latitude", "breite", "breitengrad", "breedtegraad", "latitud", "y")),
    "lon": (_("Longitude"), ("lon", "lng", "long", "longitude", "laenge", "laengengrad", "langengrad", "lengtegraad", "longitud", "x")),
    "description": (
        _("Description"),
        ("description", "moreinfo.en", "anmerkung", "beschreibung", "beschrijving", "omschrijving", "descripcion", "descripcio", "beskrivning", "note", "notes"),
    ),
    "kind": (
        _("Kind"),
        ("kind", "poi_type", "typ", "type", "category", "amenity", "tags", "categories", "folder", "kategorie", "categorie", "categoria", "kategori", "soort", "tipo", "tipus"),
    ),
    "street": (
        _("Street and number"),
        ("addr:street", "street", "lage", "strasse", "address", "adresse", "adres", "postal address", "straat", "calle", "direccion", "carrer", "adreca", "rue", "gatuadress"),
    ),
    "number": (_("House number"), ("addr:housenumber", "housenumber", "house number", "hausnummer", "huisnummer")),
    "postcode": (_("Postcode"), ("addr:postcode", "postcode", "postal_code", "plz", "zip", "code postal", "codigo postal", "codi postal", "postnummer")),
    "place": (_("Town"), ("addr:city", "city", "ort", "town", "place", "stad", "plaats", "gemeente", "gemeinde", "ville", "commune", "ciudad", "municipio", "municipi")),
    "opening_hours": (_("Opening hours"), ("opening_hours", "openinghours", "opening hours")),
    "opening_note": (_("Opening in words"), ("open.en", "open", "open.nl", "openingstijden", "offnungszeiten", "horaires", "horario", "horari", "oppettider")),
    "rule": (_("Repeating rule (RRULE)"), ("rrule", "recurrence")),
    "starts": (_("Opens at"), ("starttime", "start_time", "starts")),
    "ends": (_("Closes at"), ("endtime", "end_time", "ends")),
    "closed": (_("Days without"), ("closedranges", "closed_ranges", "closed days")),
    "exceptions": (_("Exceptions"), ("exceptions", "exdate")),
    "website": (
        _("Website"),
        ("website", "contact:website", "links.website", "href", "homepage", "external_link", "url", "link", "webseite", "sitio web", "site web", "lloc web"),
    ),
    "email": (_("E-mail"), ("email", "contact:email", "e-mail", "email address")),
    "phone": (_("Telephone"), ("phone", "contact:phone", "telephone", "phone number", "telefon", "telefoon", "telefono")),
    "languages": (_("Languages"), ("languages", "language", "sprachen", "talen")),
    "id": (_("Number in the source"), ("id", "slug", "osm_id", "@id", "uuid")),
    "confirmed": (
        _("Last confirmed on"),
        ("check_date", "survey:date", "last_updated", "updated", "confirmed"),
    ),
}  # fmt: skip
# Columns that a kind may be guessed from beside the one that is mapped: they are named in many ways.
_TELLING = re.compile(
    r"^(category-tag\d|amenity|shop|leisure|garden:type|office|club|craft|repair)$", re.IGNORECASE
)
_INSIDE = re.compile(r"^[\w:.-]{2,40}: ")


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Field → column."""
    by_name = {folded(column): column for column in reversed(columns)}
    found: dict[str, str] = {}
    for field, (_label, names) in FIELDS.items():
        for name in names:
            if name in by_name and by_name[name] not in found.values():
                found[field] = by_name[name]
                break
    return found


def unpack(rows: Sequence[Row]) -> None:
    """A column that packs "key: value<br>key: value" gives its parts to the row, where it has none."""
    for row in rows:
        for value in list(row.values()):
            if "<br>" not in value and not (_INSIDE.match(value) and "amenity: " in value):
                continue
            for part in value.split("<br>"):
                key, colon, said = part.partition(": ")
                if colon and 1 < len(key) <= 40 and key not in row:
                    row[key] = said.strip()


def of(row: Row, columns: Mapping[str, str], field: str) -> str:
    column = columns.get(field, "")
    return row.get(column, "").strip() if column else ""


def telling(row: Row, columns: Mapping[str, str]) -> list[str]:
    """All that a row says of what it is, the mapped column first."""
    said = [of(row, columns, "kind")]
    said += [value for name, value in row.items() if _TELLING.match(name)]
    return [value for value in said if value]
