"""Short texts beside the index: near to a question by meaning, and forgotten when nobody offers them."""

import pytest

from house.retrieval import offers
from house.retrieval.asking import understand_prose
from house.retrieval.embedding.base import QueryVectors
from house.retrieval.offers import FEW, Offers
from house.retrieval.tests.engine_samples import SPACE, vector_of, vectors_of

TEXTS = {n: f"offer number {n}" for n in range(FEW + 3)}


def asked(text):
    """A question that means exactly this text."""
    return QueryVectors(vector_of(text), None, 0.0, None)


def test_the_nearest_offer_stands_highest_and_what_has_no_vector_is_missing(tmp_path):
    kept = Offers(tmp_path, SPACE)
    kept.put(list(TEXTS.values()), vectors_of(*TEXTS.values()))

    near = kept.near(asked(TEXTS[4]), TEXTS | {99: "nobody embedded this"})

    assert near.keys() == TEXTS.keys()
    assert max(near, key=lambda key: near[key][0]) == 4
    assert near[4][0] > 2


def test_of_too_few_offers_nothing_is_said(tmp_path):
    few = dict(list(TEXTS.items())[: FEW - 1])
    kept = Offers(tmp_path, SPACE)
    kept.put(list(few.values()), vectors_of(*few.values()))

    assert kept.near(asked(TEXTS[0]), few) == {}


def test_what_nobody_offers_any_more_is_forgotten_with_its_bytes(tmp_path):
    kept = Offers(tmp_path, SPACE)
    kept.put(list(TEXTS.values()), vectors_of(*TEXTS.values()))
    gone = vector_of(TEXTS[0]).tobytes()
    (raw,) = tmp_path.glob("*/raw.f32")
    assert gone in raw.read_bytes()

    kept.forget_others(text for key, text in TEXTS.items() if key)

    assert kept.missing(TEXTS.values()) == [TEXTS[0]]
    assert gone not in raw.read_bytes()
    assert 0 not in kept.near(asked(TEXTS[0]), TEXTS)


def test_without_a_model_nothing_is_kept_and_nothing_is_near(settings):
    settings.EMBEDDINGS_URL = "none"

    assert offers.keep(TEXTS.values()) == 0
    assert offers.near(understand_prose("an offer"), TEXTS) == {}


@pytest.mark.model
def test_an_offer_is_near_in_another_language(settings, tmp_path):
    settings.EMBEDDINGS_URL, settings.INDEX_ROOT = "", tmp_path
    said = [
        "Bußgelder für Betreiber von Leihrädern, die im Weg stehen.",
        "Beteiligung von Jugendlichen am Haushalt.", "Solaranlagen auf Dächern von Schulen.",
        "Wohnungstausch für ältere Menschen.", "Lärm in der Nacht vor Gaststätten.",
        "Bäume an heißen Plätzen.", "Öffnungszeiten von Bibliotheken.", "Tafeln und Lebensmittel.",
        "Werkzeuge leihen statt kaufen.", "Kurse in digitalen Grundlagen.",
        "Wasser sparen in Parks.", "Märkte für Kunsthandwerk.", "Streit unter Nachbarn schlichten.",
    ]  # fmt: skip
    texts = dict(enumerate(said))
    assert offers.keep(said) == len(said)
    assert offers.keep(said) == 0

    near = offers.near(
        understand_prose("How do you fine operators of shared bikes?"), texts, patience=None
    )

    assert max(near, key=lambda key: near[key][0]) == 0
