"""How often an answer holds the known passage, and how often "I don't know" is right.

Asks the house of `HOUSE_DATA`, which must hold the corpus, as the office sees it:

    house import …/alex/passages.jsonl --wait && house bench answers --data …

`--calibrate` first fits the threshold on the dev half of our questions (and of those that can't be
answered) and writes it; the figures are always of the val half, which no fit has seen.
"""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings

from house.access.viewer import Viewer
from house.retrieval.answers import answer
from house.retrieval.answers.compose import model_of
from house.retrieval.answers.confidence import (
    BY_WORDS,
    FILE,
    Fit,
    Signals,
    fit_for,
    fit_logistic,
    own_file,
    unknown_f1,
    write_fits,
)
from house.retrieval.search import passages_for

QUESTIONS = Path(__file__).with_name("questions")
SIGNALS = ("projected", "late", "matched", "missing")
SIGNALS_OF_WORDS = ("matched", "missing")
OFFICE = Viewer(is_office=True, capabilities=frozenset({"alex.review"}))


@dataclass(frozen=True, slots=True)
class Case:
    """One question; `passages` are the ids known to answer it: none for a short question."""

    text: str
    language: str
    split: str
    passages: frozenset[str]
    answerable: bool
    is_cross: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    case: Case
    chance: float
    known: bool
    has_passage: bool
    has_near: bool
    took_ms: float


def cases(data: Path | None) -> list[Case]:
    """Ours, and with `data` the corpus's own questions as split "given"."""
    files = [
        (QUESTIONS / name, "") for name in ("questions.jsonl", "unanswerable.jsonl", "short.jsonl")
    ]
    if data is not None:
        files.append((data / "alex" / "questions.jsonl", "given"))
    return [
        Case(
            text=row["question"],
            language=row["lang"],
            split=row.get("split", split),
            passages=frozenset({row["passage_id"], *row.get("also_relevant", ())})
            if "passage_id" in row
            else frozenset(),
            answerable=row.get("answerable", "passage_id" in row),
            is_cross=row.get("cross_lingual", False),
            why=row.get("why", "short" if "answerable" in row else ""),
        )
        for path, split in files
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


@dataclass(frozen=True, slots=True)
class Seen:
    """The signals of one question, with the model and, as if there were none, by words."""

    case: Case
    signals: Signals
    by_words: Signals


def see(asked: Sequence[Case]) -> tuple[list[Seen], str]:
    """And the name of the model that answered."""
    seen, model = [], BY_WORDS
    for case in asked:
        found = passages_for(case.text, viewer=OFFICE, patience=None)
        model = model_of(found)
        ranked = sorted(found.passages, key=lambda one: -one.coverage)
        signals = Signals.of(found.passages, mass=found.mass, background=found.background)
        seen.append(Seen(case, signals, Signals.of(ranked, mass=found.mass)))
    return seen, model


def calibrate(seen: Sequence[Seen], model: str) -> dict[str, Fit]:
    """By the name of the model that answers, and by words."""
    answered = [one.case.answerable for one in seen]
    fits = {BY_WORDS: fit_logistic([one.by_words for one in seen], answered, SIGNALS_OF_WORDS)}
    if model != BY_WORDS:
        fits[model] = fit_logistic([one.signals for one in seen], answered, SIGNALS)
    return fits


def halvings(seen: Sequence[Seen], *, times: int = 50) -> tuple[float, float]:
    """Mean and deviation of the F1 of "I don't know" when halves are drawn at random.

    Each half is measured with what the other was fitted on: with a hundred questions a half, one
    split says little.
    """
    draw = np.random.default_rng(20)
    answered = np.array([one.case.answerable for one in seen])
    found = []
    for _time in range(times):
        first = np.zeros(len(seen), np.bool_)
        for group in (np.flatnonzero(answered), np.flatnonzero(~answered)):
            first[draw.permutation(group)[: len(group) // 2]] = True
        for half in (first, ~first):
            fit = fit_logistic(
                [one.signals for one, mine in zip(seen, half, strict=True) if mine],
                answered[half].tolist(),
                SIGNALS,
            )
            other = [one.signals for one, mine in zip(seen, half, strict=True) if not mine]
            chances = [fit.chance(signals) for signals in other]
            found.append(unknown_f1(chances, answered[~half].tolist(), fit.threshold)[2])
    return float(np.mean(found)), float(np.std(found))


def ask_all(asked: Sequence[Case]) -> list[Told]:
    told = []
    for case in asked:
        made = answer(case.text, viewer=OFFICE, write=False)
        quoted = {quote.external_id for quote in made.quotes}
        near = {near.external_id for near in made.nearest}
        told.append(
            Told(
                case=case,
                chance=made.confidence,
                known=made.known,
                has_passage=bool(quoted & case.passages),
                has_near=bool(near & case.passages),
                took_ms=made.took_ms,
            )
        )
    return told


def report(told: Sequence[Told], threshold: float) -> Iterator[str]:
    """Markdown: a row for each half, and what "I don't know" was worth on it."""
    yield (
        "| questions | asked | answered | known passage quoted | or shown as nearest "
        "| “I don't know”: P / R / F1 |"
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for split in sorted({one.case.split for one in told}):
        mine = [one for one in told if one.case.split == split]
        for name, group in (
            ("same language", [one for one in mine if _is(one, cross=False)]),
            ("cross language", [one for one in mine if _is(one, cross=True)]),
            ("absent topic", [one for one in mine if one.case.why == "absent"]),
            ("off the matter", [one for one in mine if one.case.why == "foreign"]),
            ("short", [one for one in mine if _is_short(one, answerable=True)]),
            ("short, not answerable", [one for one in mine if _is_short(one, answerable=False)]),
        ):
            if group:
                cells = [_share(one.known for one in group)]
                if group[0].case.passages:
                    cells.append(_share(one.has_passage for one in group))
                    cells.append(_share(one.has_passage or one.has_near for one in group))
                shown = [f"{cell:.2f}" for cell in cells] + [""] * (3 - len(cells))
                yield f"| {split}, {name} | {len(group)} | {' | '.join(shown)} | |"
        for name, group in (
            ("all", mine),
            ("without the short", [one for one in mine if one.case.why != "short"]),
        ):
            truth = [one.case.answerable for one in group]
            if not all(truth):
                figures = unknown_f1([one.chance for one in group], truth, threshold)
                f1 = " / ".join(f"{figure:.2f}" for figure in figures)
                yield f"| **{split}, {name}** | {len(group)} | | | | {f1} |"
    p50, p99 = np.percentile([one.took_ms for one in told], [50, 99])
    yield f"\nAn answer takes p50 {p50:.0f} ms, p99 {p99:.0f} ms; threshold {threshold}."


def _is(one: Told, *, cross: bool) -> bool:
    return bool(one.case.passages) and one.case.is_cross is cross


def _is_short(one: Told, *, answerable: bool) -> bool:
    return one.case.why == "short" and one.case.answerable is answerable


def _share(values: Iterator[bool]) -> float:
    return float(np.mean(list(values)))


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser(prog="house bench answers", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--data", type=Path, help="folder of the test corpora, for its questions too"
    )
    parser.add_argument(
        "--calibrate", action="store_true", help="fit the threshold on the dev half"
    )
    parser.add_argument(
        "--package", action="store_true", help="write the fit into the package, not HOUSE_DATA"
    )
    options = parser.parse_args(arguments)
    asked = cases(options.data)
    found = passages_for(asked[0].text, viewer=OFFICE, patience=None)
    if not found.passages:
        parser.error(f"the house in {settings.DATA} holds nothing that could answer: import first")
    if options.calibrate:
        seen, model = see([case for case in asked if case.split in {"dev", "val"}])
        fits = calibrate([one for one in seen if one.case.split == "dev"], model)
        path = FILE if options.package else own_file()
        write_fits(fits, path)
        mean, deviation = halvings(seen)
        write(f"Fitted {', '.join(sorted(fits))}; written to {path}.")
        write(f"Halves drawn at random: F1 of “I don't know” {mean:.2f} ± {deviation:.2f}.\n")
    for line in report(ask_all(asked), fit_for(model_of(found)).threshold):
        write(line)
