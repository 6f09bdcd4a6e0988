"""The shared-mobility index, in a real browser: a city puts a figure right, and everybody sees both."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from house.atlas.mobility.actions.computing import make_edition
from house.atlas.mobility.models import Correction, IndexCity
from house.atlas.mobility.tests.made import DAY, FEW, keep, listed, row
from house.partners.models import Level, Partnership, Seat
from house.vocabulary.models import City
from tests.factories import PersonFactory


@pytest.fixture
def amsterdam(live_house):
    rows = [row("a", "Amsterdam", versions="3.0"), row("b", "Utrecht"), row("c", "Nowhere at all")]
    keep(listed(*rows))
    make_edition(as_of=DAY, parameters=FEW)
    place = IndexCity.objects.get(city_id="ams")
    place.person = PersonFactory(name="Marit", city_id="ams")
    partnership = Partnership.objects.create(
        city=City.objects.get(pk="ams"), level=Level.PARTNER, starts_on="2020-01-01"
    )
    Seat.objects.create(partnership=partnership, person=place.person, title="Adviser")
    place.curator = PersonFactory(name="Teodor", is_curator=True)
    return place


def test_a_city_corrects_a_figure_and_both_values_are_shown(visit, amsterdam):
    page = visit("/atlas/mobility/", person=amsterdam.person, width=390)
    page.get_by_role("link", name="Amsterdam").click()
    page.get_by_role("link", name="Correct a figure").click()
    page.get_by_label("Stations of shared vehicles").check()
    page.get_by_label("The right value").fill("412")
    page.get_by_label("True on").fill("2026-06-01")
    page.get_by_label("Who says so").fill("Register of the city")
    page.get_by_label("Where it can be looked up").fill("https://register.example/stations")
    page.get_by_label("Why is our value wrong?").fill("Nobody had counted them.")
    page.get_by_role("button", name="Send to the curators").click()
    expect(page.get_by_text("Waits for a curator")).to_be_visible()

    code = Correction.objects.get().code
    desk = visit(f"/atlas/mobility/corrections/{code}/", person=amsterdam.curator)
    desk.get_by_label("Accept: it counts from the next edition on").check()
    desk.get_by_label("A word to the city").fill("Checked.")
    desk.get_by_role("button", name="Decide").click()
    expect(desk.get_by_text("Editions computed since then")).to_be_visible()
    make_edition(as_of=DAY, parameters=FEW)

    reader = visit(amsterdam.get_absolute_url())
    expect(reader.get_by_text("412").first).to_be_visible()
    expect(reader.get_by_text("Corrected by the city").first).to_be_visible()
    assert Correction.objects.get().on == datetime.date(2026, 6, 1)


def test_weights_move_without_a_script_and_axe_has_nothing_against_the_pages(visit, axe, amsterdam):
    page = visit("/atlas/mobility/", scripts=False)
    page.locator("summary", has_text="Choose and weigh").click()
    slider = page.get_by_label("Openness")
    slider.focus()
    slider.press("End")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("heading", name="Ranked by your weights")).to_be_visible()
    expect(page).to_have_url(re.compile("w_openness=10"))
    slug = amsterdam.slug
    paths = [
        "/atlas/mobility/", "/atlas/mobility/method/", "/atlas/mobility/names/", "/atlas/mobility/editions/",
        f"/atlas/mobility/editions/{DAY}/", f"/atlas/mobility/cities/{slug}/", "/atlas/mobility/corrections/",
    ]  # fmt: skip
    assert axe(*paths) == []
    assert axe(f"/atlas/mobility/cities/{slug}/correct/", person=amsterdam.person) == []
