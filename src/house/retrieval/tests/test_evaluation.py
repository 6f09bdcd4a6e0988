import json

import pytest

from house.retrieval.evaluation import (
    Asked,
    BadFile,
    document_of,
    read_qrels,
    read_questions,
    read_run,
    report,
)

QRELS = {"q1": {"a#1": 1}, "q2": {"b#2": 1, "b#9": 1}}


def figures(rows, group, level):
    return next(row.figures for row in rows if (row.group, row.level) == (group, level))


def test_a_known_answer_in_second_place_is_half_a_reciprocal_rank():
    rows = report({"q1": ["x#1", "a#1"], "q2": ["b#2", "b#9"]}, QRELS)

    found = figures(rows, "all", "passages")

    assert found["MRR@10"] == pytest.approx((0.5 + 1) / 2)
    assert found["R@5"] == 1


def test_an_unanswered_question_counts_as_nothing_found():
    found = figures(report({"q1": ["a#1"]}, QRELS), "all", "passages")

    assert found["R@10"] == 0.5
    assert found["MRR@10"] == 0.5


def test_an_empty_run_scores_zero():
    assert set(figures(report({}, QRELS), "all", "passages").values()) == {0.0}


def test_another_passage_of_the_right_document_counts_at_document_level_only():
    rows = report({"q1": ["a#7"], "q2": ["c#1"]}, QRELS)

    assert figures(rows, "all", "passages")["R@10"] == 0
    assert figures(rows, "all", "documents")["R@10"] == 0.5


def test_rank_eleven_is_outside_the_first_ten():
    run = {"q1": [f"x#{n}" for n in range(10)] + ["a#1"], "q2": []}

    found = figures(report(run, QRELS), "all", "passages")

    assert found["R@10"] == 0
    assert found["R@100"] == 0.5
    assert found["MRR@10"] == 0


def test_questions_split_the_figures_by_language_and_by_crossing():
    questions = {"q1": Asked("de", is_cross=True), "q2": Asked("en", is_cross=False)}

    rows = report({"q1": ["a#1"]}, QRELS, questions)

    assert figures(rows, "cross language", "passages")["R@10"] == 1
    assert figures(rows, "same language", "passages")["R@10"] == 0
    assert figures(rows, "asked in de", "documents")["R@10"] == 1


def test_a_run_is_read_by_score_and_names_each_id_once(tmp_path):
    path = tmp_path / "out.trec"
    path.write_text("q1 Q0 b 1 0.2 x\nq1 Q0 a 2 0.9 x\nq1 Q0 a 3 0.1 x\n\n")

    assert read_run(path) == {"q1": ["a", "b"]}


def test_unreadable_lines_are_named(tmp_path):
    for reader, text, told in (
        (read_run, "q1 Q0 b 1 0.2 x\nq1 b\n", "line 2"),
        (read_run, "q1 Q0 b 1 much x\n", "'much'"),
        (read_qrels, "q1 0 b yes\n", "'yes'"),
        (read_questions, json.dumps({"qid": 1}) + "\nnot json\n", "line 2"),
    ):
        path = tmp_path / "file"
        path.write_text(text)
        with pytest.raises(BadFile, match=told):
            reader(path)


def test_the_document_is_what_stands_before_the_last_hash():
    assert document_of("p2p-c#-and-cities#12") == "p2p-c#-and-cities"
    assert document_of("plain") == "plain"
