"""From what an edition holds to figures of each city. No ranking, and no guess: what is missing says why.

A bundle is plain JSON: `systems`, `measures` (system id → what was counted), `places`, `corrections`,
`sources`, `before`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from house.atlas.mobility.method.values import Value

Bundle = Mapping[str, Any]
Plain = dict[str, Any]
# Why a figure is missing. The pages have the sentences.
NO_POPULATION, NOT_COUNTED, NOT_STATED, NOT_TRIED = (
    "no-population",
    "not-counted",
    "not-stated",
    "not-tried",
)
LIST = "systems"
# A count taken at one moment moves with the hour and the season: so much up or down.
MOMENT = 0.2
_PARTS = ("answers", "keyless", "version", "licence", "sound")
_MOST_MODES = 7


def asked(bundle: Bundle, *, least: int) -> list[str]:
    """Which of the questions about openness are asked: those that enough systems have an answer to."""
    measures = bundle["measures"].values()
    known = {
        "answers": sum(each["answered"] is not None for each in measures),
        "licence": sum(each["licence"] is not None for each in measures),
        "sound": sum(each["flags"] is not None for each in measures),
    }
    return [part for part in _PARTS if known.get(part, least) >= least]


def by_city(bundle: Bundle) -> dict[str, list[Plain]]:
    """Place → its systems; one that serves several cities stands under each of them."""
    found: dict[str, list[Plain]] = defaultdict(list)
    for system in bundle["systems"]:
        for code in system["places"]:
            found[code].append(system)
    return dict(found)


def gather(bundle: Bundle, code: str, systems: list[Plain]) -> dict[str, Value]:
    """All figures of one city, in the order in which they are shown."""
    corrections = {
        each["field"]: each for each in bundle["corrections"] if each["place"] == code
    }  # the last accepted one of a figure counts
    measures = [bundle["measures"].get(system["id"], {}) for system in systems]
    population = _corrected(_population(bundle["places"][code]), corrections.get("population"))
    figures = {
        "population": population,
        "systems": _counted(len(systems), [LIST], bundle),
        "operators": _operators(systems, measures, bundle),
        "modes": _modes(systems, measures, bundle),
    }
    figures["operators"] = _corrected(figures["operators"], corrections.get("operators"))
    for name, key in (("stations", "stations"), ("vehicles", "vehicles"), ("points", "points")):
        total = _total(name, key, systems, measures, bundle)
        figures[name] = _corrected(total, corrections.get(name))
    figures["points"] = _points(figures, corrections)
    figures["supply"] = _supply(figures, systems, measures, bundle, corrections)
    figures["openness"] = _openness(systems, measures, bundle)
    return figures


def _counted(count: int, sources: list[str], bundle: Bundle) -> Value:
    return Value(count, count, count, sources=sources, on=_newest(sources, bundle))


def _newest(sources: Iterable[str], bundle: Bundle) -> str:
    return max((bundle["sources"][key]["on"] for key in sources), default="")


def _population(place: Plain) -> Value:
    people = place["population"]
    if people is None:
        return Value(unit="persons", why=NO_POPULATION)
    spread = place["spread"]
    return Value(
        people, people * (1 - spread), people * (1 + spread), unit="persons",
        sources=[place["source"]], on=place["on"],
    )  # fmt: skip


def _corrected(figure: Value, correction: Plain | None) -> Value:
    """The city's value in the place of ours; ours stays beside it."""
    if correction is None:
        return figure
    value = correction["value"]
    # Who counts operators counts them; a number of people, stations or vehicles is of one day.
    near = 0.0 if correction["field"] == "operators" else 0.02
    before = {"value": figure.value, "sources": figure.sources, "on": figure.on, "why": figure.why}
    return Value(
        value,
        value * (1 - near),
        value * (1 + near),
        unit=figure.unit,
        sources=[f"correction:{correction['code']}"],
        on=correction["on"],
        corrected=before,
        parts=figure.parts,
    )


def _operators(systems: list[Plain], measures: list[Plain], bundle: Bundle) -> Value:
    """Told apart by the host of their web address; systems without one may be anybody's."""
    known = {system["operator"] for system in systems if system["operator"]}
    unknown = sum(not system["operator"] for system in systems)
    if not known:
        return Value(why=NOT_STATED)
    return Value(
        len(known), len(known), len(known) + unknown, sources=[LIST], on=_newest([LIST], bundle)
    )


def _modes(systems: list[Plain], measures: list[Plain], bundle: Bundle) -> Value:
    """At least so many kinds: a system whose kind nobody states may add one, or none."""
    found: set[str] = set()
    sources: set[str] = set()
    unknown = 0
    for system, measure in zip(systems, measures, strict=True):
        stated = measure.get("modes") or system["modes"]
        found |= set(stated)
        unknown += not stated
        if stated:
            sources.add(measure["source"] if measure.get("modes") else LIST)
    if not found:
        return Value(why=NOT_STATED)
    most = max(len(found), min(_MOST_MODES, len(found) + unknown))
    kept = sorted(sources)
    return Value(
        len(found), len(found), most, sources=kept, on=_newest(kept, bundle),
        parts={"modes": sorted(found), "unknown": unknown},
    )  # fmt: skip


def _total(
    name: str, key: str, systems: list[Plain], measures: list[Plain], bundle: Bundle
) -> Value:
    """What was counted of its systems; one that is shared with other cities counts by its part of them."""
    counted = [
        (measure[key] / len(system["places"]), measure["source"])
        for system, measure in zip(systems, measures, strict=True)
        if measure.get(key) is not None
    ]
    if not counted:
        return Value(why=NOT_COUNTED, parts={"counted": 0, "systems": len(systems)})
    total = sum(count for count, _source in counted)
    sources = sorted({source for _count, source in counted})
    return Value(
        total, total * (1 - MOMENT), total * (1 + MOMENT) * len(systems) / len(counted), sources=sources,
        on=_newest(sources, bundle), parts={"counted": len(counted), "systems": len(systems)},
    )  # fmt: skip


def _points(figures: dict[str, Value], corrections: Mapping[str, Plain]) -> Value:
    """Stations and parked vehicles, where the city said one of them itself."""
    if not {"stations", "vehicles"} & corrections.keys():
        return figures["points"]
    known = [figures[name] for name in ("stations", "vehicles") if figures[name].is_known]
    total = sum(each.value or 0 for each in known)
    sources = sorted({key for each in known for key in each.sources})
    before = figures["points"]
    return Value(
        total, sum(each.low or 0 for each in known), sum(each.high or 0 for each in known), sources=sources,
        on=max(each.on for each in known), parts=before.parts,
        corrected={"value": before.value, "sources": before.sources, "on": before.on, "why": before.why},
    )  # fmt: skip


def _supply(
    figures: dict[str, Value], systems: list[Plain], measures: list[Plain], bundle: Bundle,
    corrections: Mapping[str, Plain],
) -> Value:  # fmt: skip
    """Places where a ride may begin, for every thousand people who share them."""
    points, people = figures["points"], figures["population"]
    unit = "per 1,000 people"
    if not people.value:
        return Value(unit=unit, why=NO_POPULATION)
    if points.value is None:
        return Value(unit=unit, why=NOT_COUNTED, parts=points.parts)
    rate = _rate(people.value, systems, measures, bundle)
    if rate is None or points.corrected:
        rate = points.value / people.value
    scale = rate / points.value if points.value else 0.0
    assert people.low is not None and people.high is not None  # noqa: S101, PT018 -- known with the value
    return Value(
        rate * 1000,
        (points.low or 0) * scale * 1000 * people.value / people.high,
        (points.high or 0) * scale * 1000 * people.value / people.low,
        unit=unit,
        sources=[*points.sources, *people.sources],
        on=max(points.on, people.on),
        parts=points.parts,
        corrected={} if points.corrected or people.corrected else None,
    )


def _rate(
    people: float, systems: list[Plain], measures: list[Plain], bundle: Bundle
) -> float | None:
    """A shared system's points are for the people of all its cities; unknown where one of them is unknown."""
    total = 0.0
    for system, measure in zip(systems, measures, strict=True):
        if measure.get("points") is None:
            continue
        if len(system["places"]) == 1:
            total += measure["points"] / people
            continue
        shares = [bundle["places"][code]["population"] for code in system["places"]]
        if not all(shares):
            return None
        total += measure["points"] / sum(shares)
    return total


def _openness(systems: list[Plain], measures: list[Plain], bundle: Bundle) -> Value:
    """The mean of what is known of five questions; what is unknown could be all no or all yes."""
    parts = {
        "answers": _share(measure.get("answered") for measure in measures),
        "keyless": _share(
            None if system["key"] is None else not system["key"] for system in systems
        ),
        "version": _share(map(_version, systems, measures)),
        "licence": _share(measure.get("licence") for measure in measures),
        "sound": _share(
            None if measure.get("flags") is None else not measure["flags"] for measure in measures
        ),
    }  # fmt: skip
    asked = [name for name in _PARTS if name in bundle["asked"]]
    known = [parts[name] for name in asked if parts[name] is not None]
    if not known:
        return Value(unit="%", why=NOT_TRIED, parts=parts)
    total = sum(known)  # type: ignore[arg-type]
    sources = sorted({LIST, *(m["source"] for m in measures if m)})
    return Value(
        100 * total / len(known),
        100 * total / len(asked),
        100 * (total + len(asked) - len(known)) / len(asked),
        unit="%", sources=sources, on=_newest(sources, bundle), parts=parts,
    )  # fmt: skip


def _share(answers: Iterable[float | bool | None]) -> float | None:
    known = [float(answer) for answer in answers if answer is not None]
    return round(sum(known) / len(known), 6) if known else None


def _version(system: Plain, measure: Plain) -> float | None:
    """Version 3 counts whole, 2 half, 1 nothing: the newest that is offered."""
    offered = [*system["versions"], measure.get("version") or ""]
    newest = max(filter(None, offered), default="")
    return {"3": 1.0, "2": 0.5, "1": 0.0}.get(newest[:1]) if newest else None
