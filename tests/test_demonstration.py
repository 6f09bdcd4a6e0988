"""The demonstration as `house demo` leaves it."""

import pytest
from django.core.management import call_command
from django.db import connection

from house.access.viewer import VISITOR
from house.alex.demo.load import load_demo
from house.alex.demo.reading import entries
from house.alex.models import Adoption, Attachment, Entry, Transcript, Version
from house.atlas.clauses.models import Clause
from house.ground.errors import Refused
from house.magazine.models import Article
from house.office import demo_magazine
from house.office.demo import seed_people
from house.partners.viewing import viewer_for
from house.people.models import Person
from house.vocabulary.loading import load_vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load_vocabulary()
    seed_people()
    return load_demo()


def test_it_needs_its_persons_first():
    with pytest.raises(Refused):
        load_demo()


def test_loading_it_again_changes_nothing(demonstration):
    before = (Entry.objects.count(), Version.objects.count(), Adoption.objects.count())
    assert before[0] == len(list(entries()))
    again = load_demo()
    assert "0 entries created, 0 updated" in again
    assert "0 adoptions recorded" in again
    assert before == (Entry.objects.count(), Version.objects.count(), Adoption.objects.count())


def test_everything_is_marked_and_published(demonstration):
    assert not Entry.objects.filter(is_demonstration=False).exists()
    assert set(Entry.objects.values_list("state", flat=True)) == {"published"}
    assert Transcript.objects.filter(is_current=True).count() == 3
    assert Attachment.objects.get().is_current


def test_what_people_changed_is_left_alone(demonstration):
    Entry.objects.filter(source_id="demonstration:norwich-sharing-city").update(source_digest="x")
    assert "1 left alone" in load_demo()


def test_doors_hide_what_is_not_public(demonstration):
    members = {
        who: set(Entry.objects.visible_to(viewer_for(person)).values_list("audience", flat=True))
        for who in ("partner", "associate", "former", "guest")
        for person in [Person.objects.get(email=f"{who}@example.org")]
    }
    assert members["partner"] == {"public", "alliance", "city", "circle"}
    assert members["associate"] == {"public", "alliance"}
    assert members["former"] == members["guest"] == {"public"}
    seen = Entry.objects.visible_to(VISITOR)
    assert set(seen.values_list("audience", flat=True)) == {"public"}


def test_every_article_of_its_magazine_quotes_what_stands(demonstration):
    """An article whose quotes did not stand would not have gone out."""
    demo_magazine.seed()
    assert [article.slug for article in Article.objects.filter(live=False)] == []
    assert Article.objects.filter(live=True).count() == 8


def test_composite_cases_name_no_city(demonstration):
    for entry in Entry.objects.filter(candour="described").select_related("city", "author"):
        assert entry.shown_city_id is None
        assert entry.credit().name == ""
        assert entry.credit().city == entry.described_as


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="there `test_operators` does it, as a process"
)
def test_every_room_is_furnished(settings, tmp_path):
    """PostgreSQL refuses what is longer than its column; SQLite keeps it."""
    settings.MEDIA_ROOT, settings.DEMO, settings.EMBEDDINGS_URL = tmp_path, True, "none"
    call_command("demo")
    assert Clause.objects.filter(is_demonstration=True).count() >= 20
    assert Article.objects.exists()
