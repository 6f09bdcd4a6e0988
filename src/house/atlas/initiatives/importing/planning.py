"""What an import would do: which places would come in, be renewed, stay as they are or stay out, and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from house.atlas.initiatives import duplicates, taxonomy
from house.atlas.initiatives.duplicates import Spot
from house.atlas.initiatives.importing import mapping, renewing
from house.atlas.initiatives.importing.placing import Found, Options, Skip, place, words_of
from house.atlas.initiatives.importing.tables import Table, UnreadableFile
from house.atlas.initiatives.models import Initiative, Layer
from house.ground.text import one_line

# every row in this file: the house compares what comes with all that is here, hidden ones too


@dataclass(slots=True)
class Plan:
    format: str
    encoding: str
    is_guessed: bool
    columns: list[str]
    options: Options
    found: list[Found] = field(default_factory=list)
    changed: list[renewing.Renewed] = field(default_factory=list)
    gone: list[Initiative] = field(default_factory=list)
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
            "rows": len(self.found) + len(self.changed) + len(self.skipped),
            "found": len(self.found),
            "changed": len(self.changed),
            "same": same,
            "skipped": len(self.skipped) - same,
            "gone": len(self.gone),
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
    here = renewing.Here.of(layer)
    here.holds(_ids(table, options, placed))
    _compare(made, [one for one in placed if isinstance(one, Found)], here)
    made.gone = here.gone()
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


def _compare(made: Plan, places: list[Found], here: renewing.Here) -> None:
    """Each place is a new one, renews what is here, or is told in `skipped`."""
    fresh: list[Found] = []
    taken: set[str | int] = set()  # numbers in the source, and rows that are here
    for one in places:
        row = here.find(one)
        key = row.pk if row else one.external_id
        if key and key in taken:
            made.skipped.append(Skip(one.number, one.name, "twice", {"other": one.name}))
            continue
        taken.add(key)
        if row is None:
            fresh.append(one)
            continue
        here.seen.add(row.pk)
        said = renewing.judge(row, one, made.options)
        if isinstance(said, Skip):
            made.skipped.append(said)
        else:
            made.changed.append(said)
    made.found = _without_same(fresh, here, made.skipped)


def _without_same(fresh: list[Found], here: renewing.Here, skipped: list[Skip]) -> list[Found]:
    """Those that are neither on the map nor twice in the file; the others are told in `skipped`."""
    near = list(_near(fresh))
    spots = [spot for _pk, _name, spot in near] + [_spot(one) for one in fresh]
    first = duplicates.firsts(spots)
    kept: list[Found] = []
    for number, one in enumerate(fresh, start=len(near)):
        same = first[number]
        if same == number:
            kept.append(one)
            continue
        is_here = same < len(near)
        if is_here:
            here.seen.add(near[same][0])
        other = near[same][1] if is_here else fresh[same - len(near)].name
        facts = {"other": other, "metres": round(duplicates.metres(spots[same], spots[number]))}
        skipped.append(Skip(one.number, one.name, "same" if is_here else "twice", facts))
    return kept


def _ids(table: Table, options: Options, placed: Sequence[Found | Skip]) -> set[str]:
    """Numbers in the source of all rows but those of which the file says that they are no more."""
    return {
        one_line(mapping.of(row, options.columns, "id"))[:120]
        for row, one in zip(table.rows, placed, strict=True)
        if not (isinstance(one, Skip) and one.code == "closed")
    }


def _spot(one: Found) -> Spot:
    return Spot(one.name if one.is_named else "", one.lat, one.lon, frozenset(one.kinds))


def _near(fresh: Iterable[Found]) -> list[tuple[int, str, Spot]]:
    """What is here where the file's places are, whatever its state."""
    places = list(fresh)
    if not places:
        return []
    edge = 0.01
    rows = Initiative.objects.filter(
        latitude__gte=min(one.lat for one in places) - edge,
        latitude__lte=max(one.lat for one in places) + edge,
        longitude__gte=min(one.lon for one in places) - edge,
        longitude__lte=max(one.lon for one in places) + edge,
    ).values_list("pk", "name", "latitude", "longitude", "kinds")
    return [
        (pk, name, Spot(_own_name(name, kinds.split()), lat, lon, frozenset(kinds.split())))
        for pk, name, lat, lon, kinds in rows.iterator()
    ]


def _own_name(name: str, kinds: Sequence[str]) -> str:
    """Empty for what we named ourselves, after its kind."""
    labels = [taxonomy.label_of(kind) for kind in kinds]
    is_ours = any(name == label or name.startswith(f"{label}, ") for label in labels)
    return "" if is_ours else name
