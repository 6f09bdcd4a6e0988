"""Booking, moving and cancelling a session, and a visit from the wish to its brief, in a real browser."""

import datetime
import re

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from house.meetings.models import Session, Visit
from house.meetings.tests.conftest import make_expert, past, units_of
from house.partners import ledger
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory


def seated(code="ams"):
    partnership = PartnershipFactory(city=CityFactory(code=code), level="premium")
    person = PersonFactory(name="Jonas Visser", time_zone="Asia/Seoul")
    return SeatFactory(partnership=partnership, person=person)


def left_of(city, benefit):
    return next(row.left for row in ledger.balances(city) if row.benefit.pk == benefit)


def booked(page):
    page.get_by_role("link", name="Amara Osei", exact=True).click()
    page.locator(".free-time").nth(30).click()
    page.get_by_label("What should be clearer afterwards?").fill(
        "Which of two drafts goes to the council"
    )
    page.get_by_role("button", name="Book it").click()
    page.get_by_role("heading", name="Session with Amara Osei").wait_for()
    return Session.objects.latest("pk")


def test_booked_moved_and_cancelled_the_unit_comes_back_and_the_next_one_is_used(visit, live_house):
    seat = seated()
    city = seat.partnership.city
    expert = make_expert(zone="Europe/Amsterdam", notice_hours=30)
    page = visit("/meetings/", person=seat.person, width=390)
    session = booked(page)
    assert left_of(city, "one-on-one") == 0

    page.get_by_role("link", name="Move it").click()
    page.locator("button.free-time").nth(40).click()
    page.get_by_role("link", name="Cancel it").wait_for()
    session.refresh_from_db()
    assert session.sequence == 1
    assert left_of(city, "one-on-one") == 0

    page.get_by_role("link", name="Cancel it").click()
    page.get_by_text("the unit is free again").wait_for()
    page.get_by_role("button", name="Cancel it").click()
    page.get_by_text("The unit of the city is free again.").wait_for()
    assert left_of(city, "one-on-one") == 1

    page.goto("/meetings/")
    second = past(booked(page))  # its hour comes and goes
    assert units_of(city) == (1, 0, 0)
    hers = visit(second.get_absolute_url(), person=expert.person)
    hers.get_by_label("It took place").check()
    hers.get_by_role("button", name="Say it").click()
    hers.get_by_text("The unit of the city is used.").wait_for()
    assert units_of(city) == (0, 1, 0)
    page.goto(reverse("partners:partnership"))
    row = page.get_by_role("row").filter(has_text="One-on-one")
    for label, figure in (("Left", "0"), ("Asked for", "0"), ("Used", "1")):
        expect(row.locator(f"[data-label='{label}']")).to_have_text(figure)


def test_a_visit_from_the_wish_to_its_brief(visit, live_house):
    seat, office = seated(), PersonFactory(is_office=True, name="Noor Winters")
    day = timezone.now().date() + datetime.timedelta(days=40)
    page = visit("/meetings/visits/new/", person=seat.person)
    page.get_by_label("What should the day bring?").fill("Decide about the harbour quarter")
    page.get_by_label("Which teams would meet us?").fill("Harbour quarter, 8 people")
    page.get_by_label("Workshop").check()
    page.get_by_label("The best day").fill(day.isoformat())
    page.get_by_label("We mean these days").check()
    page.get_by_label("How to reach them").fill("+31 20 555 0100")
    page.get_by_role("button", name="Ask for it").click()
    page.get_by_role("heading", name=re.compile("Visit to")).wait_for()
    asked = Visit.objects.get()

    desk = visit(asked.get_absolute_url(), person=office)
    desk.get_by_role("button", name="Choose this day").click()
    desk.get_by_role("link", name="Plan the programme").click()
    desk.get_by_role("button", name="Copy it").click()
    desk.get_by_text("Nothing overlaps").wait_for()
    # By keyboard alone: a row is moved into another and the page says what does not fit.
    desk.locator("#id_row-1-begins").fill("09:10")
    desk.locator("#id_row-1-begins").press("Enter")
    desk.get_by_text("begins before").wait_for()
    desk.locator("#id_row-1-begins").fill("09:30")
    desk.get_by_role("button", name="Save the programme").click()
    desk.get_by_text("Nothing overlaps").wait_for()
    desk.get_by_role("button", name="Share this version").click()
    desk.get_by_role("link", name="The brief").wait_for()

    page.goto(asked.get_absolute_url())
    page.get_by_label("We agree to this programme").check()
    page.get_by_role("button", name="Send your answer").click()
    page.get_by_role("link", name="The brief").click()
    page.get_by_role("heading", name="Hour by hour").wait_for()
    assert Visit.objects.get().state == "agreed"


def test_axe_finds_nothing(visit, live_house, axe):
    seat, expert = seated(), make_expert()
    office = PersonFactory(is_office=True)
    at = (timezone.now() + datetime.timedelta(days=3)).strftime("%Y-%m-%dT10:00:00Z")
    book = reverse("meetings:book", args=[expert.code])
    mine = axe(
        "/meetings/", reverse("meetings:expert", args=[expert.code]), f"{book}?at={at}",
        "/meetings/visits/new/", person=seat.person,
    )  # fmt: skip
    hers = axe("/meetings/availability/", person=expert.person)
    desk = axe("/meetings/desk/", "/meetings/rules/", person=office)
    assert mine + hers + desk == []
