"""How long the judge takes: `house bench rights`, on the table of the house it runs in."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Callable

from house.access.capabilities import Standing
from house.access.viewer import VISITOR, Viewer
from house.partners import rights

ROUNDS, CALLS = 30, 2000


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser("house bench rights", description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    result = measured()
    if options.json:
        write(json.dumps(result))
        return
    for name, (median, worst) in result.items():
        write(f"{name:<32} {median:>6.2f} µs   slowest of {ROUNDS} rounds {worst:>6.2f} µs")


def measured() -> dict[str, tuple[float, float]]:
    """What is judged → processor microseconds of one decision: median and slowest of many rounds."""
    table = rights.ruling_table()
    held = rights.cells(table)[Standing.ASSOCIATE] - {"agora.read"}
    associate = Viewer(
        person_id=1, city_ids=frozenset({"ams"}), is_member=True, level="associate",
        capabilities=held, table=table, denied={"agora.read": "For now"},
    )  # fmt: skip
    cases = {
        "allowed": (associate, "alex.read"),
        "refused: another level has it": (associate, "agora.write"),
        "refused: another standing has it": (associate, "office.rights"),
        "refused: an exception": (associate, "agora.read"),
        "refused: a visitor": (VISITOR, "agora.write"),
    }
    return {name: timed(viewer, capability) for name, (viewer, capability) in cases.items()}


def timed(viewer: Viewer, capability: str) -> tuple[float, float]:
    rounds = []
    for _round in range(ROUNDS):
        began = time.thread_time()
        for _call in range(CALLS):
            rights.decide(viewer, capability)
        rounds.append((time.thread_time() - began) / CALLS * 1_000_000)
    rounds.sort()
    return round(rounds[ROUNDS // 2], 2), round(rounds[-1], 2)
