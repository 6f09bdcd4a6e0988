"""The map with many points on a slow phone: a seeded house of its own, Chromium with a throttled processor.

    house bench map [--points 50000] [--rate 4] [--runs 5]

From the beginning of a navigation until the map is usable (discs drawn, list there), and from a changed
filter until the map, and until the list, show it. Needs Playwright's Python package and a Chromium.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.models import Initiative, Layer, State
from house.atlas.initiatives.models.initiative import spaced
from house.vocabulary.models import City

# every row in this file: a measurement fills a house of its own

_LETTERS = "ABCDEFGHIJKLMNOPRSTUVW"
_SENTENCE = "A place that exists to be measured, with a sentence of usual length. "
PHONE = {"width": 390, "height": 844}
_FILTER = """async (kind) => {
  const box = document.querySelector(`#f-${kind}`);
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const listed = new Promise((done) => document.addEventListener("house:listed", done, { once: true }));
  const start = performance.now();
  box.click();
  const drawn = performance.now() - start;
  await painted();
  const map = performance.now() - start;
  await listed;
  await painted();
  return { drawn, map, list: performance.now() - start };
}"""


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser("house bench map", description=__doc__)
    parser.add_argument("--points", type=int, default=50_000)
    parser.add_argument(
        "--rate", type=float, default=4, help="how many times slower the processor is"
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--seed-here", action="store_true", help="fill the house of HOUSE_DATA, measure nothing"
    )
    options = parser.parse_args(arguments)
    if options.seed_here:
        write(f"{seed(options.points)} points.")
        return
    found = measured(options.points, rate=options.rate, runs=options.runs)
    write(json.dumps(found, indent=1) if options.json else told(found))


def seed(count: int) -> int:
    """Synthetic places around the cities of the vocabulary and all over Europe; the same each time."""
    draw = random.Random(20261126)
    layer = Layer.objects.create(
        title="Bench", licence="CC0", attribution="Synthetic", is_public=True
    )
    cities, kinds = list(City.objects.real()), list(taxonomy.kinds())
    rows = []
    for number in range(count):
        city = draw.choice(cities)
        near = draw.random() < 0.7
        lat = draw.gauss(city.latitude, 0.06) if near else draw.uniform(37, 66)
        lon = draw.gauss(city.longitude, 0.09) if near else draw.uniform(-9, 30)
        rows.append(
            Initiative(
                layer=layer, state=State.SHOWN, name=f"{draw.choice(_LETTERS)} place {number}",
                kinds=spaced([draw.choice(kinds)]), languages=spaced(city.languages[:2]), latitude=lat,
                longitude=lon, city=city if near else None, time_zone=city.time_zone,
                description=_SENTENCE * draw.randint(0, 2),
                opening_hours=draw.choice(["", "", "24/7", "Mo-Fr 10:00-18:00"]),
            )
        )  # fmt: skip
    Initiative.objects.bulk_create(rows, batch_size=1000)
    return count


def measured(points: int, *, rate: float, runs: int) -> dict[str, Any]:
    # The desk's own measurement knows how to start a house; a room may not import it at the top.
    desk = import_module("house.office.bench")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise CommandError("Chromium is not installed.")
    folder = Path(tempfile.mkdtemp(prefix="house-bench-"))
    environment = {**os.environ, "HOUSE_DATA": str(folder), "HOUSE_EMBEDDINGS_URL": "none"}
    house = [sys.executable, "-m", "house.cli"]
    for command in (["migrate"], ["bench", "map", "--seed-here", "--points", str(points)]):
        subprocess.run([*house, *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    port = desk.free_port()
    base = f"http://127.0.0.1:{port}"
    web = subprocess.Popen(
        [*house, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        desk.seconds_until_open(f"{base}/healthz", 0)
        began = time.monotonic()
        size = len(desk.fetch(f"{base}/atlas/map/points.bin"))
        first = time.monotonic() - began
        for _warm in range(8):  # both workers make the points once
            desk.fetch(f"{base}/atlas/map/")
            desk.fetch(f"{base}/atlas/map/points.bin")
        served = _served(desk.fetch, f"{base}/atlas/map/?kind=repair-cafe&kind=makerspace")
        looked = _browse(chromium, base, rate=rate, runs=runs)
    finally:
        web.terminate()
        web.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "points": points,
        "rate": rate,
        "plain_bytes": size,
        "first_made_s": round(first, 2),
        "served_ms": served,
        **looked,
    }


def _served(fetch: Callable[..., bytes], address: str) -> dict[str, int]:
    """The list alone, as htmx asks for it, without a browser."""
    took = []
    for _time in range(15):
        began = time.monotonic()
        fetch(address, **{"HX-Request": "true"})
        took.append((time.monotonic() - began) * 1000)
    return _middle(took)


def _browse(chromium: str, base: str, *, rate: float, runs: int) -> dict[str, Any]:
    try:
        api = import_module("playwright.sync_api")
    except ImportError:
        raise CommandError("Playwright's Python package is not installed.") from None
    usable, drawn, mapped, listed, sent = [], [], [], [], 0
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for _run in range(runs):
            context = browser.new_context(
                viewport=PHONE, device_scale_factor=3, is_mobile=True, has_touch=True
            )
            page = context.new_page()
            page.context.new_cdp_session(page).send(
                "Emulation.setCPUThrottlingRate", {"rate": rate}
            )
            page.goto(f"{base}/atlas/map/")
            page.wait_for_selector("[data-ready]")
            page.wait_for_selector("#results .place")
            usable.append(page.evaluate("performance.getEntriesByName('map-ready')[0].startTime"))
            sent = page.evaluate(
                "performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0)"
            )
            # One kind, two, and one again.
            for kind in ("repair-cafe", "makerspace", "repair-cafe"):
                took = page.evaluate(_FILTER, kind)
                drawn.append(took["drawn"])
                mapped.append(took["map"])
                listed.append(took["list"])
            context.close()
        browser.close()
    return {
        "usable_ms": _middle(usable),
        "filter_drawn_ms": _middle(drawn),
        "filter_painted_ms": _middle(mapped),
        "filter_list_ms": _middle(listed),
        "transferred_kb": round(sent / 1024),
    }


def _middle(values: list[float]) -> dict[str, int]:
    return {"median": round(statistics.median(values)), "worst": round(max(values))}


def told(found: dict[str, Any]) -> str:
    lines = [
        f"{found['points']:,} points, processor {found['rate']:g} times slower, 390 × 844.",
        f"Points: {found['plain_bytes'] / 1024:,.0f} KB unpacked, made in {found['first_made_s']} s.",
        f"{found['transferred_kb']:,} KB sent for the page.",
    ]
    lines += [
        f"{label}: median {found[key]['median']} ms, worst {found[key]['worst']} ms"
        for key, label in (
            ("usable_ms", "Usable after"),
            ("filter_drawn_ms", "Filter, map drawn"),
            ("filter_painted_ms", "Filter, map painted"),
            ("filter_list_ms", "Filter, list there"),
            ("served_ms", "Of which the server, for the list alone"),
        )
    ]
    return "\n".join(lines)
