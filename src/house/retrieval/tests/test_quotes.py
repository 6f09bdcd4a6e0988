import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.retrieval.quotes import LONGEST, sentences, stands_in


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "It works. It costs 3.5 million. Why?",
            ["It works.", "It costs 3.5 million.", "Why?"],
        ),
        (
            "en",
            "See sec. 4 of the Act, e.g. in D.C. Code. It ends.",
            ["See sec. 4 of the Act, e.g. in D.C. Code.", "It ends."],
        ),
        ("en", "J. K. Ray said “Stop.” Then he left.", ["J. K. Ray said “Stop.”", "Then he left."]),
        (
            "de",
            "Nach § 3 Abs. 2 Nr. 1 gilt das ab dem 1. Oktober. Danach nicht.",
            ["Nach § 3 Abs. 2 Nr. 1 gilt das ab dem 1. Oktober.", "Danach nicht."],
        ),
        (
            "sv",
            "Det gäller bl.a. taxi, dvs. bilar. Se 2 kap. 3 §.",
            ["Det gäller bl.a. taxi, dvs. bilar.", "Se 2 kap. 3 §."],
        ),
        (
            "nl",
            "Artikel 13 1. Burgemeester beslist, bijv. in 2012. Daarna niet.",
            ["Artikel 13 1.", "Burgemeester beslist, bijv. in 2012.", "Daarna niet."],
        ),
        (
            "fr",
            "L'article L. 311-3 s'applique à M. Dupont. Fin.",
            ["L'article L. 311-3 s'applique à M. Dupont.", "Fin."],
        ),
        (
            "ko",
            "시장은 계획을 수립한다. 시민은 의견을 낸다.",
            ["시장은 계획을 수립한다.", "시민은 의견을 낸다."],
        ),
        (
            "zh",
            "城市共享自行车。居民很满意！为什么？",
            ["城市共享自行车。", "居民很满意！", "为什么？"],
        ),
        ("he", "העיר פתחה גינה. התושבים מרוצים.", ["העיר פתחה גינה.", "התושבים מרוצים."]),
        (
            "en",
            "Steps:\n- first thing\n- second thing\n\nAfter",
            ["Steps:", "- first thing", "- second thing", "After"],
        ),
        ("", "", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(language, text, expected):
    assert [span.of(text) for span in sentences(text, language)] == expected


def test_a_long_sentence_is_cut_at_its_joints():
    text = "; ".join(f"condition number {n} holds for every applicant" for n in range(40))

    pieces = [span.of(text) for span in sentences(text, "en")]

    assert max(map(len, pieces)) <= LONGEST
    assert all(piece.endswith(";") for piece in pieces[:-1])
    assert " ".join(pieces) == text


@given(st.text(max_size=3000), st.sampled_from(["en", "de", "ko", "zh", "xx"]))
def test_spans_never_overlap_and_lose_nothing_but_white_space(text, language):
    spans = sentences(text, language)

    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(0 < len(span) <= LONGEST for span in spans)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("a bicycle may be parked", True),
        ("a  bicycle\nmay be parked", True),  # white space is folded
        ("a bicycle must be parked", False),
        ("bicycle … parked", False),
        ("cafe\u0301", True),  # decomposed letters are the same letters
        ("", False),
        (" \n", False),
    ],
)
def test_a_quote_stands_word_for_word(quote, stands):
    assert stands_in(quote, "Here a bicycle may be\nparked, near the café.") is stands
