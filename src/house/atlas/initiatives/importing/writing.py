"""What a plan writes: new initiatives, renewed ones, and those that its file no longer holds.

Each function gives the keys of those whom search must look at again.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone

from house.atlas.initiatives.importing.placing import Found
from house.atlas.initiatives.importing.renewing import Renewed
from house.atlas.initiatives.models import Initiative, Renewal, Run, State
from house.atlas.initiatives.models.initiative import spaced
from house.atlas.initiatives.nearest import Cities
from house.atlas.initiatives.opening.keeping import set_next
from house.atlas.initiatives.search import says_something
from house.vocabulary.models import City

# every row in this file: whoever may look after the atlas writes all of it

BATCH = 500
REACHED_BY = ("email", "phone")
_FOLDED = Initiative._meta.get_field("name_folded")
# What follows from what a place says.
_WORKED_OUT = frozenset({"city", "time_zone", "open_from", "open_until", "changed_at"})


def add(found: Sequence[Found], run: Run) -> list[int]:
    cities, now = Cities(City.objects.real()), timezone.now()
    rows = []
    for one in found:
        where = cities.of(one.lat, one.lon, named=one.town)
        row = Initiative(
            state=State.SHOWN, name=one.name, latitude=one.lat, longitude=one.lon, kinds=spaced(one.kinds),
            city=where.city, time_zone=where.zone, layer=run.layer, run=run, external_id=one.external_id,
            confirmed_on=one.confirmed_on, changed_at=now,
            contact_source=run.layer.title if one.facts["contact_is_public"] else "",
            **one.facts | {"languages": spaced(one.facts["languages"])},
        )  # fmt: skip
        if row.has_hours:
            set_next(row, now)
        rows.append(row)
    Initiative.objects.bulk_create(rows, batch_size=BATCH)
    return [row.pk for row in rows if says_something(row)]


def renew(changed: Sequence[Renewed], run: Run) -> list[int]:
    rows = [each.row for each in changed]
    Renewal.objects.bulk_create(
        (_before(each.row, each.facts, run) for each in changed), batch_size=BATCH
    )
    for each in changed:
        for name, value in each.facts.items():
            setattr(each.row, name, value)
        if each.row.contact_is_public:
            each.row.contact_source = run.layer.title
    save(rows, {name for each in changed for name in each.facts} | {"contact_source"})
    return [row.pk for row in rows]


def hide(gone: Sequence[Initiative], run: Run) -> list[int]:
    """Off the map, not deleted: one may be away from a file by mistake."""
    Renewal.objects.bulk_create(
        (Renewal(run=run, initiative=row, before={"state": State.SHOWN}) for row in gone),
        batch_size=BATCH,
    )
    for row in gone:
        row.state = State.HIDDEN
    save(gone, {"state"})
    return [row.pk for row in gone]


def _before(row: Initiative, facts: Collection[str], run: Run) -> Renewal:
    kept: dict[str, Any] = {name: getattr(row, name) for name in facts if name not in REACHED_BY}
    if day := kept.get("confirmed_on"):
        kept["confirmed_on"] = day.isoformat()
    contact = {name: getattr(row, name) for name in REACHED_BY if name in facts}
    return Renewal(run=run, initiative=row, before=kept | {"contact": list(contact)}, **contact)


def save(rows: Sequence[Initiative], names: Collection[str]) -> None:
    """These columns, and what follows from them: city, zone, opening."""
    cities, now = Cities(City.objects.real()), timezone.now()
    for row in rows:
        where = cities.of(row.latitude, row.longitude, named=row.place)
        row.city, row.time_zone = where.city, where.zone
        _FOLDED.pre_save(row, add=False)  # which `bulk_update` leaves to us
        row.changed_at = now
        set_next(row, now)
    columns = {*names, *_WORKED_OUT, *({"name_folded"} if "name" in names else ())}
    Initiative.objects.bulk_update(rows, sorted(columns), batch_size=200)
