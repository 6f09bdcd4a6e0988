import pytest
from django.db import connection

from house.retrieval import ranked, sources
from house.retrieval.tests import things


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(things.Note)


@pytest.fixture
def notes(db, settings):
    """The small room, findable by words: no model is loaded."""
    settings.EMBEDDINGS_URL = "none"
    before = dict(sources._sources)
    sources._sources.clear()
    things.open_room()
    ranked.forget_questions()
    yield things
    sources._sources.clear()
    sources._sources.update(before)
