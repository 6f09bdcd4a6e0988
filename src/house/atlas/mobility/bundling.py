"""What goes into an edition, taken together once and never again: afterwards the edition holds it itself."""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from house.atlas.mobility.models import Correction, Edition, FeedReading, NameMatch, SourceFile
from house.atlas.mobility.models.edition import canonical, unpacked
from house.atlas.mobility.naming import gazetteer
from house.atlas.mobility.naming.gazetteer import Gazetteer, Place
from house.atlas.mobility.naming.matching import match
from house.atlas.mobility.reading.modes import modes_of_name
from house.vocabulary.models import City, CityFact

# every row in this file: an edition is made of what is public, whoever asks for it

Plain = dict[str, Any]
# Counts older than this before the list say nothing of it; later ones do until the next list, or so long.
BACK, ON = datetime.timedelta(days=400), datetime.timedelta(days=180)
# How far a number of people may be off: statistical offices name boundary and year, GeoNames neither.
STATED, UNDATED = 0.02, 0.15
_NEAR = 0.35  # degrees: the same city in two vocabularies


def bundle_of(
    systems: SourceFile, before: Edition | None, places: Gazetteer
) -> tuple[Plain, list[Plain]]:
    """(bundle, sources). The bundle is all that a method reads."""
    window = _window(systems)
    measures, counted = _measures(systems, window)
    by_hand = {each.subject: tuple(each.codes) for each in NameMatch.objects.all()}
    rows = [_placed(row, places, by_hand) for row in unpacked(systems.body)]
    alliance = alliance_by_place(places)
    codes = sorted({code for row in rows for code in row["places"]})
    facts = _facts(alliance[code].pk for code in codes if code in alliance)
    known = {
        code: _place(places.by_code[code], alliance.get(code), facts, places) for code in codes
    }
    corrections = _corrections(window)
    sources = [_file("systems", systems), *counted, _gazetteer(), *_of_facts(known, facts)]
    sources += [_of_correction(each) for each in corrections]
    bundle = {
        "systems": rows,
        "measures": measures,
        "places": known,
        "corrections": [_plain(each) for each in corrections],
        "sources": {each["key"]: {"on": each["on"]} for each in sources},
        "before": None if before is None else _earlier(before),
    }
    return bundle, sources


def _window(systems: SourceFile) -> tuple[datetime.date, datetime.date]:
    """Between which days counts belong to this list."""
    later = SourceFile.objects.filter(kind="systems", as_of__gt=systems.as_of).order_by("as_of")
    following = later.values_list("as_of", flat=True).first()
    end = (
        timezone.localdate() if following is None else min(following, systems.as_of + ON)
    )  # the newest list goes with what is known today
    return systems.as_of - BACK, max(end, systems.as_of)


def _measures(
    systems: SourceFile, window: tuple[datetime.date, datetime.date]
) -> tuple[dict[str, Plain], list[Plain]]:
    """System id → what was counted of it, the house's own reading before the audit's."""
    ids = {row["discovery"]: row["id"] for row in unpacked(systems.body) if row["discovery"]}
    found: dict[str, Plain] = {}
    sources: list[Plain] = []
    audit = (
        SourceFile.objects.filter(kind="audit", as_of__range=window)
        .order_by("-as_of", "-pk")
        .first()
    )
    if audit is not None:
        sources.append(_file("audit", audit))
        for row in unpacked(audit.body):
            if row["url"] in ids:
                found[ids[row["url"]]] = _of_audit(row, str(audit.as_of))
    read = _readings(set(ids.values()), window)
    for each in read:
        found[each.system] = _merged(found.get(each.system, {}), each)
    if read:
        plain = canonical([[each.system, each.sha256, each.read_at.isoformat()] for each in read])
        newest = max(each.read_at for each in read).date()
        sources.append(
            {
                "key": "readings", "title": "GBFS feeds, read by the house", "name": "", "on": str(newest),
                "licence": "each feed’s own", "url": "", "sha256": hashlib.sha256(plain).hexdigest(),
                "rows": len(read), "size": 0,
            }
        )  # fmt: skip
    return found, sources


def _readings(ids: set[str], window: tuple[datetime.date, datetime.date]) -> list[FeedReading]:
    """The newest of each system."""
    since, until = window
    rows = FeedReading.objects.filter(read_at__date__gte=since, read_at__date__lte=until)
    newest: dict[str, FeedReading] = {}
    for each in rows.order_by("read_at", "pk").iterator():
        if each.system in ids:
            newest[each.system] = each
    return [newest[key] for key in sorted(newest)]


def _of_audit(row: Plain, day: str) -> Plain:
    stood = row["points"] if row["sort"] in {"docked_bike", "carsharing"} else None
    return {
        "answered": row["answered"],
        "points": row["points"],
        "stations": stood,
        "vehicles": row["points"] if row["sort"] == "free_floating" else None,
        "modes": row["modes"],
        "licence": None,
        "flags": row["flags"],
        "version": "",
        "source": "audit",
        "on": day,
    }


def _merged(audited: Plain, reading: FeedReading) -> Plain:
    """A feed that did not answer this time keeps what was counted before; that it was silent counts."""
    day = str(reading.read_at.date())
    if not reading.answered:
        kept = audited or {
            "points": None, "stations": None, "vehicles": None, "modes": [], "licence": None, "flags": None,
            "version": "", "source": "readings", "on": day,
        }  # fmt: skip
        return kept | {"answered": False}
    said = reading.said
    return {
        "answered": True,
        "points": said["points"],
        "stations": said["stations"],
        "vehicles": said["free"],
        "modes": said["modes"],
        "licence": bool(said["licence"]),
        "flags": audited.get("flags"),
        "version": said["version"],
        "source": "readings",
        "on": day,
    }


def _placed(row: Plain, places: Gazetteer, by_hand: dict[str, tuple[str, ...]]) -> Plain:
    """A decision about one system stands before one about all of its location."""
    one = f"system:{row['id']}"
    if one in by_hand:
        codes = [code for code in by_hand[one] if code in places.by_code]
        how, near = ("by-hand", []) if codes else ("no-city", [])
    else:
        found = match(row["location"], row["country"], places, by_hand=by_hand)
        codes, how, near = list(found.codes), found.how, list(found.near)
    return {
        "id": row["id"],
        "name": row["name"],
        "country": row["country"],
        "location": row["location"],
        "operator": row["operator"],
        "discovery": row["discovery"],
        "versions": row["versions"],
        "key": row["needs_key"],
        "modes": modes_of_name(row["name"]),
        "places": sorted(codes),
        "how": how,
        "near": near,
    }


def alliance_by_place(places: Gazetteer) -> dict[str, City]:
    """Gazetteer code → the city of the vocabulary: one of its names in its country, where it lies."""
    found: dict[str, City] = {}
    for city in City.objects.filter(is_invented=False).order_by("pk"):
        names = dict.fromkeys((city.name, *city.names.values()))
        near = [
            place
            for name in names
            for place in (
                *places.called(name, city.country),
                *places.also_called(name, city.country),
            )
            if abs(place.latitude - city.latitude) < _NEAR
            and abs(place.longitude - city.longitude) < _NEAR
        ]
        if near:
            found[max(near, key=lambda place: (place.population or 0, place.code)).code] = city
    return found


def _facts(cities: Iterable[str]) -> dict[str, CityFact]:
    rows = CityFact.objects.filter(city__in=list(cities), name="population")
    return {row.city_id: row for row in rows}


def _place(place: Place, city: City | None, facts: dict[str, CityFact], places: Gazetteer) -> Plain:
    fact = facts.get(city.pk) if city else None
    return {
        "name": place.name,
        "country": place.country,
        "admin": place.admin,
        "city": city.pk if city else None,
        "population": int(fact.value) if fact else place.population,
        "spread": STATED if fact else UNDATED,
        "source": f"fact:{fact.city_id}" if fact else "gazetteer",
        "on": str(fact.year or "") if fact else "",
    }


def _corrections(window: tuple[datetime.date, datetime.date]) -> list[Correction]:
    """Accepted ones; the newest of each figure. Counts grow old, a number of people stays until a new one."""
    rows = Correction.objects.filter(state="accepted", on__lte=window[1]).select_related("place")
    newest: dict[tuple[str, str], Correction] = {}
    for each in rows.order_by("on", "decided_at", "pk"):
        if each.field == "population" or each.on >= window[0]:
            newest[each.place_id, each.field] = each
    return [newest[key] for key in sorted(newest)]


def _plain(each: Correction) -> Plain:
    return {
        "code": each.code,
        "place": each.place_id,
        "field": each.field,
        "value": each.value,
        "on": str(each.on),
    }


def _earlier(edition: Edition) -> Plain:
    cities = {
        city["code"]: {
            "systems": {system["id"]: system["name"] for system in city["systems"]},
            "low": city.get("low"),
            "high": city.get("high"),
        }
        for city in unpacked(edition.result)["cities"]
    }
    return {"edition": edition.code, "on": str(edition.as_of), "cities": cities}


def _file(key: str, file: SourceFile) -> Plain:
    return {
        "key": key, "title": file.title, "name": file.name, "on": str(file.as_of), "licence": file.licence,
        "url": file.url, "sha256": file.sha256, "rows": file.rows, "size": file.size,
    }  # fmt: skip


def _gazetteer() -> Plain:
    return {
        "key": "gazetteer", "title": gazetteer.SOURCE, "name": gazetteer.PLACES.name, "on": "",
        "licence": gazetteer.LICENCE, "url": gazetteer.SOURCE_URL, "sha256": gazetteer.digest(), "rows": 0,
        "size": 0,
    }  # fmt: skip


def _of_facts(known: dict[str, Plain], facts: dict[str, CityFact]) -> list[Plain]:
    used = {place["city"] for place in known.values() if place["source"].startswith("fact:")}
    return [
        {
            "key": f"fact:{code}", "title": facts[code].source, "name": facts[code].label,
            "on": str(facts[code].year or ""), "licence": "", "url": facts[code].url, "sha256": "", "rows": 1,
            "size": 0,
        }
        for code in sorted(used)
    ]  # fmt: skip


def _of_correction(each: Correction) -> Plain:
    return {
        "key": f"correction:{each.code}", "title": each.source, "name": each.place.name, "on": str(each.on),
        "licence": "", "url": each.url, "sha256": "", "rows": 1, "size": 0, "correction": each.code,
    }  # fmt: skip
