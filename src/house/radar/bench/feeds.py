"""`house bench feeds FOLDER`: how fast feeds are read, and that every file is survived."""

import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from house.ground.unreadable import Unreadable
from house.radar.reading import read_feed


def main(arguments: Sequence[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser(prog="house bench feeds", description=__doc__)
    parser.add_argument("folder", type=Path, help="with .xml files, in folders of any depth")
    folder = parser.parse_args(arguments).folder
    files = [(file, file.read_bytes()) for file in sorted(folder.rglob("*.xml"))]
    if not files:
        parser.error(f"There are no .xml files in {folder}.")
    refused: Counter[str] = Counter()
    items, slowest = 0, (0.0, "")
    began = time.perf_counter()
    for file, data in files:
        at = time.perf_counter()
        try:
            items += len(read_feed(data, url="https://feed.example/").entries)
        except Unreadable as problem:
            refused[problem.code] += 1
        slowest = max(slowest, (time.perf_counter() - at, file.name))
    took = time.perf_counter() - began
    write(f"{len(files)} files survived in {took:.2f} s: {len(files) / took:.0f} feeds a second.")
    told = ", ".join(f"{count} {code}" for code, count in refused.items()) or "none"
    write(f"{items} items. Refused: {told}. Slowest: {slowest[1]}, {slowest[0] * 1000:.0f} ms.")
