"""Her calendar and the answers by mail that wait for her, in a real browser."""

from house.notices.models import HeldReply
from tests.factories import PartnershipFactory, PersonFactory, SeatFactory


def somebody():
    seat = SeatFactory(partnership=PartnershipFactory(), person=PersonFactory(name="Ana Sá"))
    return seat.person


def test_an_address_is_made_shown_once_and_read(visit, live_house, client):
    page = visit("/calendar/", width=390, person=somebody())
    page.get_by_label("Name").fill("My house")
    page.get_by_role("button", name="Make the address").click()
    page.get_by_text("It is shown this once").wait_for()
    url = page.locator("code").inner_text()
    assert (
        page.get_by_role("link", name="Open in my calendar program")
        .get_attribute("href")
        .startswith("webcal://")
    )
    assert b"X-WR-CALNAME:My house" in client.get("/calendar/" + url.rpartition("/")[2]).content
    page.get_by_role("link", name="I have kept it").click()
    page.get_by_role("button", name="Replace My house").wait_for()


def test_the_pages_of_calendars_and_answers_have_nothing_against_them(visit, axe, live_house):
    person = somebody()
    held = HeldReply.objects.create(
        person=person, kind="", why="unsure", key="k", subject="Re: שיתוף אופניים", text="We count by GPS.",
        original="We count by GPS.\n\n> How do you count?\n" + "long " * 400,
    )  # fmt: skip
    paths = ("/calendar/", "/notices/replies/", f"/notices/replies/{held.code}/")
    assert axe(*paths, person=person) == []
