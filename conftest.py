"""What every test of the house shares. Also loaded for the tests inside the floors and rooms."""

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

from tests import own_house

# A crowded machine is no fault of a test: neither its slowness nor that of making an example fails it.
# The examples of a test are the same in every run; `--hypothesis-profile=anew` looks for others.
patient = examples(deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.register_profile("house", patient, derandomize=True)
examples.register_profile("anew", patient)
examples.load_profile("house")

# What migrations have filled, by model: a test with a live server empties every table behind itself.
FILLED = {}
FIRST_CELLS = {}


def pytest_configure(config):
    from tests import migrated

    migrated.install()
    if not hasattr(config, "workerinput"):  # the processes of xdist find what the first one made
        own_house.begin()


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        own_house.end()


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what touches records runs: the rest would say the same a second time."""
    if "HOUSE_DATABASE_URL" not in os.environ:
        return
    again = [item for item in items if _touches_records(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
    items[:] = again


def _touches_records(item):
    markers = ("django_db", "postgres")
    return "db" in item.fixturenames or any(map(item.get_closest_marker, markers))


@pytest.fixture
def filled():
    """Puts back what migrations had filled, where another test has emptied it."""
    for model, rows in FILLED.items():
        if not model.objects.exists():
            model.objects.bulk_create(rows)


@pytest.fixture(autouse=True)
def filled_again(request):
    """The same for every test that commits, before anything of its own stands."""
    marker = request.node.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames:
        request.getfixturevalue("transactional_db")
        request.getfixturevalue("filled")


@pytest.fixture(scope="session", autouse=True)
def flush_past_triggers():
    """Lets a test with a live server empty the tables behind itself whose triggers refuse just that."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_all(operations, statements):
        connection = operations.connection
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = replica")
                flush(operations, statements)
                cursor.execute("SET session_replication_role = DEFAULT")
                return
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            flush(operations, statements)
            for _name, sql in triggers:
                cursor.execute(sql)

    BaseDatabaseOperations.execute_sql_flush = flush_all
    yield
    BaseDatabaseOperations.execute_sql_flush = flush


@pytest.fixture(autouse=True)
def house_data(settings, tmp_path):
    """Each test has its own folder for files, mail and index, and an empty cache."""
    from house.retrieval import meaning

    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CARDS_ROOT = tmp_path / "cards"
    settings.PAGES_FILE = tmp_path / "pages"
    settings.KEPT_PAGES_SECONDS = 0  # tests of keeping pages turn it on
    settings.MAILBOX_ROOT = tmp_path / "mailbox"
    settings.SPOOL_ROOT = tmp_path / "outgoing"
    settings.INTAKE_ROOT = tmp_path / "incoming"
    settings.IMPORTS_ROOT = tmp_path / "imports"
    settings.ERASED_FILE = tmp_path / "erased"
    settings.INDEX_ROOT = tmp_path / "index"
    settings.CACHES = {
        name: {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": f"{tmp_path}{name}",
        }
        for name in ("default", "local")
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    yield tmp_path
    # else some three thousand open files gather in one process of tests
    meaning.forget_engines(tmp_path / "index")


@pytest.fixture(autouse=True)
def one_window(monkeypatch):
    """No minute ends between two requests that a test wants counted together."""
    began = time.time()
    monkeypatch.setattr("house.ground.limits.time", lambda: began)


@pytest.fixture(autouse=True)
def versions_of_the_table():
    """The number of a version comes again once a test is undone: what it said then is forgotten."""
    from house.partners import rights

    rights.KEPT.clear()
    rights.KEPT.update(FIRST_CELLS)


@pytest.fixture
def corpus() -> Path:
    """The test corpus, or a skip that says what is missing."""
    root = Path(os.environ.get("HOUSE_TEST_DATA", Path(__file__).parent.parent / "shared" / "data"))
    if not (root / "alex" / "passages.jsonl").exists():
        pytest.skip("the test corpus is absent: set HOUSE_TEST_DATA to its folder")
    return root


def _seated(level: str, code: str):
    from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory

    city = CityFactory(code=code)
    seat = SeatFactory(
        partnership=PartnershipFactory(city=city, level=level), person=PersonFactory(city=city)
    )
    return SimpleNamespace(person=seat.person, seat=seat, city=city, city_id=city.pk)


@pytest.fixture
def member(db):
    """A person of a partner city: `.person`, `.seat`, `.city`, `.city_id`."""
    return _seated("partner", "aaa")


@pytest.fixture
def neighbour(db):
    """A person of another partner city."""
    return _seated("partner", "bbb")


@pytest.fixture
def associate(db):
    return _seated("associate", "ccc")


@pytest.fixture
def curator(db):
    from tests.factories import PersonFactory

    return PersonFactory(is_curator=True)


@pytest.fixture
def office(db):
    from tests.factories import PersonFactory

    return PersonFactory(is_office=True)


@pytest.fixture
def client_factory():
    """Another browser: `client_factory()`; `client_factory(person)` is signed in."""
    from django.test import Client

    def make(person=None, **facts):
        made = Client(**facts)
        if person is not None:
            made.force_login(person)
        return made

    return make


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that commit empty every table: what migrations filled is kept to be put back."""
    from house.partners.models import Allowance, Benefit, Right, Table
    from house.partners.rights import cells

    with django_db_blocker.unblock():
        FILLED.update(
            {model: list(model.objects.all()) for model in (Table, Benefit, Right, Allowance)}
        )
        FIRST_CELLS.update({table.pk: cells(table.pk) for table in FILLED[Table]})
