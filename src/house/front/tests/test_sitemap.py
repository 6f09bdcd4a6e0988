"""The index names every file, the files every public page, each once."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from house.access.viewer import VISITOR
from house.atlas.clauses import actions as clauses
from house.atlas.clauses.tests.conftest import facts
from house.atlas.initiatives.tests.making import make_initiative
from house.atlas.mobility.models import IndexCity
from house.front.sitemaps import SITEMAPS
from house.gatherings.models import Session
from house.gatherings.tests.making import make_event
from house.partners.viewing import viewer_for
from tests.factories import EntryFactory
from tests.listed import addresses_in, listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_files(monkeypatch):
    monkeypatch.setattr("house.front.sitemaps.Sitemap.limit", 3)


def files_of(client, kind):
    index = addresses_in(client.get(reverse("sitemap")))
    return [urlsplit(file).path for file in index if re.search(f"-{kind}-[0-9]+[.]xml$", file)]


def test_what_one_file_cannot_hold_goes_on_in_the_next(client, small_files):
    made = [EntryFactory(audience="public") for _number in range(7)]
    EntryFactory(audience="alliance")

    files = [addresses_in(client.get(path)) for path in files_of(client, "entries")]
    assert [len(file) for file in files] == [3, 3, 1]
    assert sorted(urlsplit(address).path for file in files for address in file) == sorted(
        entry.get_absolute_url() for entry in made
    )


def test_no_page_stands_twice(client):
    make_initiative("Library of things")
    EntryFactory(audience="public")
    found = listed(client)
    assert len(found) == len(set(found))


def test_a_kind_of_which_there_is_nothing_has_no_file(client):
    assert files_of(client, "entries") == []
    assert files_of(client, "pages") == [reverse("sitemap_file", args=["pages", 1])]


@pytest.mark.parametrize(("kind", "number"), [("persons", 1), ("pages", 0), ("pages", 2)])
def test_a_file_that_the_index_does_not_name_is_absent(client, kind, number):
    assert client.get(reverse("sitemap_file", args=[kind, number])).status_code == 404


def test_rules_sessions_and_cities_of_the_index_are_told(client, curator, member):
    event = make_event(audience="public")
    hidden = make_event(audience="alliance")
    for each in (event, hidden):
        Session.objects.create(
            event=each, title="Kerbs", starts_at=each.starts_at, minutes=30, is_public=True
        )
    session = Session.objects.visible_to(VISITOR).get()
    place = IndexCity.objects.create(code="gn1", slug="ghent", name="Ghent", country="BE")
    by = viewer_for(curator)
    draft = clauses.draft_clause(
        by=by, city=member.city_id, field="short-term-rental", type="licence", facts=facts(),
        audience="public",
    )  # fmt: skip
    rule = draft.get_absolute_url()
    assert rule not in "\n".join(listed(client))

    clauses.publish_clause(draft, by=by)
    found = {urlsplit(address).path for address in listed(client)}
    programme = reverse("gatherings:programme", args=[event.slug])
    assert {rule, programme, session.get_absolute_url(), place.get_absolute_url()} <= found
    assert [path for path in found if hidden.slug in path] == []


@pytest.mark.parametrize("rows", [1, 7])
def test_index_and_file_ask_as_often_for_one_as_for_many(
    client, small_files, rows, django_assert_num_queries
):
    for number in range(rows):
        make_initiative(f"Place {number}", latitude=50 + number)
    lists = sum(kind in {"pages", "still"} for kind in SITEMAPS)
    with django_assert_num_queries(len(SITEMAPS) - lists):
        client.get(reverse("sitemap"))
    with django_assert_num_queries(2):
        client.get(reverse("sitemap_file", args=["initiatives", 1]))
