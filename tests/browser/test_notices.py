"""The inbox, the bell and the settings in a real browser."""

import pytest
from playwright.sync_api import expect

from house.access.viewer import VISITOR
from house.alex import telling
from house.notices import fanning, happenings, leaving, rhythms
from house.notices.models import Notice, Subscription
from house.partners.models import Level, Partnership, Seat
from house.vocabulary.models import City
from tests.factories import EntryFactory, PersonFactory
from tests.journeys.waiting import forgive, until


@pytest.fixture
def her(live_house):
    """A member of a partner city, told of two entries."""
    person = PersonFactory(name="Ana Lima", city_id="ams")
    partnership = Partnership.objects.create(
        city=City.objects.get(pk="ams"), level=Level.PARTNER, starts_on="2020-01-01"
    )
    Seat.objects.create(partnership=partnership, person=person, title="Adviser")
    happenings.follow(person.pk, "kind:alex.published")
    for title in ("Counting bikes", "Night limits"):
        telling.tell_published(EntryFactory(title=title), by=VISITOR)
    rhythms.keep_up()
    fanning.fan_out()
    return person


def test_axe_has_nothing_against_the_pages(axe, her):
    token = leaving.token_for(her, leaving.DIGEST)
    pages = (
        "/notices/",
        "/notices/?section=groups",
        "/notices/settings/",
        "/notices/settings/next-digest/",
        f"/notices/leave/{token}/",
    )
    assert axe(*pages, person=her) == []


def test_the_bell_counts_and_following_a_link_reads_it(visit, her):
    page = visit("/notices/", bell=True, person=her)
    page.wait_for_selector(".bell__count")
    expect(page.locator(".bell__count")).to_have_text("2")
    unread = Notice.objects.filter(person=her, read_at=None)
    page.get_by_role("link", name="Night limits").click()
    page.wait_for_url("**/alex/**")
    until(lambda: unread.count() == 1)  # the word of it travels beside her way to the page
    page.goto("/notices/")
    page.locator("button[name=code]").click()  # one is left
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector(".notices__item--new")
    assert unread.count() == 1


def test_without_scripts_she_unfollows_and_chooses_her_rhythm(visit, her):
    page = visit("/notices/settings/", person=her, scripts=False)
    page.get_by_role("button", name="Unfollow").click()
    expect(page.get_by_role("button", name="Unfollow")).to_have_count(0)
    assert not Subscription.objects.exists()
    page.get_by_label("Once a week").check()
    page.get_by_label("Hour of the digest").select_option("21")
    page.get_by_role("button", name="Save my rhythm").click()
    page.get_by_role("link", name="within your quiet hours").wait_for()
    assert page.get_by_label("Once a week").is_checked()
    forgive(page, "422")
