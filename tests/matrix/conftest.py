import pytest
from django.db import connection, transaction
from django.test import override_settings


@pytest.fixture(scope="module")
def matrix_settings(tmp_path_factory):
    """The settings of the house's own tests, for as long as the world stands."""
    root = tmp_path_factory.mktemp("matrix")
    from django.conf import settings

    with override_settings(
        MEDIA_ROOT=root / "media",
        CARDS_ROOT=root / "cards",
        PAGES_FILE=root / "pages",
        KEPT_PAGES_SECONDS=0,
        MAILBOX_ROOT=root / "mailbox",
        IMPORTS_ROOT=root / "imports",
        INDEX_ROOT=root / "index",
        EMBEDDINGS_URL="none",
        CACHES={
            name: {
                "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
                "LOCATION": f"{root}{name}",
            }
            for name in ("default", "local")
        },
        STORAGES={
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield root


@pytest.fixture(autouse=True)
def house_data(matrix_settings):
    """Instead of a folder for each test: the world is shared, and each request is undone."""
    return matrix_settings


@pytest.fixture(scope="module")
def world(matrix_settings, django_db_setup, django_db_blocker):
    from tests.matrix.world import build

    if connection.vendor != "sqlite":
        # Between two tests Django closes the connection, and with it the transaction the world stands in.
        pytest.skip("the matrix asks on SQLite: its world would not outlive a test on PostgreSQL")
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
