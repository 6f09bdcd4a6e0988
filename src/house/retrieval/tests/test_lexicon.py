import time

import pytest

from house.retrieval.analysis import analyse
from house.retrieval.lexicon import LANGUAGE, is_mark, marks_of_passage, marks_of_question


def of_passage(text, language):
    return {mark[1:] for mark in marks_of_passage(analyse(text, language), text, language)}


def of_question(text, language):
    found = marks_of_question(analyse(text, language), text, language)
    return {mark[1:]: weight for mark, weight in found.items()}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What did Seoul decide about scooters?", "en"),
        ("¿Qué decidió Seúl sobre los patinetes?", "es"),
        ("Qu'a décidé Séoul pour les trottinettes ?", "fr"),
        ("서울시는 전동킥보드에 대해 무엇을 결정했나요?", "ko"),
        ("מה החליטה סיאול לגבי קורקינטים?", "he"),
        ("首尔对滑板车作出了什么决定？", "zh"),
    ],
)
def test_a_city_bears_one_mark_in_every_language(text, language):
    assert "pseoul" in of_passage(text, language)
    assert "pseoul" in of_question(text, language)


@pytest.mark.parametrize(
    ("text", "language", "mark"),
    [
        ("Where must Swedish towns publish their rules?", "en", "pse"),
        ("das schwedische Portal", "de", "pse"),
        ("une ville néerlandaise", "fr", "pnl"),
        ("en dansk kommune", "da", "pdk"),
    ],
)
def test_an_adjective_names_its_country(text, language, mark):
    assert mark in of_question(text, language)


def test_a_topic_meets_across_languages():
    english = of_question("rules for short-term rentals", "en")
    spanish = of_passage("La normativa sobre alquileres de corta duración cambió.", "es")

    assert {mark for mark in english if mark.startswith("t")} & spanish


def test_a_question_about_a_country_looks_into_its_language():
    assert of_question("Must a taxi in Germany wait?", "en")["lde"] == LANGUAGE
    assert "lde" in of_passage("Der Taxifahrer wartet.", "de")


def test_a_city_of_a_passage_names_its_country_too():
    assert {"pberlin", "pde"} <= of_passage("Berlin built flats.", "en")


def test_a_name_inside_another_word_is_not_a_name():
    assert not {
        mark
        for mark in of_passage("Malice towards an irate Romanesque niche.", "en")
        if mark.startswith("p")
    }


def test_marks_are_told_from_words():
    assert all(map(is_mark, marks_of_passage(["word"], "word", "en")))
    assert not is_mark("seoul")


@pytest.mark.parametrize("language", ["en", "ko", "zh", "he", "xx", ""])
def test_any_text_in_any_language_is_taken(language):
    for text in ("", "\0", "\ud800", "\ufdfa" * 100, "🏙️" * 50, "\ue000pseoul"):
        marks_of_question(analyse(text, language), text, language)
        marks_of_passage(analyse(text, language), text, language)


def test_marking_costs_little():
    text = "The city of Barcelona shares bicycles with its neighbours and rents flats. " * 20
    terms = analyse(text, "en")
    marks_of_passage(terms, text, "en")
    begun = time.process_time()

    for _ in range(50):
        marks_of_passage(terms, text, "en")

    assert (time.process_time() - begun) / 50 < 0.003
