"""The directory and one's own data, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from house.partners.models import Level, Partnership, Seat
from house.people.models import ContactMessage
from house.vocabulary.models import City
from tests.factories import PersonFactory
from tests.journeys.waiting import forgive


@pytest.fixture
def two(live_house):
    """Colleagues of two cities, one of whom wrote to the other."""
    made = []
    for name, code in (("Ana Lima", "ams"), ("Zoë Søndergård", "got")):
        person = PersonFactory(
            name=name,
            city_id=code,
            job_title="Adviser",
            languages=["en"],
            can_help_with="Night limits.",
        )
        partnership = Partnership.objects.create(
            city=City.objects.get(pk=code), level=Level.PARTNER, starts_on="2020-01-01"
        )
        Seat.objects.create(partnership=partnership, person=person, title="Adviser")
        made.append(person)
    ContactMessage.objects.create(
        sender=made[1], receiver=made[0], subject="Bays", text="What would you do differently?"
    )
    return made


def test_axe_has_nothing_against_the_pages(axe, two):
    ana, zoe = two
    message = ContactMessage.objects.get()
    assert (
        axe(
            "/people/",
            "/people/?q=nobody",
            f"/people/{zoe.code}/",
            f"/people/{zoe.code}/write/",
            "/people/me/edit/",
            "/people/me/messages/",
            f"/people/me/messages/{message.code}/",
            "/people/me/privacy/",
            "/people/me/privacy/erase/",
            "/people/farewell/",
            person=ana,
        )
        == []
    )


def test_the_list_narrows_while_she_types_and_by_a_filter(visit, two):
    page = visit("/people/", person=two[0])
    page.fill("#q", "sondergard")
    page.wait_for_selector("#results[data-says='1 person']")
    expect(page.locator("#results h2")).to_have_text(["Zoë Søndergård"])
    page.fill("#q", "")
    page.wait_for_selector("#results[data-says='2 people']")
    page.click("#facet-country summary")
    page.check("#country-SE")
    page.wait_for_selector("#results[data-says='1 person']")
    expect(page).to_have_url(re.compile("country=SE"))


def test_everything_works_without_scripts_and_by_keyboard(visit, two):
    ana, zoe = two
    page = visit("/people/", person=ana, scripts=False)
    page.focus("#q")
    page.keyboard.type("zoe")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Zoë Søndergård").click()
    page.get_by_role("link", name="Write to Zoë Søndergård").click()
    page.get_by_label("Subject").fill("Bays")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("alert").wait_for()
    forgive(page, "422")
    expect(page.get_by_label("Subject")).to_have_value("Bays")
    page.get_by_label("Message").fill("What would you do differently?")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/people/me/messages/*/")
    assert ContactMessage.objects.filter(sender=ana, receiver=zoe).count() == 1


def test_the_place_has_its_key(visit, two):
    page = visit("/", person=two[0])
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/people/")
