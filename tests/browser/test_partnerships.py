"""Partnerships at the desk in a real browser: by keyboard, without scripts, and no barrier on the way."""

import datetime

import pytest
from django.utils import timezone

from house.partners.actions import partnerships as acts
from house.partners.models import Partnership, PartnershipChange
from house.partners.viewing import operator
from tests.factories import PartnershipFactory, PersonFactory, SeatFactory


def day(days):
    return timezone.now().date() + datetime.timedelta(days=days)


@pytest.fixture
def office(live_house):
    ams = PartnershipFactory(
        city_id="ams", city=None, level="premium", ends_on=day(40), last_day=day(70)
    )
    SeatFactory(partnership=ams, kind="coordinator", person__name="Marit de Boer")
    acts.plan_level(ams, level="partner", on=day(20), reason="A smaller contract", by=operator())
    PartnershipFactory(city_id="got", city=None, ends_on=day(-3), last_day=day(27))
    return PersonFactory(is_office=True, name="Iris Bakker")


def test_axe_finds_nothing_on_the_pages_of_partnerships(axe, office):
    desk = "/office/partnerships/"
    pages = [desk, f"{desk}?q=nothing", f"{desk}amsterdam/", f"{desk}gothenburg/", f"{desk}open/",
             f"{desk}new-city/", f"{desk}amsterdam/notes/", f"{desk}amsterdam/end/"]  # fmt: skip
    assert axe(*pages, person=office) == []


def test_axe_finds_nothing_in_what_a_change_would_bring(axe, office):
    def look(page):
        page.get_by_label("New level").select_option("associate")
        page.get_by_role("button", name="Look first").click()
        page.wait_for_selector(".foreseen")

    assert axe("/office/partnerships/amsterdam/level/", person=office, prepare=look) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_level_is_looked_at_changed_and_an_extension_undone(visit, office, scripts):
    page = visit("/office/partnerships/amsterdam/level/", person=office, scripts=scripts)
    page.get_by_label("New level").select_option("associate")
    page.get_by_role("button", name="Look first").press("Enter")
    page.get_by_role("row", name="Marit de Boer").wait_for()
    assert Partnership.objects.get(city="ams").find_level() == "premium"
    page.get_by_role("button", name="Change the level").press("Enter")
    page.wait_for_url("**/office/partnerships/amsterdam/")
    assert Partnership.objects.get(city="ams").find_level() == "associate"

    page.goto("/office/partnerships/")
    page.get_by_role("checkbox", name="Choose Amsterdam").press("Space")
    page.get_by_role("button", name="Extend by a year").press("Enter")
    page.get_by_role("button", name="Extend them").press("Enter")
    page.get_by_role("button", name="Take it back").press("Enter")
    page.get_by_text("As before.").wait_for()
    assert Partnership.objects.get(city="ams").ends_on == day(40)
    assert PartnershipChange.objects.get(act="extended").withdrawn_at
