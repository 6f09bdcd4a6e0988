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


def test_on_a_phone_filters_stand_above_the_list_behind_one_press(visit, summit):
    page = visit("/gatherings/?kind=summit", width=390)
    press = page.get_by_text("Filter (1)")
    event = page.get_by_role("link", name="How cities count bicycles")
    assert press.bounding_box()["y"] < event.bounding_box()["y"]
    assert not page.get_by_role("link", name="Seminar", exact=True).is_visible()
    press.click()
    page.get_by_role("link", name="Seminar", exact=True).click()
    page.get_by_text("Nothing of this sort is announced").wait_for()

    page = visit("/gatherings/")
    page.get_by_role("link", name="Seminar", exact=True).wait_for()


def test_at_the_door_a_name_and_one_press_stand_side_by_side(visit, axe, summit, member, office):
    actions.register(summit, by=viewer_for(member.person), seat="online", needs="Interpretation")
    path = "/gatherings/summit/manage/people/"
    page = visit(path, width=390, person=office)
    name = page.get_by_role("rowheader", name=member.person.name)
    press = page.get_by_role("button", name=f"Check in {member.person.name}")
    first, second = name.bounding_box(), press.bounding_box()
    assert first["y"] < second["y"] + second["height"]
    assert first["x"] + first["width"] <= second["x"]
    assert second["height"] >= 44
    assert not page.get_by_text("Interpretation").is_visible()
    page.get_by_text("Answers and needs").last.click()
    page.get_by_text("Interpretation").wait_for()
    press.click()
    page.get_by_role("button", name=f"Undo {member.person.name}").wait_for()
    assert axe(path, person=office) == []
