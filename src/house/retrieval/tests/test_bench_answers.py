import json
from collections import Counter

import pytest

from house.retrieval.analysis import LANGUAGES
from house.retrieval.bench.answers import Case, Told, cases, report

MANY = frozenset({"a#1"})


def told(split, chance, *, passages=MANY, has=False, near=False, cross=False, why=""):
    case = Case("?", "en", split, passages, bool(passages), is_cross=cross, why=why)
    return Told(case, chance, known=chance >= 0.5, has_passage=has, has_near=near, took_ms=10)


def test_our_questions_are_split_evenly_and_none_asks_twice():
    ours = cases(None)

    kinds = Counter((case.split, case.answerable, case.is_cross, case.why) for case in ours)

    for (split, *rest), count in kinds.items():
        other = {"dev": "val", "val": "dev"}[split]
        assert abs(count - kinds[other, *rest]) <= 1
    assert sum(kinds.values()) == len({case.text for case in ours}) == 208 + 53
    assert sum(1 for case in ours if case.why in {"absent", "foreign"}) == 60
    assert 3 * sum(case.is_cross for case in ours) >= sum(bool(case.passages) for case in ours)
    assert {case.language for case in ours} == set(LANGUAGES)


@pytest.mark.corpus
def test_our_questions_ask_for_passages_that_the_corpus_has_and_its_own_do_not(corpus):
    lines = (corpus / "alex" / "passages.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    held = {row["id"]: row["lang"] for row in rows}
    given = {
        passage for case in cases(corpus) if case.split == "given" for passage in case.passages
    }

    for case in cases(None):
        assert set(held) >= case.passages
        assert not case.passages & given
        if case.passages and not case.is_cross:
            assert case.language in {held[passage] for passage in case.passages}


def test_the_report_counts_each_half_by_itself():
    lines = list(
        report(
            [
                told("dev", 0.9, has=True),
                told("dev", 0.8),
                told("dev", 0.2, near=True),
                told("dev", 0.7, cross=True, has=True),
                told("dev", 0.6, passages=frozenset(), why="absent"),
                told("dev", 0.1, passages=frozenset(), why="foreign"),
                told("given", 0.9, has=True),
            ],
            0.5,
        )
    )

    assert "| dev, same language | 3 | 0.67 | 0.33 | 0.67 | |" in lines
    assert "| dev, cross language | 1 | 1.00 | 1.00 | 1.00 | |" in lines
    assert "| dev, absent topic | 1 | 1.00 |  |  | |" in lines
    assert "| **dev, all** | 6 | | | | 0.50 / 0.50 / 0.50 |" in lines
    assert "| **dev, without the short** | 6 | | | | 0.50 / 0.50 / 0.50 |" in lines
    assert not [line for line in lines if line.startswith("| **given")]
