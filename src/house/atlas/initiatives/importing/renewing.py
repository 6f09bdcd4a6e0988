"""Importing again: which row of a file is which initiative of its layer, and what it now says otherwise.

A row is the initiative with its number in the source, else the one with exactly its name and point. What a
curator put right, what was taken off the map and what is older than here stays as it is; a contact that is
not here any more (its initiative may have taken it back) does not come again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from house.atlas.initiatives.duplicates import Spot, metres
from house.atlas.initiatives.importing.placing import Found, Options, Skip
from house.atlas.initiatives.models import Initiative, Layer, State
from house.atlas.initiatives.models.initiative import spaced

# every row in this file: the house compares what comes with all that is here, hidden ones too

# Of these a file says something only where one of the columns is in it.
_TOLD_BY = {
    "description": ("description",), "street": ("street", "number"), "postcode": ("postcode",),
    "place": ("place",), "website": ("website",), "email": ("email",), "phone": ("phone",),
    "contact_is_public": ("email", "phone"), "opening_hours": ("opening_hours",),
    "opening_note": ("opening_note",), "recurrence": ("rule", "starts", "ends"),
    "closed": ("closed", "exceptions"),
}  # fmt: skip
CONTACT = ("email", "phone", "contact_is_public")


@dataclass(frozen=True, slots=True)
class Renewed:
    """An initiative, and column → value of what the file says otherwise; never empty."""

    number: int
    row: Initiative  # as it is here now
    facts: Mapping[str, Any]

    @property
    def moved(self) -> int:
        """Metres."""
        lat, lon = self.row.latitude, self.row.longitude
        to = self.facts.get("latitude", lat), self.facts.get("longitude", lon)
        return round(metres(Spot("", lat, lon), Spot("", *to)))


@dataclass(slots=True)
class Here:
    """What is here of a layer, and which of it the file was seen to hold."""

    by_id: dict[str, Initiative] = field(default_factory=dict)
    by_spot: dict[tuple[str, float, float], Initiative] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, layer: Layer) -> "Here":
        here = cls()
        for row in Initiative.objects.filter(layer=layer) if layer.pk else ():
            if row.external_id:
                here.by_id[row.external_id] = row
            here.by_spot[_spot(row.name, row.latitude, row.longitude)] = row
        return here

    def holds(self, external_ids: Collection[str]) -> None:
        """The file names these, whatever becomes of their rows."""
        self.seen |= {self.by_id[one].pk for one in external_ids if one in self.by_id}

    def find(self, one: Found) -> Initiative | None:
        if one.external_id in self.by_id:
            return self.by_id[one.external_id]
        row = self.by_spot.get(_spot(one.name, one.lat, one.lon))
        return row if row and not (row.external_id and one.external_id) else None

    def gone(self) -> list[Initiative]:
        """Shown, once imported, and no longer in the file."""
        rows = {row.pk: row for row in (*self.by_id.values(), *self.by_spot.values())}
        return sorted(
            (
                row
                for row in rows.values()
                if row.state == State.SHOWN and row.run_id and row.pk not in self.seen
            ),
            key=lambda row: (row.name, row.pk),
        )


def _spot(name: str, lat: float, lon: float) -> tuple[str, float, float]:
    return name, round(lat, 5), round(lon, 5)


def judge(row: Initiative, one: Found, options: Options) -> Renewed | Skip:
    """What the file's place means for the initiative that it is."""
    if row.state != State.SHOWN:
        return Skip(one.number, one.name, "off")
    facts = _otherwise(row, one, options)
    if not facts:
        return Skip(one.number, one.name, "there")
    if row.put_right_at:
        return Skip(one.number, one.name, "put-right")
    return Renewed(one.number, row, facts)


def _otherwise(row: Initiative, one: Found, options: Options) -> dict[str, Any]:
    said = {
        name: value
        for name, value in one.facts.items()
        if name not in _TOLD_BY or any(column in options.columns for column in _TOLD_BY[name])
    }
    said |= {
        "latitude": one.lat,
        "longitude": one.lon,
        "kinds": spaced(one.kinds),
        "languages": spaced(one.facts["languages"]),
    }
    if one.is_named:
        said["name"] = one.name
    if one.external_id and not row.external_id:
        said["external_id"] = one.external_id
    if one.confirmed_on and (row.confirmed_on is None or one.confirmed_on > row.confirmed_on):
        said["confirmed_on"] = one.confirmed_on
    if not (row.email or row.phone):
        said = {name: value for name, value in said.items() if name not in CONTACT}
    return {name: value for name, value in said.items() if getattr(row, name) != value}
