"""The alliance of real texts: what is asked in its year was never said before, and nothing of it taught weights."""

from collections import Counter

import pytest

from house.agora.bench import real
from house.agora.bench.alliance import make


@pytest.fixture
def subjects(corpus):
    return real.read(corpus / "xquad-r")


def test_no_question_of_the_year_stands_in_the_house_or_is_asked_twice(subjects):
    alliance = make(5, world=real.Real(subjects, tuning=False), people=400, questions=400)
    asked = Counter((asking.text, asking.language, asking.issue) for asking in alliance.asked)
    written = {wrote.text for wrote in alliance.wrote}

    assert len(alliance.asked) == 400
    assert max(asked.values()) == 1
    assert not written & {text for text, _language, _issue in asked}


def test_what_taught_weights_and_what_is_reported_share_no_article(subjects):
    taught, reported = (real.Real(subjects, tuning=each) for each in (True, False))

    assert {i.field for i in taught.issues} & {i.field for i in reported.issues} == set()
    assert len(taught.issues) + len(reported.issues) == len(subjects) == 240


def test_the_same_seed_makes_the_same_alliance(subjects):
    one, other = (
        make(5, world=real.Real(subjects, tuning=True), people=100, questions=50) for _ in range(2)
    )
    assert (one.wrote, one.asked, one.people) == (other.wrote, other.asked, other.people)
