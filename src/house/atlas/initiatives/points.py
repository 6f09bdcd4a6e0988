"""All points of the map as one small download: columns of numbers, made once and kept for everybody.

Layout, little-endian: length of the head in bytes (uint32), the head (JSON, filled up to a multiple of four),
then one column after another, each of the head's `count` numbers: `id` (uint32, each as its step from the one
before), longitude and latitude (int32, in 1/100,000 degree), kinds (uint32, bit n is kind n of the head),
opening and closing (uint32, minutes since 1970; 0: not known), city (uint16, place in the head; 65,535:
none), languages (uint16, bits). `id` is asked for at `initiatives:at`, through the door.
It holds no words: it is the same in every language.
"""

import gzip
import json
import sys
from array import array
from collections import Counter
from dataclasses import dataclass
from typing import Any

import brotli
from django.core.cache import caches
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import get_language

from house.access.viewer import Viewer
from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.models import Initiative, InitiativeQuerySet
from house.vocabulary.models import City

KEPT = 600  # seconds; openings move on
LANGUAGES = 16
NO_CITY = 0xFFFF
_COLUMNS = (
    "pk",
    "longitude",
    "latitude",
    "kinds",
    "open_from",
    "open_until",
    "city_id",
    "languages",
)


@dataclass(frozen=True, slots=True)
class Points:
    stamp: str
    plain: bytes
    gzip: bytes
    brotli: bytes


def shown(viewer: Viewer) -> InitiativeQuerySet:
    """What the map is made of: nobody's map holds more than what is shown."""
    return Initiative.objects.visible_to(viewer).shown()


def stamp_of(viewer: Viewer) -> str:
    """Another one as soon as anything that is shown changes, comes or goes; and every ten minutes."""
    facts = shown(viewer).aggregate(count=Count("pk"), last=Max("changed_at"))
    last = facts["last"].timestamp() if facts["last"] else 0
    return f"{facts['count']}-{last:.6f}-{int(timezone.now().timestamp()) // KEPT}"


def points_of(viewer: Viewer) -> Points:
    stamp = stamp_of(viewer)
    key = f"initiatives:points:{stamp}"
    made: Points | None = caches["local"].get(key)
    if made is None:
        plain = _packed(viewer)
        made = Points(
            stamp,
            plain,
            gzip.compress(plain, 6, mtime=0),
            brotli.compress(plain, quality=5, lgwin=22),
        )
        caches["local"].set(key, made, KEPT)
    return made


def choices_of(viewer: Viewer) -> dict[str, Any]:
    """What there is to filter by, counted through the door: kinds, cities and languages."""
    key = f"initiatives:choices:{get_language()}:{stamp_of(viewer)}"
    made: dict[str, Any] | None = caches["local"].get(key)
    if made is None:
        made = _counted(viewer)
        caches["local"].set(key, made, KEPT)
    return made


def _counted(viewer: Viewer) -> dict[str, Any]:
    kinds: Counter[str] = Counter()
    cities: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    rows = shown(viewer).order_by().values_list("kinds", "city_id", "languages")
    for (said, city, spoken), count in Counter(rows.iterator(chunk_size=5000)).items():
        kinds.update(dict.fromkeys(said.split(), count))
        languages.update(dict.fromkeys(spoken.split(), count))
        if city:
            cities[city] += count
    named = City.objects.visible_to(viewer).in_bulk(list(cities))
    return {
        "kinds": dict(kinds),
        "cities": sorted(
            ((named[code].slug, named[code].label(), count) for code, count in cities.items()),
            key=lambda row: row[1],
        ),
        "languages": languages.most_common(),
    }


def _packed(viewer: Viewer) -> bytes:
    rows = list(shown(viewer).order_by("pk").values_list(*_COLUMNS))
    numbers = {name: number for number, name in enumerate(taxonomy.kinds())}
    spoken = Counter(tag for row in rows for tag in row[7].split()).most_common(LANGUAGES)
    tags = {tag: number for number, (tag, _count) in enumerate(spoken)}
    codes = sorted({row[6] for row in rows if row[6]})
    places = {code: number for number, code in enumerate(codes)}
    head = _head(viewer, len(rows), codes, list(tags))
    columns = [
        array("I", _steps([row[0] for row in rows])),
        array("i", [round(row[1] * 100_000) for row in rows]),
        array("i", [round(row[2] * 100_000) for row in rows]),
        array("I", [_bits(row[3], numbers) for row in rows]),
        array("I", [_minutes(row[4]) for row in rows]),
        array("I", [_minutes(row[5]) for row in rows]),
        array("H", [places.get(row[6], NO_CITY) for row in rows]),
        array("H", [_bits(row[7], tags) for row in rows]),
    ]
    if sys.byteorder == "big":
        for column in columns:
            column.byteswap()
    return len(head).to_bytes(4, "little") + head + b"".join(each.tobytes() for each in columns)


def _head(viewer: Viewer, count: int, codes: list[str], tags: list[str]) -> bytes:
    named = City.objects.visible_to(viewer).in_bulk(codes)
    facts = {
        "count": count,
        "kinds": [
            {"name": kind.notation, "group": kind.broader} for kind in taxonomy.kinds().values()
        ],
        "cities": [[named[c].slug, named[c].latitude, named[c].longitude] for c in codes],
        "languages": tags,
    }
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    return text + b" " * (-len(text) % 4)


def _steps(pks: list[int]) -> list[int]:
    return [pk - before for pk, before in zip(pks, [0, *pks], strict=False)]


def _bits(words: str, numbers: dict[str, int]) -> int:
    return sum(1 << numbers[word] for word in words.split() if word in numbers)


def _minutes(moment: Any) -> int:
    return int(moment.timestamp()) // 60 if moment else 0
