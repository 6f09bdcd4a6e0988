"""Whole addresses begin with the house's own, whatever name a request calls it by: caches and feed readers keep them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from house.agora.actions import write_post
from house.atlas.clauses import actions as clauses
from house.atlas.clauses.tests.conftest import facts
from house.partners.viewing import viewer_for
from house.radar.tests.making import make_story
from tests.factories import EntryFactory

OURS, THEIRS = "https://house.example", "thief.example"


@pytest.fixture
def told(client, member, settings):
    settings.BASE_URL, settings.ALLOWED_HOSTS = OURS, ["*"]

    def tell(name, *args, **query):
        answer = client.get(reverse(name, args=args), query, headers={"host": THEIRS})
        assert answer.status_code == 200, name
        return answer.content.decode()

    return tell


@pytest.fixture
def entry(db):
    return EntryFactory(audience="public")


def test_feeds_lead_to_the_house(told, member):
    post = write_post("question", "Kerbs", "So?", by=viewer_for(member.person), audience="public")
    story = make_story(
        "Kerbs", state="picked", audience="public", note="Read.", picked_at=timezone.now()
    )
    expected = {"agora:post_feed": post.get_absolute_url(), "radar:story_feed": story.get_absolute_url(),
                "magazine:feed": "/magazine/", "showcase:feed": "/showcase/"}  # fmt: skip
    feeds = {name: told(name) for name in expected}
    assert [name for name, feed in feeds.items() if OURS + expected[name] not in feed] == []
    assert [name for name, feed in feeds.items() if OURS + reverse(name) not in feed] == []
    assert [name for name, feed in feeds.items() if THEIRS in feed] == []


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl"])
def test_citations_lead_to_the_house(told, entry, form):
    cited = told("alex:entry_cite", entry.slug, form)
    assert OURS + entry.get_absolute_url() in cited
    assert THEIRS not in cited


@pytest.mark.parametrize(
    "name",
    ["alex:entry", "alex:entry_share", "alex:entry_versions", "alex:entry_jsonld", "alex:entry_dc"],
)
def test_pages_of_an_entry_and_what_is_printed_of_them_lead_to_the_house(told, entry, name):
    page = told(name, entry.slug)
    assert OURS in page
    assert THEIRS not in page


def test_the_sitemap_and_its_files_lead_to_the_house(told, entry):
    index = told("sitemap")
    assert f"{OURS}{reverse('sitemap_file', args=['entries', 1])}" in index
    files = index + told("sitemap_file", "entries", 1)
    assert OURS + entry.get_absolute_url() in files
    assert THEIRS not in files


def test_a_table_of_rules_leads_back_to_the_house(told, member, curator):
    clauses.draft_clause(
        by=viewer_for(curator), city=member.city_id, field="short-term-rental", type="licence",
        facts=facts(), audience="public",
    )  # fmt: skip
    table = told("clauses:table", "csv", field="short-term-rental", city=member.city.slug)
    assert f"{OURS}{reverse('clauses:compare')}?" in table
    assert THEIRS not in table
