"""The lists that the package carries, for a house that has imported none: see data/README.md."""

import datetime
import gzip

from house.atlas.mobility.actions.computing import make_edition
from house.atlas.mobility.actions.taking_in import KNOWN, SYSTEMS, Origin, take_in
from house.atlas.mobility.models import Edition
from house.atlas.mobility.naming.gazetteer import DATA

# every row in this file: an operator seeds a demonstration

DAYS = (datetime.date(2026, 4, 15), datetime.date(2026, 7, 21))


def take_in_shipped() -> None:
    """Both lists as files of their days; taking them in again changes nothing."""
    title, licence, url = KNOWN[SYSTEMS]
    for day in DAYS:
        raw = gzip.decompress((DATA / f"systems-{day}.csv.gz").read_bytes())
        told = f"{title} (only what the index needs)"
        take_in(raw, f"systems-{day}.csv", Origin(day, told, licence, url))


def seed_edition(day: datetime.date) -> bool:
    """An edition of the list of that day, unless the house has one; whether it was made."""
    if Edition.objects.filter(as_of__gte=day).exists():
        return False
    take_in_shipped()
    make_edition(as_of=day, is_demonstration=True)
    return True
