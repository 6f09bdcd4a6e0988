"""The room where cities meet, in a real browser: axe, phone, and registering by keyboard alone."""

import pytest

from house.gatherings import actions
from house.gatherings.tests.making import HOUR, make_event
from house.partners.viewing import viewer_for


@pytest.fixture
def summit(live_house, member, office):
    event, by = (
        make_event(kind="summit", audience="public", slug="summit", mode="both"),
        viewer_for(office),
    )
    rooms = [actions.add_room(event, by=by, name=name) for name in ("Hall", "Dock")]
    track = actions.add_track(event, by=by, name="Streets")
    for number, room in enumerate(rooms * 2):
        actions.save_session(
            event, by=by, title=f"Session {number}", starts_at=event.starts_at + number // 2 * HOUR, minutes=45,
            room=room, track=track,
        )  # fmt: skip
    actions.publish_programme(event, by=by)
    return event


def test_the_room_has_no_barrier_that_axe_finds(axe, summit, member):
    begins = summit.starts_at
    paths = (
        "/gatherings/",
        f"/gatherings/month/{begins.year}/{begins.month}/",
        "/gatherings/summit/",
        "/gatherings/summit/programme/",
        "/gatherings/summit/programme/?view=table",
        "/gatherings/summit/register/",
    )
    assert axe(*paths, person=member.person) == []


def test_she_registers_and_gives_the_place_back_by_keyboard(visit, summit, member):
    page = visit("/gatherings/summit/", person=member.person)
    page.get_by_role("link", name="Register", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Online").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Register").focus()
    page.keyboard.press("Enter")
    page.get_by_text("You have a place: Online.").wait_for()
    page.get_by_role("button", name="Give the place back").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Register", exact=True).wait_for()
