import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from house.notices.intake.cutting import Marks, cut
from house.notices.intake.pages import to_lines
from house.notices.tests import replies

MARKS = Marks(
    addresses=("reply+abcdefghijklmnop@house.example", "house@house.example"),
    name="Digital House",
    subject="AW: How do you count shared bikes?",
    lines=("You get this because", "/notices/leave/"),
)
CASES = [(*case, False) for case in replies.TEXT] + [(*case, True) for case in replies.HTML]


@pytest.mark.parametrize(
    ("program", "language", "mail", "own", "is_html"),
    CASES,
    ids=[
        f"{'html' if html else 'text'}-{program}-{language}"
        for program, language, _m, _o, html in CASES
    ],
)
def test_her_own_words_are_kept_and_nothing_else(program, language, mail, own, is_html):
    found = cut(to_lines(mail) if is_html else mail, MARKS)
    assert found.is_sure == (own is not None), found.text
    if own is not None:
        assert found.text == own


def test_the_cases_are_many_and_in_the_languages_of_the_house():
    assert len(CASES) >= 60
    assert len({language for _program, language, *_rest in CASES}) >= 15


@pytest.mark.parametrize("words", [own for *_rest, own, _html in CASES if own])
def test_words_without_a_quote_stay_whole(words):
    found = cut(words, MARKS)
    assert (found.text, found.is_sure) == (words, True)


@pytest.mark.parametrize("dashes", ["--", "---", "__"])
def test_dashes_that_she_typed_take_no_words_of_hers(dashes):
    words = f"Yes, we count by GPS.\n{dashes}\nA second point: could you send us your form?"
    assert cut(words, MARKS).text == words
    signed = f"Yes, we count by GPS.\n{dashes}\nAna Sá\nCity of Porto\n+351 22 555"
    assert cut(signed, MARKS).text == "Yes, we count by GPS."
    assert cut(words.replace(dashes, "-- "), MARKS).text == "Yes, we count by GPS."


LINES = st.sampled_from(
    ["We count by GPS.", "", "> quoted", ">> deeper", "On Mon, 3 Mar 2025, X <x@y.example> wrote:", "-- ", "--", "From: X",
     "Sent: now", "To: me", "Subject: bikes", "-----Original Message-----", "Sent from my iPhone", "\ue000quote",
     "Viele Grüße", "2025년 3월 3일, X님이 작성:", "a:" * 300, ">", "_" * 40, "Thanks,", "\u202bבתאריך 3 מאת X <x@y.il>:\u202c"]
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.lists(LINES, max_size=14).map("\n".join), st.text(max_size=200)))
def test_whatever_comes_what_is_sure_is_made_of_what_came(mail):
    """Nothing is invented, and where nothing is left it is not sure."""
    found = cut(mail, MARKS)
    if found.is_empty:
        assert not found.is_sure
    came = [line.strip() for line in mail.replace("\r", "\n").split("\n")]
    if mail.replace("\n", "").isprintable() and mail.isascii():
        assert all(line.strip() in came or not line.strip() for line in found.text.split("\n"))


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(
    ["<div>", "</div>", "<blockquote>", "</blockquote>", "<p>", "words", "<br>", "<table><tr><td>", "<!--", "-->", "<svg>",
     "<a href='x'>", "&lt;", "&#0;", "<div id=divRplyFwdMsg>", "<style>", "</style>", "<b", "'"]
), max_size=40).map("".join)))  # fmt: skip
def test_no_page_brings_the_reader_down(page):
    assert "<div" not in to_lines(page) or "&lt;" in page or "<" in page


def test_hole_12_long_mails_are_cut_in_time():
    begun = time.process_time()
    for mail in (
        "On 3 " + "a " * 500_000,
        "> x\n" * 200_000,
        "From: a\nTo: b\n" * 50_000,
        "<div>" * 200_000,
        "a@b.c " * 100_000,
    ):
        cut(mail, MARKS)
        to_lines(mail)
    assert time.process_time() - begun < 20
