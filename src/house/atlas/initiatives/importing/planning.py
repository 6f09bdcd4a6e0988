"""What an import would do: which places would come in, which are here already, which stay out and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from house.atlas.initiatives import duplicates, taxonomy
from house.atlas.initiatives.duplicates import Spot
from house.atlas.initiatives.importing import mapping
from house.atlas.initiatives.importing.placing import Found, Options, Skip, place, words_of
from house.atlas.initiatives.importing.tables import Table, UnreadableFile
from house.atlas.initiatives.models import Initiative, Layer

# every row in this file: the house compares what comes with all that is here, hidden ones too


@dataclass(slots=True)
class Plan:
    format: str
    encoding: str
    is_guessed: bool
    columns: list[str]
    options: Options
    found: list[Found] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    # Word of the file → how many rows, and the kind that they would get.
    words: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Codes of why rows stay out, the most frequent first."""
        return Counter(skip.code for skip in self.skipped).most_common()

    @property
    def kinds(self) -> list[tuple[str, int]]:
        return Counter(kind for one in self.found for kind in one.kinds[:1]).most_common()

    def counts(self) -> dict[str, int]:
        same = sum(skip.code in {"same", "twice", "there"} for skip in self.skipped)
        return {
            "rows": len(self.found) + len(self.skipped),
            "found": len(self.found),
            "same": same,
            "skipped": len(self.skipped) - same,
        }


def plan(table: Table, options: Options, layer: Layer) -> Plan:
    """Raises `UnreadableFile` where no row has coordinates. Writes nothing."""
    mapping.unpack(table.rows)
    columns = table.columns
    if not options.columns:
        options = Options.of(options.kept() | {"columns": mapping.guess(columns)})
    if not _has_points(table, options):
        raise UnreadableFile("no-points")
    made = Plan(table.format, table.encoding, table.is_guessed, columns, options)
    made.skipped += [Skip(number, name, code) for number, name, code in table.lost]
    placed = [place(number, row, options) for number, row in enumerate(table.rows, start=1)]
    made.skipped += [one for one in placed if isinstance(one, Skip)]
    made.words = _words(table, options, placed)
    made.found = _without_same(
        [one for one in placed if isinstance(one, Found)], layer, made.skipped
    )
    made.skipped.sort(key=lambda skip: skip.number)
    return made


def _has_points(table: Table, options: Options) -> bool:
    if not {"lat", "lon"} <= options.columns.keys():
        return not table.rows  # features without geometry: each row says so
    return any(
        mapping.of(row, options.columns, "lat") and mapping.of(row, options.columns, "lon")
        for row in table.rows
        if not mapping.of(row, options.columns, "name").lower().startswith("example")
    )


def _words(
    table: Table, options: Options, placed: Sequence[Found | Skip]
) -> list[tuple[str, int, str]]:
    counted: Counter[str] = Counter()
    kind_of: dict[str, str] = {}
    for row, one in zip(table.rows, placed, strict=True):
        word = words_of(row, options)
        counted[word] += 1
        if isinstance(one, Found):
            kind_of.setdefault(word, one.kinds[0])
    return [(word, count, kind_of.get(word, "")) for word, count in counted.most_common(60)]


def _without_same(found: list[Found], layer: Layer, skipped: list[Skip]) -> list[Found]:
    """Those that are neither here nor twice in the file; the others are told in `skipped`."""
    ids = Initiative.objects.exclude(external_id="").values_list("external_id", flat=True)
    known_ids = set(ids.filter(layer=layer)) if layer.pk else set()
    fresh: list[Found] = []
    for one in found:
        if one.external_id and one.external_id in known_ids:
            skipped.append(Skip(one.number, one.name, "there"))
        else:
            if one.external_id:
                known_ids.add(one.external_id)
            fresh.append(one)
    here = list(_here(fresh))
    spots = [spot for _name, spot in here] + [_spot(one) for one in fresh]
    first = duplicates.firsts(spots)
    kept: list[Found] = []
    for number, one in enumerate(fresh, start=len(here)):
        same = first[number]
        if same == number:
            kept.append(one)
            continue
        other = here[same][0] if same < len(here) else fresh[same - len(here)].name
        facts = {"other": other, "metres": round(duplicates.metres(spots[same], spots[number]))}
        skipped.append(Skip(one.number, one.name, "same" if same < len(here) else "twice", facts))
    return kept


def _spot(one: Found) -> Spot:
    return Spot(one.name if one.is_named else "", one.lat, one.lon, frozenset(one.kinds))


def _here(fresh: Iterable[Found]) -> list[tuple[str, Spot]]:
    """What is on the map where the file's places are, whatever its state."""
    places = list(fresh)
    if not places:
        return []
    edge = 0.01
    rows = Initiative.objects.filter(
        latitude__gte=min(one.lat for one in places) - edge,
        latitude__lte=max(one.lat for one in places) + edge,
        longitude__gte=min(one.lon for one in places) - edge,
        longitude__lte=max(one.lon for one in places) + edge,
    ).values_list("name", "latitude", "longitude", "kinds")
    return [
        (name, Spot(_own_name(name, kinds.split()), lat, lon, frozenset(kinds.split())))
        for name, lat, lon, kinds in rows.iterator()
    ]


def _own_name(name: str, kinds: Sequence[str]) -> str:
    """Empty for what we named ourselves, after its kind."""
    labels = [taxonomy.label_of(kind) for kind in kinds]
    is_ours = any(name == label or name.startswith(f"{label}, ") for label in labels)
    return "" if is_ours else name
