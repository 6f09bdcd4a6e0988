import math
from types import SimpleNamespace

import numpy as np
import pytest

from house.retrieval.answers import confidence
from house.retrieval.answers.confidence import (
    Signals,
    fit_for,
    fit_logistic,
    unknown_f1,
    write_fits,
)


def measured(raw, projected, late, coverage, concepts=0.0):
    return SimpleNamespace(
        raw=raw, projected=projected, late=late, coverage=coverage, concepts=concepts
    )


NONE = float("nan")


def test_signals_are_those_of_the_first_passages():
    first = [measured(0.8, 0.4, 0.6, 0.2), measured(0.9, 0.6, 0.7, 0.5)]
    filler = [measured(0.85, 0.5, 0.65, 0.1, concepts=4.0)] * 3
    later = [measured(0.95, 0.7, 0.0, 0.6)]  # near, but not ranked among the first

    signals = Signals.of(
        first + filler + later + filler * 2 + [measured(0, 0, 0, 1.0)], mass=30, background=0.4
    )

    assert (signals.raw, signals.projected) == pytest.approx((0.88, 0.56))
    assert (signals.late, signals.lift) == pytest.approx((0.65, 0.25))
    assert signals.coverage == pytest.approx(0.6)
    assert (signals.matched, signals.missing) == pytest.approx((math.log(23), math.log(13)))


def test_without_a_model_or_a_passage_nothing_is_claimed():
    words = Signals.of([measured(NONE, NONE, NONE, 0.0)], mass=0)
    nothing = Signals.of([], mass=30)

    assert words == Signals()
    assert nothing == Signals()


def test_the_fit_tells_answered_from_unanswered():
    rng = np.random.default_rng(7)
    answered = [True] * 80 + [False] * 30
    rows = [
        Signals(projected=float(rng.normal(0.45 if known else 0.35, 0.03)), raw=float(rng.normal()))
        for known in answered
    ]

    fit = fit_logistic(rows, answered, ("projected", "raw"))
    chances = [fit.chance(row) for row in rows]

    assert fit.weights[0] > 1
    assert abs(fit.weights[1]) < 0.7  # noise draws little weight
    assert unknown_f1(chances, answered, fit.threshold)[2] > 0.85
    assert fit.chance(Signals(projected=0.5)) > 0.8 > 0.2 > fit.chance(Signals(projected=0.3))


def test_f1_of_not_knowing():
    chances = [0.1, 0.2, 0.9, 0.3, 0.8]
    answered = [False, True, True, False, False]

    assert unknown_f1(chances, answered, 0.5) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert unknown_f1(chances, answered, 0.0) == (0.0, 0.0, 0.0)


def test_a_house_with_another_model_fits_its_own(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    carried = tmp_path / "package.json"
    monkeypatch.setattr(confidence, "FILE", carried)
    rows = [Signals(coverage=0.1), Signals(coverage=0.9)]
    by_words = fit_logistic(rows, [False, True], ("coverage",))
    write_fits({"words": by_words}, carried)

    assert fit_for("another-model") == by_words

    own = fit_logistic(rows, [True, False], ("coverage",))
    write_fits({"another-model": own}, confidence.own_file())

    assert (fit_for("another-model"), fit_for("words")) == (own, by_words)


def test_the_package_carries_fits_for_its_own_model_and_for_words():
    from house.retrieval.embedding.export import MODEL_ID

    assert fit_for(MODEL_ID).signals != fit_for("words").signals
    assert fit_for("words") == fit_for("a model nobody knows") != confidence.UNFITTED
