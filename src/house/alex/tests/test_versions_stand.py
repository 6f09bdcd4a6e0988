import pytest
from django.db import DatabaseError, connection, transaction

from house.alex.models import Version
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return EntryFactory().current


def test_a_version_refuses_to_be_saved_again(version):
    version.title = "Another"
    with pytest.raises(TypeError):
        version.save()


def test_a_version_refuses_to_be_deleted(version):
    with pytest.raises(TypeError):
        version.delete()
    with pytest.raises(TypeError):
        Version.objects.filter(pk=version.pk).delete()


def test_versions_refuse_a_bulk_change(version):
    with pytest.raises(TypeError):
        Version.objects.update(title="Another")
    with pytest.raises(TypeError):
        Version.objects.bulk_update([version], ["title"])


def test_the_database_itself_refuses_to_change_a_version(version):
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        connection.cursor().execute("UPDATE alex_version SET title = 'Another'")
    version.refresh_from_db()
    assert version.title != "Another"
