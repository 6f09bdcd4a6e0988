"""A feed is a source once, however many curators add it."""

import pytest
from django.urls import reverse

from house.ground.errors import Refused
from house.partners.viewing import viewer_for
from house.radar import actions
from house.radar.models import Source
from house.radar.reading import Outline
from house.radar.tests.making import make_source
from tests.factories import PersonFactory
from tests.together import at_once, needs_postgres

FEED = "https://paper.example/feed"
KNOWN = "This feed is among the sources already."


def test_who_adds_or_moves_a_source_to_a_feed_that_is_read_is_told_so_beside_the_field(
    client, curator
):
    make_source(url=FEED)
    other = make_source()
    client.force_login(curator)
    told = {"name": "Mine", "url": FEED, "language": "", "city": ""}
    again = client.post(reverse("radar:source_new"), told)
    moved = client.post(reverse("radar:source_edit", args=[other.code]), told)
    assert (again.status_code, moved.status_code) == (422, 422)
    assert KNOWN in again.context["form"].errors["url"][0]
    assert moved.context["form"].errors["url"] == ["Another source has this address already."]
    assert Source.objects.filter(url=FEED).count() == 1


@needs_postgres
@pytest.mark.django_db(transaction=True)
def test_a_feed_that_many_add_at_once_is_a_source_once():
    viewer = viewer_for(PersonFactory(is_curator=True))
    list_of = [Outline("A list", FEED, "", "", "en")]
    said = at_once(
        *[lambda: actions.add_source("A paper", FEED, by=viewer)] * 5,
        *[lambda: actions.add_sources(list_of, by=viewer)] * 3,
    )
    assert [
        each for each in said if isinstance(each, Exception) and not isinstance(each, Refused)
    ] == []
    assert Source.objects.get().url == FEED
