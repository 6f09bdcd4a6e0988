"""Small worlds for tests: a list of systems, a gazetteer of three countries, an edition of both."""

import datetime

from house.atlas.mobility.actions.computing import make_edition
from house.atlas.mobility.actions.taking_in import KNOWN, Origin, kind_of, take_in
from house.atlas.mobility.method import Parameters
from house.atlas.mobility.naming.gazetteer import Gazetteer, Place

HEAD = "Country Code,Name,Location,System ID,URL,Auto-Discovery URL,Supported Versions,Authentication Type"
AUDIT = "name,country,status,n_stations,station_type,A2_flagged,A5_flagged,A6_flagged,url"
DAY, EARLIER = datetime.date(2026, 7, 21), datetime.date(2026, 4, 15)
# Small worlds are ranked too.
FEW = Parameters(least_known=1, draws=60)


def place(code, name, country="NL", population=100_000, **facts):
    return Place(
        code,
        name,
        country,
        latitude=52.37,
        longitude=4.9,
        population=population,
        **facts,
    )


PLACES = Gazetteer(
    [
        place("gn1", "City aaa", names=("Stad A",)),
        place("gn2", "City bbb", population=200_000),
        place("gn3", "City ccc", population=None),
        place("gn4", "Neustadt", "DE", 9_000, admin="04"),
        place("gn5", "Neustadt", "DE", 8_000, admin="05"),
        place("gn6", "Hamm", "DE", 180_000, admin="07"),
        place("gn7", "Hamm", "DE", 1_000, admin="08"),
        place("gn8", "Portland", "US", 650_000, admin="OR"),
        place("gn9", "Portland", "US", 68_000, admin="ME"),
        place("gn10", "City aaa", "BE", 70_000),
    ],
    {"NL": "Netherlands", "DE": "Germany", "US": "United States", "BE": "Belgium"},
)


def row(system, location="City aaa", *, name="", country="NL", host="", versions="2.3", key=""):
    host = host or f"{system}.example"
    return f"{country},{name or system},{location},{system},https://{host}/,https://feeds.example/{system},{versions},{key}"


def listed(*rows):
    return "\n".join([HEAD, *rows, ""]).encode()


def audited(*rows):
    lines = [
        f"{s},NL,ok,{n},{sort},False,{flag},False,https://feeds.example/{s}"
        for s, n, sort, flag in rows
    ]
    return "\n".join([AUDIT, *lines, ""]).encode()


def keep(raw, day=DAY):
    title, licence, url = KNOWN[kind_of(raw)]
    return take_in(raw, "file.csv", Origin(day, title, licence, url))[0]


def edition(*rows, day=DAY, audit=None, parameters=FEW):
    if rows:
        keep(listed(*rows), day)
    if audit:
        keep(audited(*audit), day)
    return make_edition(as_of=day, places=PLACES, parameters=parameters)[0]
