import datetime

import pytest

from house.atlas.clauses import actions
from house.partners.viewing import viewer_for
from tests.factories import CityFactory, PersonFactory


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.PAGES_FILE = tmp_path / "pages"


@pytest.fixture
def curator(db):
    return PersonFactory(is_curator=True)


@pytest.fixture
def by(curator):
    return viewer_for(curator)


def facts(**told):
    return {
        "answer": "yes", "value": None, "unit": "", "day": None, "words": "", "note": "",
        "valid_from": datetime.date(2021, 4, 1), "valid_until": None,
        "quote": "A licence is needed.", "quote_language": "en",
        "source_title": "Housing by-law", "source_url": "https://example.org/by-law", "entry_url": "",
        **told,
    }  # fmt: skip


@pytest.fixture
def clause_of(by):
    """A clause of a city, out unless said."""

    def make(
        city=None, kind="licence", field="short-term-rental", *, out=True, audience="public", **told
    ):
        city = city or CityFactory()
        made = actions.draft_clause(
            by=by, city=city.pk, field=field, type=kind, facts=facts(**told), audience=audience
        )
        return actions.publish_clause(made, by=by) if out else made

    return make
