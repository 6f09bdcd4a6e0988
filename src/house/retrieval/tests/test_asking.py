import pytest

from house.retrieval.asking import MOST_TERMS, understand, understand_prose
from house.retrieval.languages import recognise
from house.retrieval.snippets import WIDTH, Marker


def words(question):
    return [term.word for term in question.terms if term.word]


def test_phrases_and_exclusions_are_taken_apart():
    question = understand('car sharing "on street parking" -taxi „zweite Phrase“')

    assert question.phrases == ("on street parking", "zweite phrase")
    assert [term.word for term in question.excluded] == ["taxi"]
    assert question.text == "car sharing on street parking zweite Phrase"
    assert {"street", "parking"} <= {term.word for term in question.required}


def test_prose_quotes_and_dashes_without_asking_for_anything():
    question = understand_prose('They call it "shared space" – see -our- page', language="en")

    assert (question.phrases, question.required, question.excluded) == ((), (), ())
    assert {"shared", "space", "page"} <= set(words(question))
    assert '"shared space"' in question.text


@pytest.mark.parametrize("typed", ["short-term rental", "e-scooter", "2019-2020", "a - b"])
def test_a_hyphen_within_is_no_exclusion(typed):
    assert understand(typed).excluded == ()


def test_an_open_quotation_mark_is_only_a_sign():
    question = understand('the "open wall')
    assert question.phrases == ()
    assert words(question) == ["open", "wall"]


def test_ten_thousand_letters_are_read_as_far_as_is_useful():
    question = understand("scooter " * 1250 + " ".join(f"w{i}x" for i in range(500)))
    assert len(words(question)) <= MOST_TERMS
    assert len(question.text) <= 1500


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie regeln Städte die Vermietung?", "de"),
        ("Hvordan regulerer byen delebiler?", "da"),
        ("Hur får en bostadsrättsförening säga nej?", "sv"),
        ("Com es regula el lloguer turístic?", "ca"),
        ("단기 임대 규제", "ko"),
        ("השכרת דירות", "he"),
        ("短租管理", "zh"),
    ],
)
def test_the_language_of_a_question_is_told(text, language):
    assert understand(text).language == language


def test_without_letters_the_language_is_the_one_hinted_at():
    assert recognise("12345 !!", fallback="nl") == "nl"
    assert recognise("", fallback="") == ""


def test_a_snippet_shows_the_sentences_that_hold_most_of_the_words():
    text = (
        "Nothing here at all. " * 30
        + "Permits cost money. Scooters need permits."
        + " The end." * 40
    )
    parts = Marker({"permit", "scooter"}).snippet(text, "en")

    assert [part for part, is_hit in parts if is_hit] == ["Permits", "Scooters", "permits"]
    assert len("".join(part for part, _ in parts)) <= WIDTH + 4
    shown = "".join(part for part, _ in parts).strip("… ")
    assert shown in text


def test_a_snippet_without_words_is_the_beginning():
    parts = Marker(()).snippet("Erster Satz. Zweiter Satz.", "de")
    assert parts == [("Erster Satz. Zweiter Satz.", False)]
