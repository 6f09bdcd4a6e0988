import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.retrieval.passages import MOST, Section, cut, own_id, size


def words(n, stem="word"):
    return " ".join(f"{stem}{i}" + ("." if i % 12 == 11 else "") for i in range(n))


def test_short_sections_stay_apart_under_their_headings():
    passages = cut(
        [Section("One.", ("Law", "Part 1")), Section("Two.", ("Law", "Part 2"))], prefix="d"
    )

    assert [(p.external_id, p.heading, p.text) for p in passages] == [
        ("d#1", "Law › Part 1", "One."),
        ("d#2", "Law › Part 2", "Two."),
    ]


def test_a_long_section_is_cut_between_paragraphs_then_sentences():
    text = "\n\n".join([words(120), words(120), words(700)])

    sizes = [size(passage.text) for passage in cut([Section(text)], prefix="d")]

    assert sum(sizes) == 940
    assert all(100 <= n <= MOST for n in sizes)


def test_nothing_is_lost_and_nothing_is_added():
    text = "\n\n".join(words(n, f"p{n}x") for n in (5, 90, 400, 1, 260))
    passages = cut([Section(text)], prefix="d")
    assert " ".join(passage.text for passage in passages).split() == text.split()


@pytest.mark.parametrize(
    "mark",
    [
        "§ 12",
        "§§ 3-5",
        "Art. 7",
        "Artículo 4",
        "Article L318-5",
        "Section 2.1",
        "12 §",
        "제3조",
        "第十二条",
    ],
)
def test_articles_of_law_begin_passages(mark):
    text = f"Preamble of the act.\n\n{mark} Purpose of the act.\n\nMore of it."

    first, second = cut([Section(text, ("Act",))], prefix="d")

    assert (first.heading, first.text) == ("Act", "Preamble of the act.")
    assert second.heading == f"Act › {mark}"
    assert second.text.startswith(mark)
    assert second.text.endswith("More of it.")


def test_a_section_with_an_id_of_its_own_stays_whole_up_to_four_hundred_words():
    whole, first, second = cut(
        [Section(words(390), external_id="law#7"), Section(words(450), external_id="law#8")],
        prefix="d",
    )[:3]

    assert whole.external_id == "law#7"
    assert first.external_id == "law#8"
    assert own_id(second.external_id) == "law#8" != second.external_id


def test_captions_become_turns_of_one_speaker_with_their_seconds():
    cues = [
        Section("Good evening.", start=0.0, end=2.0, speaker="Chair"),
        Section("We open the hearing.", start=2.1, end=4.0, speaker="Chair"),
        Section("Thank you.", start=4.5, end=6.0, speaker="Guest"),
        Section("After a long pause.", start=60.0, end=62.0, speaker="Guest"),
    ]

    turns = cut(cues, prefix="r")

    assert [(t.speaker, t.start, t.end, t.text) for t in turns] == [
        ("Chair", 0.0, 4.0, "Good evening. We open the hearing."),
        ("Guest", 4.5, 6.0, "Thank you."),
        ("Guest", 60.0, 62.0, "After a long pause."),
    ]


def test_a_long_monologue_is_cut_into_turns_that_keep_their_own_seconds():
    cues = [
        Section(words(10, f"c{i}x"), start=i * 4.0, end=i * 4 + 3.9, speaker="S")
        for i in range(100)
    ]

    turns = cut(cues, prefix="r")

    assert len(turns) > 4
    assert all(size(turn.text) <= MOST for turn in turns)
    assert [turn.start for turn in turns] == sorted(turn.start for turn in turns)
    assert all(a.end < b.start for a, b in pairwise(turns))


@given(st.lists(st.tuples(st.text(max_size=2000), st.text(max_size=10)), max_size=8))
def test_any_sections_give_passages_with_names_of_their_own(parts):
    passages = cut([Section(text, (path,), external_id=path) for text, path in parts], prefix="d")
    assert len({passage.external_id for passage in passages}) == len(passages)
    assert all(passage.text.strip() for passage in passages)


@pytest.mark.corpus
def test_passages_of_the_corpus_stay_as_they_were_cut(corpus):
    lines = (corpus / "alex" / "passages.jsonl").read_text(encoding="utf-8").splitlines()[:500]
    rows = [json.loads(line) for line in lines]

    passages = cut([Section(r["text"], (r["heading"],), r["id"]) for r in rows], prefix="x")

    assert [p.external_id for p in passages] == [r["id"] for r in rows]
