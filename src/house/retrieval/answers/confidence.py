"""How likely it is that what was found answers the question.

A logistic of a few signals that mean the same on any corpus, fitted by
`house bench answers --calibrate`. A house with another model fits its own: the command then writes
`HOUSE_DATA/confidence.json`, which is read before the one of the package.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from django.conf import settings

FILE = Path(__file__).with_name("confidence.json")
TOP, WIDE = 5, 10
BY_WORDS = "words"  # the fit for a search without a model


class Measured(Protocol):
    """A found passage, as `search.Found`: NaN where there is no vector."""

    @property
    def raw(self) -> float: ...
    @property
    def projected(self) -> float: ...
    @property
    def late(self) -> float: ...
    @property
    def coverage(self) -> float: ...
    @property
    def concepts(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Signals:
    """What was found shows, whatever the corpus.

    `raw` and `projected` are the mean cosines of the `TOP` nearest passages; `late` is the mean late
    interaction of the `TOP` best ranked, `lift` how far that stands above all that was ranked;
    `coverage` is the largest share of the weight of the question's words that one of the `WIDE`
    best ranked holds; `matched` is that weight itself, with the topics and places
    spoken of, `missing` what it lacks, as logarithms: a share says little of two words.
    """

    raw: float = 0.0
    projected: float = 0.0
    late: float = 0.0
    lift: float = 0.0
    coverage: float = 0.0
    matched: float = 0.0
    missing: float = 0.0

    @classmethod
    def of(
        cls, passages: Sequence["Measured"], *, mass: float, background: float = math.nan
    ) -> "Signals":
        """Of passages that stand best first.

        `mass` is the weight of all the question's words, `background` the mean late interaction of
        all candidates.
        """
        top = passages[:TOP]
        if not top:
            return cls()
        late = _mean(one.late for one in top)
        coverage = max(one.coverage for one in passages[:WIDE])
        concepts = max(one.concepts for one in passages[:WIDE])
        return cls(
            raw=_mean(sorted(_known(one.raw for one in passages))[-TOP:]),
            projected=_mean(sorted(_known(one.projected for one in passages))[-TOP:]),
            late=late,
            lift=0.0 if math.isnan(background) else late - background,
            coverage=coverage,
            matched=math.log1p(coverage * mass + concepts),
            missing=math.log1p((1 - coverage) * mass),
        )


def _known(values: Iterable[float]) -> list[float]:
    return [value for value in values if not math.isnan(value)]


def _mean(values: Iterable[float]) -> float:
    known = _known(values)
    return sum(known) / len(known) if known else 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """A logistic over standardised signals. Below `threshold` the house says "I don't know"."""

    signals: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    threshold: float

    def chance(self, signals: Signals) -> float:
        row = np.array([getattr(signals, name) for name in self.signals])
        standard = (row - self.mean) / np.array(self.scale)
        return float(1 / (1 + np.exp(-(standard @ np.array(self.weights) + self.bias))))


UNFITTED = Fit(("coverage",), (0.5,), (0.15,), (1.0,), 0.0, 0.5)


def fit_for(model_id: str) -> Fit:
    """The fit made with this model; that by words alone for a model nobody has fitted."""
    fits = _fits(*_stamps())
    return fits.get(model_id) or fits.get(BY_WORDS) or UNFITTED


def fit_logistic(
    rows: Sequence[Signals], answered: Sequence[bool], names: Sequence[str], *, pull: float = 2.0
) -> Fit:
    """Newton's method; both answers weigh the same, `pull` draws the weights towards 0."""
    table = np.array([[getattr(row, name) for name in names] for row in rows], float)
    truth = np.array(answered, float)
    mean, scale = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-6)
    standard = np.column_stack([np.ones(len(table)), (table - mean) / scale])
    share = np.where(truth > 0, 0.5 / max(truth.sum(), 1), 0.5 / max((1 - truth).sum(), 1))
    weight = share * len(truth)
    ridge = np.diag([0.0, *[pull] * len(names)])
    beta = np.zeros(standard.shape[1])
    for _step in range(50):
        chance = 1 / (1 + np.exp(-standard @ beta))
        slope = standard.T @ (weight * (chance - truth)) + ridge @ beta
        curve = (standard * (weight * chance * (1 - chance))[:, None]).T @ standard + ridge
        beta -= np.linalg.solve(curve + 1e-9 * np.eye(len(beta)), slope)
    fit = Fit(
        signals=tuple(names),
        mean=tuple(round(float(value), 5) for value in mean),
        scale=tuple(round(float(value), 5) for value in scale),
        weights=tuple(round(float(value), 4) for value in beta[1:]),
        bias=round(float(beta[0]), 4),
        threshold=0.5,
    )
    return _with_threshold(fit, [fit.chance(row) for row in rows], answered)


def _with_threshold(fit: Fit, chances: Sequence[float], answered: Sequence[bool]) -> Fit:
    """Halfway between the middle of the best stretch and one half.

    A peak over a hundred questions is mostly chance; one half is where a fit that weighs both
    answers alike expects the border.
    """
    steps = np.linspace(0.1, 0.9, 81)
    scores = np.array([unknown_f1(chances, answered, step)[2] for step in steps])
    smooth = np.convolve(np.pad(scores, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    good = float(np.median(steps[smooth >= smooth.max() - 0.005]))
    return Fit(**{**asdict(fit), "threshold": round((good + 0.5) / 2, 3)})


def unknown_f1(
    chances: Sequence[float], answered: Sequence[bool], threshold: float
) -> tuple[float, float, float]:
    """Precision, recall and F1 of "I don't know" at this threshold."""
    silent = [chance < threshold for chance in chances]
    right = sum(1 for quiet, known in zip(silent, answered, strict=True) if quiet and not known)
    precision = right / max(sum(silent), 1)
    recall = right / max(sum(1 for known in answered if not known), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def write_fits(fits: dict[str, Fit], path: Path) -> None:
    """Put these fits beside those that the file already holds for other models."""
    known = json.loads(path.read_text()) if path.exists() else {}
    known |= {model_id: asdict(fit) for model_id, fit in fits.items()}
    path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")


def own_file() -> Path:
    return Path(settings.DATA) / "confidence.json"


def _stamps() -> tuple[tuple[str, int], ...]:
    files = (FILE, own_file())
    return tuple((str(file), file.stat().st_mtime_ns) for file in files if file.exists())


@lru_cache(maxsize=4)
def _fits(*stamps: tuple[str, int]) -> dict[str, Fit]:
    found: dict[str, Any] = {}
    for path, _stamp in stamps:
        found |= json.loads(Path(path).read_text())
    names = {field.name for field in fields(Fit)}
    return {
        model_id: Fit(
            **{k: tuple(v) if isinstance(v, list) else v for k, v in facts.items() if k in names}
        )
        for model_id, facts in found.items()
    }
