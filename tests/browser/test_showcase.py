"""A visitor finds a city, what it shows, and the way in."""

import pytest
from playwright.sync_api import expect

from house.partners.viewing import viewer_for
from house.showcase import actions
from tests.factories import PartnershipFactory, PersonFactory, SeatFactory

TEXT = "<h2>What it is</h2><p>" + "Neighbours keep one shed together. " * 8 + "</p>"


@pytest.fixture
def shed(live_house):
    """Gothenburg shows a shed."""
    from house.vocabulary.models import City

    city = City.objects.get(pk="got")
    seat = SeatFactory(
        partnership=PartnershipFactory(city=city), person=PersonFactory(city=city, name="Ebba")
    )
    by = viewer_for(seat.person)
    made = actions.begin(by=by, city="got")
    told = {"title": "A shed for everybody", "summary": "Tools that are shared.", "text": TEXT}
    actions.save_draft(made, told, by=by, revision=0)
    return actions.publish(made, by=by)


def test_a_visitor_goes_from_a_city_over_its_showcase_to_joining(visit, shed):
    page = visit("/cities/", width=390)
    page.locator(".worldmap__europe").get_by_role("link", name="Gothenburg").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gothenburg")
    page.get_by_role("link", name="A shed for everybody").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A shed for everybody")
    page.get_by_role("contentinfo").get_by_role("link", name="Join the alliance").click()
    expect(page.get_by_role("link", name="Apply for your city")).to_be_visible()


def test_the_public_face_is_readable_by_all(axe, shed):
    card = f"{shed.get_absolute_url()}embed/"
    pages = (
        "/",
        "/mission/",
        "/levels/",
        "/cities/gothenburg/",
        shed.get_absolute_url(),
        card,
        "/he/",
    )
    assert axe(*pages) == []
