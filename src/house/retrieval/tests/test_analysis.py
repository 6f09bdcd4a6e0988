import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.retrieval.analysis import (
    LANGUAGES,
    analyse,
    clean,
    fold,
    question_terms,
    spelling_of,
    words_of,
)

ANY = st.text(st.characters(), max_size=300)


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("es", "Las estaciones cerraron", "estacion"),
        ("fr", "l'urbanisme réglementé", "urbanismes reglementes"),
        ("de", "Straßen und Häuser", "strasse hauser"),
        ("nl", "deelfietsen", "deelfiets"),
        ("sv", "lägenheterna", "lagenheter"),
        ("da", "rådhusets ældre", "radhuset aeldre"),
        ("ca", "col·laboració", "collaboracio"),
        ("pt", "habitação", "habitacao"),
        ("en", "licensing car-sharing", "licensed carsharing"),
        ("en", "1,250,000 bicycles", "1250000 bicycle"),
        ("he", "והעירייה", "עירייה"),
        ("he", "דירות", "דירות"),
        ("zh", "城市管理短租公寓", "短租公寓"),
        ("ko", "공유자전거를", "공유자전거"),
        ("en", "ＦＵＬＬ　ｗｉｄｔｈ", "full width"),
    ],
)
def test_a_question_meets_what_is_written(language, written, asked):
    stored = set(analyse(written, language))
    for word, forms in question_terms(asked, language):
        assert stored & set(forms), (word, forms, stored)


def test_a_question_meets_passages_of_other_languages_by_shared_words():
    for language in LANGUAGES[:9]:
        stored = set(analyse("Amsterdam Airbnb", language))
        assert all(stored & set(forms) for _, forms in question_terms("Amsterdam Airbnb", "en"))


def test_stop_words_go_unless_nothing_else_is_left():
    assert [word for word, _ in question_terms("what is the permit", "en")] == ["permit"]
    assert [word for word, _ in question_terms("who is who", "en")] == ["who", "is"]
    assert analyse("the of and", "en") == []


def test_invisible_and_unusable_signs_go():
    assert clean("a\0b\ud800c\u200bd") == "a b c d"
    assert fold("Ça Øresund ﬁne Straße") == "ca oresund fine strasse"


def test_words_for_spelling_are_whole_words():
    assert set(spelling_of(words_of("The licences of 2020, car-sharing")).split()) == {"licences"}


@given(ANY, st.sampled_from([*LANGUAGES, "xx", ""]))
def test_any_text_gives_plain_terms(text, language):
    for term in analyse(text, language):
        assert term
        assert not set(term) & set(" \t\n\0\"'*:^()-")
        term.encode("utf-8")


@given(ANY)
def test_terms_survive_being_joined_and_split_again(text):
    terms = analyse(text, "en")
    assert " ".join(terms).split(" ") == (terms or [""])
