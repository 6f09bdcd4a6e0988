"""The first version of the method: four indicators, ranked as ranges."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from house.atlas.mobility.method import gathering, ranking
from house.atlas.mobility.method.parameters import INDICATORS
from house.atlas.mobility.method.values import Value, rounded

Plain = dict[str, Any]
# Whose few large values would leave all others near nothing.
_SKEWED = {"supply", "operators"}


def compute(bundle: Mapping[str, Any], parameters: Mapping[str, Any]) -> Plain:
    """The whole result of an edition, as plain JSON in a fixed order."""
    bundle = {**bundle, "asked": gathering.asked(bundle, least=parameters["least_known"])}
    cities = gathering.by_city(bundle)
    codes = sorted(cities)
    figures = {code: gathering.gather(bundle, code, cities[code]) for code in codes}
    used = _used(figures, parameters)
    ranked = [code for code in codes if _is_ranked(figures[code], used)]
    standing = _standings(ranked, figures, used, parameters) if ranked else {}
    return {
        "method": "1",
        "used": used,
        "ranked": len(ranked),
        "systems": len(bundle["systems"]),
        "placed": sum(bool(system["places"]) for system in bundle["systems"]),
        "cities": [
            {
                "code": code,
                **{key: bundle["places"][code][key] for key in ("name", "country", "city", "admin")},
                "figures": {name: value.plain() for name, value in figures[code].items()},
                "systems": [_told(system, bundle) for system in cities[code]],
                "change": _change(code, cities[code], standing.get(code), bundle),
                **(standing.get(code) or {"rank": None}),
            }
            for code in codes
        ],
    }  # fmt: skip


def _used(figures: Mapping[str, Mapping[str, Value]], parameters: Mapping[str, Any]) -> list[str]:
    """Indicators that enough cities have to be ranked by."""
    return [
        name
        for name in INDICATORS
        if sum(each[name].is_known for each in figures.values()) >= parameters["least_known"]
    ]


def _is_ranked(figures: Mapping[str, Value], used: list[str]) -> bool:
    """With half of the indicators known, a rank says something of the city; with fewer, of the others."""
    return bool(used) and 2 * sum(figures[name].is_known for name in used) >= len(used)


def inputs_of(rows: list[Mapping[str, tuple[Any, Any, Any]]], used: list[str]) -> ranking.Inputs:
    """(value, low, high) of each city by indicator."""

    def column(which: int) -> ranking.Floats:
        return np.array(
            [
                [np.nan if row[name][which] is None else float(row[name][which]) for name in used]
                for row in rows
            ],
            dtype=np.float64,
        )

    return ranking.Inputs(column(0), column(1), column(2), tuple(name in _SKEWED for name in used))


def _standings(
    codes: list[str], figures: Mapping[str, Mapping[str, Value]], used: list[str],
    parameters: Mapping[str, Any],
) -> dict[str, Plain]:  # fmt: skip
    # What the result keeps is what was ranked by: a reader who ranks again from it finds the same.
    rows = [
        {
            name: tuple(
                rounded(each)
                for each in (figures[code][name].value, figures[code][name].low, figures[code][name].high)
            )
            for name in used
        }
        for code in codes
    ]  # fmt: skip
    return standings(codes, inputs_of(rows, used), used, parameters["weights"], parameters)


def standings(
    codes: list[str], inputs: ranking.Inputs, used: list[str], weights: Mapping[str, int],
    parameters: Mapping[str, Any],
) -> dict[str, Plain]:  # fmt: skip
    """Code → rank range, score, group and the percentile in each indicator, for these weights."""
    given = np.array([float(weights[name]) for name in used])
    ranks = ranking.rank(inputs, given, parameters=dict(parameters))
    order = in_order(ranks)
    group = ranking.groups(ranks, order, sure=parameters["sure"])
    scales = _scales(inputs, used)
    return {
        code: {
            "rank": int(ranks.middle[number]),
            "low": int(ranks.low[number]),
            "high": int(ranks.high[number]),
            "score": round(float(ranks.score[number]), 3),
            "group": group[number],
            "scales": scales[number],
        }
        for number, code in enumerate(codes)
    }


def in_order(ranks: ranking.Ranks) -> Any:
    """By middle rank, then by the mean of the scores; codes, which come in order, break what is left."""
    return np.lexsort((-ranks.score, ranks.middle))


def _scales(inputs: ranking.Inputs, used: list[str]) -> list[Plain]:
    found: list[Plain] = [{} for _city in range(len(inputs.point))]
    for column, name in enumerate(used):
        known = ~np.isnan(inputs.point[:, column])
        told = ranking.percentiles(inputs.point[known, column])
        for number, scale in zip(np.flatnonzero(known), told, strict=True):
            found[number][name] = round(float(scale), 1)
    return found


def _told(system: Plain, bundle: Mapping[str, Any]) -> Plain:
    measure = bundle["measures"].get(system["id"], {})
    keys = ("id", "name", "operator", "location", "how", "versions", "key")
    told = {key: system[key] for key in keys}
    told["modes"] = measure.get("modes") or system["modes"]
    told["with"] = sorted(system["places"])
    told["measure"] = measure or None
    return told


def _change(
    code: str, systems: list[Plain], standing: Plain | None, bundle: Mapping[str, Any]
) -> Plain | None:
    """Since the edition before: systems that came and went, and whether the two ranges lie apart."""
    before = bundle["before"]
    if before is None:
        return None
    earlier = before["cities"].get(code)
    now = {system["id"]: system["name"] for system in systems}
    then = earlier["systems"] if earlier else {}
    moved = ""
    if standing and earlier and earlier["low"] is not None:
        if standing["high"] < earlier["low"]:
            moved = "up"
        elif standing["low"] > earlier["high"]:
            moved = "down"
    return {
        "since": before["edition"],
        "was_there": earlier is not None,
        "came": sorted(now[key] for key in now.keys() - then.keys()),
        "went": sorted(then[key] for key in then.keys() - now.keys()),
        "moved": moved,
        "low": earlier and earlier["low"],
        "high": earlier and earlier["high"],
    }
