import json
from io import StringIO

import pytest
from django.core.management import call_command, load_command_class
from django.core.management.base import CommandError

from house.retrieval import outbox
from house.retrieval.bench import speed
from house.retrieval.models import Passage


@pytest.fixture
def shelf(notes):
    notes.write("open", "Harbour rules for everybody.")
    notes.write("shared", "Harbour rules for partner cities.", audience="alliance")
    outbox.drain()
    return notes


def called(name, *arguments, **options):
    out, err = StringIO(), StringIO()
    call_command(name, *arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_search_looks_as_the_public_unless_a_person_is_named(shelf, member):
    public = json.loads(called("search", "harbour", json=True)[0])
    alliance = json.loads(called("search", "harbour", json=True, email=member.person.email)[0])

    assert [item["title"] for item in public["items"]] == ["open"]
    assert {item["title"] for item in alliance["items"]} == {"open", "shared"}
    assert public["mode"] == "words"


def test_search_says_for_a_human_what_it_found(shelf):
    out, err = called("search", "harbour")
    assert "1. open [en]" in out
    assert "1 found in" in out
    assert "Found by words only" in err


def test_a_run_names_each_passage_once_and_can_be_judged(shelf, member, tmp_path):
    queries, run_file, qrels = (tmp_path / name for name in ("q.jsonl", "out.trec", "q.tsv"))
    queries.write_text(
        '{"qid": "a", "question": "harbour rules", "lang": "en", "cross_lingual": false}\n'
        '{"qid": "b", "question": "zeppelin", "lang": "de", "cross_lingual": true}\n'
    )
    wanted = Passage.objects.get(title="shared").external_id
    qrels.write_text(f"a\t0\t{wanted}\t1\nb\t0\tnothing#1\t1\n")

    called("search", queries=queries, run=run_file, email=member.person.email)
    rows = [line.split() for line in run_file.read_text().splitlines()]
    out, _ = called("evaluate", run=run_file, qrels=qrels, queries=queries, json=True)
    figures = {(row["group"], row["level"]): row["figures"] for row in json.loads(out)}

    assert [(row[0], row[1], row[3], row[5]) for row in rows] == [
        ("a", "Q0", "1", "house"),
        ("a", "Q0", "2", "house"),
    ]
    assert len({row[2] for row in rows}) == 2
    assert figures["all", "passages"]["R@10"] == 0.5
    assert figures["same language", "passages"]["R@10"] == 1
    assert figures["cross language", "documents"]["R@10"] == 0
    assert figures["asked in en", "passages"]["R@100"] == 1
    assert "same language" in called("evaluate", run=run_file, qrels=qrels, queries=queries)[0]


@pytest.mark.parametrize(
    ("written", "said"),
    [('{"qid": 1}', "line 1"), ("nonsense", "line 1"), ('{"qid":1,"question":"x"}\n[]', "line 2")],
)
def test_a_bad_queries_file_is_refused_in_a_sentence(shelf, tmp_path, written, said):
    queries = tmp_path / "q.jsonl"
    queries.write_text(written)
    with pytest.raises(CommandError, match=said):
        called("search", queries=queries, run=tmp_path / "out.trec")


def test_a_bad_run_is_refused_in_a_sentence(shelf, tmp_path):
    (tmp_path / "run").write_text("one two three\n")
    (tmp_path / "qrels").write_text("a 0 x 1\n")
    with pytest.raises(CommandError, match="line 1"):
        called("evaluate", run=tmp_path / "run", qrels=tmp_path / "qrels")
    with pytest.raises(CommandError):
        called("evaluate", run=tmp_path / "absent", qrels=tmp_path / "qrels")


def test_an_unknown_person_is_refused(shelf):
    with pytest.raises(CommandError, match=r"nobody@example\.org"):
        called("search", "harbour", email="nobody@example.org")


def test_reindex_reports_what_it_holds(shelf):
    facts = json.loads(called("reindex", json=True)[0])
    assert (facts["documents"], facts["passages"]) == (2, 2)
    assert "2 things" in called("reindex", embed=True)[0]


@pytest.mark.parametrize("command", ["search", "evaluate", "reindex"])
def test_every_command_explains_itself(command):
    parser = load_command_class("house.retrieval", command).create_parser("house", command)
    assert "usage: house" in parser.format_help()
    assert parser.description


def test_a_measurement_that_lacks_its_corpus_says_so(shelf):
    with pytest.raises(CommandError, match="isn't there"):
        speed.main(["--passages", "/nowhere.jsonl"], print)
