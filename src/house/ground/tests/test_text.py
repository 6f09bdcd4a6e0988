import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from house.ground.text import clean, one_line, shorten, slug_of

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)


@given(ANYTHING)
def test_clean_text_is_nfc_storable_and_stays_clean(value):
    kept = clean(value)
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode("utf-8")  # no lone surrogates
    assert not set(kept) & {"\x00", "\r", "\u202e", "\u2066"}
    assert clean(kept) == kept


@given(ANYTHING)
def test_one_line_can_stand_in_a_mail_header(value):
    assert not set(one_line(value)) & {"\n", "\r", "\x0b", "\x0c", "\x00"}


@given(ANYTHING, st.integers(10, 60))
def test_shortened_text_fits(value, limit):
    assert len(shorten(value, limit)) <= limit


def test_text_is_cut_between_words():
    assert shorten("Minimum pay for delivery workers", 20) == "Minimum pay for…"


def test_slugs_keep_the_letters_of_their_language():
    assert slug_of("공유 자전거 운영 기준", fallback="x") == "공유-자전거-운영-기준"
    assert slug_of("!!!", fallback="abc") == "abc"
    assert slug_of("L’ajuntament d'aquí", fallback="x") == "l-ajuntament-d-aquí"
