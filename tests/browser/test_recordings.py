"""Hosting, fair hours and what stays of a gathering, in a real browser."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from house.gatherings.actions import recordings
from house.gatherings.models import Organiser, Voice
from house.gatherings.tests.making import make_event
from house.gatherings.tests.test_hosting import accept, offer
from house.gatherings.tests.test_views_after import come, shared
from house.partners.viewing import viewer_for
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory

pytestmark = [pytest.mark.django_db(transaction=True)]


class Seated:
    def __init__(self, code, level="partner"):
        self.city = CityFactory(code=code, time_zone="Asia/Seoul", country="KR")
        self.city_id = self.city.pk
        self.person = PersonFactory(city=self.city)
        SeatFactory(partnership=PartnershipFactory(city=self.city, level=level), person=self.person)


@pytest.fixture
def over(live_house):
    """A past event of a host, with a shared recording; and an associate who reads along."""
    host = Seated("hos")
    event = make_event(days=-3, host_city=host.city)
    Organiser.objects.create(event=event, person=host.person)
    come(event, host.person)
    return host, event, shared(event, host.person), Seated("rea", "associate")


def test_a_recording_is_searched_by_keyboard_and_its_words_are_marked(visit, over):
    _host, _event, recording, reader = over
    page = visit(recording.get_absolute_url(), person=reader.person)
    page.get_by_label("Search inside", exact=True).focus()
    page.keyboard.type("COURT")
    expect(page.locator(".transcript mark")).to_have_text(["court"])
    expect(page.locator(".recording__search [role=status]")).to_have_text(re.compile("^1 "))
    page.get_by_label("Search inside", exact=True).fill("fine")
    page.keyboard.press("Enter")
    expect(page.locator(".transcript li.is-here mark")).to_have_text("fine")
    page.get_by_label("Search inside", exact=True).fill("")
    expect(page.locator(".transcript mark")).to_have_count(0)


def test_without_a_script_the_words_are_found_by_the_house(visit, over):
    _host, _event, recording, reader = over
    page = visit(recording.get_absolute_url(), person=reader.person, scripts=False)
    page.get_by_label("Search inside, line by line").fill("court")
    page.get_by_role("button", name="Search").last.click()
    expect(page.locator(".recording-found mark")).to_have_text("court")
    page.locator(".recording-found a").click()
    expect(page).to_have_url(re.compile("#t=20$"))


def test_pages_of_hosting_and_afterwards_have_nothing_for_axe(axe, over):
    host, event, recording, _reader = over
    office = PersonFactory(is_office=True)
    made = accept(offer(host), office)
    open_one = recordings.add_recording(event, by=viewer_for(host.person), title="Not yet open")
    voice = recordings.add_voice(
        open_one, by=viewer_for(host.person), name="Maja", person=host.person
    )
    assert Voice.objects.filter(pk=voice.pk).exists()
    said = axe(
        made.get_absolute_url(),
        reverse("gatherings:hosting_list") + "?state=all",
        reverse("gatherings:hours_of_event", args=[made.event.slug]),
        reverse("gatherings:after", args=[event.slug]),
        recording.get_absolute_url() + "?inside=court",
        reverse("gatherings:recording_edit", args=[event.slug, recording.code]),
        reverse("gatherings:voice", args=[voice.code]),
        reverse("gatherings:feedback", args=[event.slug]),
        person=host.person,
    )
    assert said == []
