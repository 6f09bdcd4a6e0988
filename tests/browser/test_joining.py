"""The way in, the pipeline and the first weeks in a real browser: no barrier, nothing too wide, no word lost."""

import re

import pytest
from django.core import mail

from house.office.demo_joining import seed_applications
from house.partners.models import Application, CityProfile, Seat
from tests.factories import EntryFactory, PartnershipFactory, PersonFactory
from tests.factories import SeatFactory as Seated
from tests.journeys.waiting import forgive

JOIN = ["/join/", "/join/city/", "/join/person/"]
DESK = "/office/applications/"


@pytest.fixture
def office(live_house):
    PersonFactory(email="office@example.org", name="Noor Winters", is_office=True)
    seed_applications()
    return PersonFactory(is_office=True, name="Iris Bakker")


@pytest.fixture
def coordinator(live_house):
    seat = Seated(
        partnership=PartnershipFactory(city_id="ams", city=None),
        person=PersonFactory(name="Marit de Boer"),
        kind=Seat.Kind.COORDINATOR,
    )
    return seat.person


def addresses(office):
    talk = Application.objects.get(role="Director of housing")
    return [
        DESK,
        f"{DESK}?q=nothing-like-this",
        talk.get_absolute_url(),
        f"{talk.get_absolute_url()}mail/?pattern=talk",
    ]


def test_axe_finds_nothing_on_the_way_in(axe, office):
    code = Application.objects.first().code
    assert axe(*JOIN, f"/join/{code}/", f"/join/{code}/code/") == []


def test_axe_finds_nothing_in_a_refused_application(axe, live_house):
    def send(page):
        page.get_by_role("button", name="Send").click()
        page.wait_for_selector(".summary")
        forgive(page, "422")

    assert axe("/join/city/", prepare=send) == []


def test_axe_finds_nothing_in_the_pipeline(axe, office):
    assert axe(*addresses(office), person=office) == []


def test_axe_finds_nothing_in_the_first_weeks(axe, coordinator):
    EntryFactory()
    steps = [
        "/welcome/",
        "/welcome/profile/",
        "/welcome/topics/",
        "/welcome/read/",
        "/welcome/passkey/",
    ]
    assert axe("/partnership/welcome/", *steps, person=coordinator) == []


@pytest.mark.parametrize(
    "path", [*JOIN, DESK, "desk", "/partnership/welcome/", "/welcome/", "/welcome/topics/"]
)
def test_nothing_is_wider_than_the_smallest_phone(visit, office, coordinator, path):
    person = office if path in {DESK, "desk"} else None if "join" in path else coordinator
    page = visit(addresses(office)[2] if path == "desk" else path, width=320, person=person)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scripts", [True, False])
def test_a_city_applies_and_looks_up_where_it_stands(visit, live_house, scripts):
    page = visit("/join/city/", width=390, scripts=scripts)
    page.get_by_label("City", exact=True).fill("Port Mirren")
    page.get_by_label(re.compile("^Country")).fill("Caldonia")
    page.get_by_label("Your name").fill("Una Fraser")
    page.get_by_label("Your role").fill("Head of transport")
    page.get_by_label("E-mail address").fill("una@portmirren.example")
    page.get_by_label(re.compile("^Why does your city")).fill("Scooters on the quay.")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Without this we may not keep").first.wait_for()
    page.get_by_label(re.compile("^The foundation may keep")).check()
    page.wait_for_timeout(3500)  # faster than a person is refused
    page.get_by_role("button", name="Send").click()

    page.get_by_label("The code from the mail").fill("bbbb-bbbb")
    page.get_by_role("button", name="Prove it").click()
    page.get_by_text("This is not the code").first.wait_for()
    code = re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE).group(1)
    page.get_by_label("The code from the mail").fill(code)
    page.get_by_role("button", name="Prove it").click()

    page.get_by_role("heading", name="Received").wait_for()
    forgive(page, "422")
    page.get_by_text("Scooters on the quay.").first.wait_for(state="attached")


def test_an_application_is_moved_and_taken_back_by_keyboard(visit, office):
    page = visit(DESK, person=office)
    card = page.locator(".pipeline__card", has_text="Una Fraser")
    card.get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Take it back")
    assert Application.objects.get(name="Una Fraser").stage == "talk"

    page.get_by_role("button", name="Take it back").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Taken back")
    assert Application.objects.get(name="Una Fraser").stage == "received"


def test_a_coordinator_tells_of_her_city(visit, coordinator):
    CityProfile.objects.all().delete()
    page = visit("/partnership/welcome/", person=coordinator)
    page.get_by_label(re.compile("^What do you struggle")).fill("Night limits.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector("text=1 of 4 told")

    page.goto("/cities/amsterdam/")
    page.get_by_text("Night limits.").first.wait_for()
