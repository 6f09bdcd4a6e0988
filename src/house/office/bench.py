"""Pages under load: a seeded house of its own, two web workers, wrk from the same machine.

    house bench pages [--seconds 8] [--clients 8] [--beside "Ghost home=http://localhost:2368/"]

Figures: cold start to the first page, requests a second, p50 and p99 of each page, memory of each web
process. A peer's pages, where its server stands, are asked in the same run, between ours and ours kept.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

PAGES = {
    "home": "/",
    "search": "/search/?q=short-term+rental+registration",
    "lexicon": "/alex/",
    "city": "/cities/amsterdam/",
    "topic": "/topics/short-term-rental/",
    "entry": "/api/v1/entries",
    "showcase": "/api/v1/showcases",
    "issue": "/api/v1/magazine",
}
# The same for a visitor in an ordinary house, which keeps finished pages for half a minute.
KEPT = {
    "home, kept": "/",
    "city, kept": "/cities/amsterdam/",
    "entry, kept": "/api/v1/entries",
    "showcase, kept": "/api/v1/showcases",
    "issue, kept": "/api/v1/magazine",
}
PATIENCE = 300  # seconds: a crowded machine opens a house slowly
HOUSE = [sys.executable, "-m", "house.cli"]


@dataclass(frozen=True, slots=True)
class Figure:
    page: str
    requests_per_second: float
    p50_ms: float
    p99_ms: float
    kilobytes: float
    failed: int


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser("house bench pages", description=__doc__)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--beside", action="append", default=[], metavar="NAME=URL")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    peers = [each.partition("=")[::2] for each in options.beside]
    if not all(address.startswith("http") for _name, address in peers):
        parser.error(
            "--beside takes a name and an address: --beside 'Ghost home=http://localhost:2368/'"
        )
    result = measured(seconds=options.seconds, clients=options.clients, peers=peers)
    write(json.dumps(result, indent=1) if options.json else told(result))


def measured(*, seconds: int, clients: int, peers: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """`peers` are names and addresses of pages of servers that stand already."""
    if not shutil.which("wrk"):
        raise CommandError("wrk is not installed: apt-get install wrk")
    folder = Path(tempfile.mkdtemp(prefix="house-bench-"))
    environment = {**os.environ, "HOUSE_DATA": str(folder), "HOUSE_SEARCH_RATE": "1000000000"}
    subprocess.run([*HOUSE, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [*HOUSE, "worker", "--once"], env=environment, check=True, stdout=subprocess.DEVNULL
    )
    rendered = {**environment, "HOUSE_KEPT_PAGES_SECONDS": "0"}
    try:
        made = of_server(rendered, PAGES, seconds=seconds, clients=clients)
        beside = [
            asdict(measure(name, address, seconds=seconds, clients=clients))
            for name, address in peers
        ]
        kept = of_server(environment, KEPT, seconds=seconds, clients=clients)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {**made, "pages": [*made["pages"], *beside, *kept["pages"]]}


def of_server(
    environment: dict[str, str], pages: dict[str, str], *, seconds: int, clients: int
) -> dict[str, Any]:
    """Start the web processes, ask each page, stop them again."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    began = time.monotonic()
    web = subprocess.Popen(
        [*HOUSE, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        cold = seconds_until_open(f"{base}/", began)
        asked = {
            name: first_of(base, address) if address.startswith("/api/") else address
            for name, address in pages.items()
        }
        for address in asked.values():
            for _warm in range(20):
                fetch(base + address)
        figures = [
            measure(name, base + address, seconds=seconds, clients=clients)
            for name, address in asked.items()
        ]
        memory = resident_megabytes(web.pid)
    finally:
        web.terminate()
        web.wait(timeout=20)
    return {
        "cold_start_s": round(cold, 2),
        "rss_mb": memory,
        "pages": [asdict(figure) for figure in figures],
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(address: str, **headers: str) -> bytes:
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310 -- our own server
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 -- our own server
        body: bytes = answer.read()
        return body


def seconds_until_open(address: str, began: float) -> float:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            fetch(address)
        except OSError:
            time.sleep(0.05)
        else:
            return time.monotonic() - began
    raise CommandError("The server did not open.")


def first_of(base: str, listed: str) -> str:
    """The page of the first thing that a list of the API names."""
    items = json.loads(fetch(base + listed))["items"]
    return str(items[0]["url"])


def measure(page: str, address: str, *, seconds: int, clients: int, head: str = "") -> Figure:
    """`head` is one line of the request, such as a member's cookie."""
    size = len(fetch(address)) / 1024
    asked = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency"]
    said = subprocess.run(
        [*asked, *(["-H", head] if head else []), address],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return Figure(
        page=page,
        requests_per_second=float(found(r"Requests/sec:\s+([\d.]+)", said)),
        p50_ms=milliseconds(found(r"\s50%\s+([\d.]+\w+)", said)),
        p99_ms=milliseconds(found(r"\s99%\s+([\d.]+\w+)", said)),
        kilobytes=round(size, 1),
        failed=int(failed[1]) if failed else 0,
    )


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise CommandError(f"wrk said something unexpected: {text[:200]}")
    return match[1]


def milliseconds(said: str) -> float:
    value, unit = float(re.sub(r"[a-z]+", "", said)), re.sub(r"[\d.]+", "", said)
    return round(value * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit], 2)


def resident_megabytes(pid: int) -> list[int]:
    """Of the server's processes, the largest first."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sizes = []
    for process in [str(pid), *children]:
        status = Path(f"/proc/{process}/status").read_text()
        sizes.append(int(found(r"VmRSS:\s+(\d+) kB", status)) // 1024)
    return sorted(sizes, reverse=True)


def told(result: dict[str, Any]) -> str:
    lines = [f"cold start {result['cold_start_s']} s · RSS {result['rss_mb']} MB", ""]
    lines += [f"{'page':<16}  req/s    p50 ms   p99 ms     KB  failed"]
    lines += [
        f"{row['page']:<16} {row['requests_per_second']:>6.0f} {row['p50_ms']:>9.1f} {row['p99_ms']:>8.1f} "
        f"{row['kilobytes']:>6.1f} {row['failed']:>7}"
        for row in result["pages"]
    ]
    return "\n".join(lines)
