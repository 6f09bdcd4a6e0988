"""`house bench speed`: how fast search is, beside what others do in the same run.

Each size is measured in a house of its own in a temporary folder: passages are imported as an
operator would (that gives the import rate), vectors of the right shape are put in their place
(random ones, since speed doesn't depend on their values), then every question is asked through
`search` as a member of a partner city would ask it: understanding, embedding, ranking, doors,
facets, snippets. Nothing is answered from memory of an earlier question.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

SMALL = "1"


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser(prog="house bench speed", description=__doc__)
    parser.add_argument("--passages", type=Path, default=_corpus() / "alex" / "passages.jsonl")
    parser.add_argument("--questions", type=Path, default=_corpus() / "alex" / "questions.jsonl")
    parser.add_argument("--times", default="1,10", help="how often the corpus is taken (1,10)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked")
    parser.add_argument("--no-peers", action="store_true", help="leave out FTS5 and modelsearch")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    for path in (options.passages, options.questions):
        if not path.is_file():
            raise CommandError(
                f"{path} isn't there: name the corpus with --passages and --questions."
            )
    found = []
    for times in options.times.split(","):
        with tempfile.TemporaryDirectory(prefix="house-speed-") as folder:
            found.append(_measure(Path(folder), int(times), options))
            if not options.json:
                write(_told(found[-1]))
    if options.json:
        write(json.dumps(found))


def _measure(folder: Path, times: int, options: Any) -> dict[str, Any]:
    many = folder / "passages.jsonl"
    with many.open("w", encoding="utf-8") as out:
        for line in replicated(options.passages.read_text(encoding="utf-8").splitlines(), times):
            out.write(line + "\n")
    house = folder / "house"
    (house / "models").parent.mkdir()
    (settings.DATA / "models").mkdir(parents=True, exist_ok=True)
    (house / "models").symlink_to((settings.DATA / "models").absolute())
    environment = {
        **os.environ,
        "HOUSE_DATA": str(house),
        "HOUSE_DATABASE_URL": f"sqlite:///{house / 'house.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "house.settings",
    }
    figures = _child("speed_house", "fill", many, env=environment)
    figures |= _child("speed_house", "ask", options.questions, options.rounds, env=environment)
    if not options.no_peers:
        figures["peers"] = _child("peers", many, options.questions, folder, env=environment)
    return figures


def replicated(lines: Iterable[str], times: int) -> Iterator[str]:
    """The corpus so many times over; each copy drops some words, so that no two texts are equal."""
    rows = [json.loads(line) for line in lines]
    for copy in range(times):
        chance = random.Random(copy)
        for row in rows:
            if copy:
                words = row["text"].split(" ")
                kept = [word for word in words if chance.random() > 0.1]
                marked = {"id": f"{row['doc']}-{copy}#{row['id'].rpartition('#')[2]}"}
                row = {**row, **marked, "doc": f"{row['doc']}-{copy}", "text": " ".join(kept)}  # noqa: PLW2901
            yield json.dumps(row, ensure_ascii=False)


def _child(module: str, *arguments: object, env: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", f"house.retrieval.bench.{module}", *map(str, arguments)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"{module} failed: {done.stderr.strip().splitlines()[-1:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def _told(figures: dict[str, Any]) -> str:
    def line(label: str, times: dict[str, float]) -> str:
        waiting = f"p50 {times['p50_ms']:8.1f} ms   p99 {times['p99_ms']:8.1f} ms"
        return f"  {label:26} {waiting}   cpu {times['cpu_ms']:8.1f} ms"

    def rate(label: str, name: str, unit: str) -> str:
        return (
            f"  {label:26} {figures[f'{name}_per_s']:8.1f} {unit}/s, "
            f"{figures[f'{name}_per_cpu_s']:.1f} a second of CPU"
        )

    lines = [f"{figures['passages']} passages of {figures['documents']} things"]
    lines.append(line("search, end to end", figures["search"]))
    lines += [line(f"  of it {part}", times) for part, times in figures["parts"].items()]
    for name, times in figures.get("peers", {}).items():
        lines.append(line(f"beside it: {name}", times))
    lines.append(rate("import to words", "import", "passages"))
    lines.append(rate("embedding", "embed", "passages"))
    lines.append(f"  {'saved, then found':26} {figures['saved_then_found_ms']:8.1f} ms")
    memory = f"{figures['rss_mb']:.0f} MB, {figures['own_mb']:.0f} MB its own"
    lines.append(f"  {'memory of a web worker':26} {memory}")
    return "\n".join(lines)


def _corpus() -> Path:
    named = os.environ.get("HOUSE_TEST_DATA")
    return Path(named) if named else settings.SOURCE.parent.parent.parent / "shared" / "data"
