"""What every room holds is found on the one page of search."""

import pytest
from django.urls import reverse

from house.gatherings.market import actions as market
from house.gatherings.market.actions import Wish
from house.gatherings.tests.making import make_event
from house.groups.tests.made import make
from house.partners.viewing import viewer_for
from house.retrieval import outbox


@pytest.mark.django_db
def test_topics_groups_and_events_are_found_and_led_to(settings, client, member, neighbour):
    settings.EMBEDDINGS_URL = "none"
    by = viewer_for(member.person)
    topic = market.suggest_topic(Wish("Who counts undocked bicycles?", "seminar"), by=by)
    group = make(member, neighbour, name="Counting undocked bicycles", audience="alliance")
    event = make_event(title="Undocked bicycles, counted", slug="undocked")
    outbox.touch("event", event.pk)
    outbox.drain()
    client.force_login(neighbour.person)

    page = client.get(reverse("front:search"), {"q": "undocked bicycles"}).content.decode()

    for thing in (topic, group, event):
        assert f'href="{thing.get_absolute_url()}"' in page
