"""Working groups and the topic market, in a real browser."""

import pytest

from house.gatherings.market.actions import Wish, suggest_topic
from house.groups import actions
from house.groups.models import Member, Page
from house.groups.tests.made import date, make
from house.partners.models import Level, Partnership, Seat
from house.partners.viewing import viewer_for
from house.vocabulary.models import City
from tests.factories import PersonFactory
from tests.journeys.waiting import forgive


class Seated:
    def __init__(self, name, code):
        self.person = PersonFactory(name=name, city_id=code)
        partnership = Partnership.objects.create(
            city=City.objects.get(pk=code), level=Level.PARTNER, starts_on="2020-01-01"
        )
        self.seat = Seat.objects.create(
            partnership=partnership, person=self.person, title="Adviser"
        )


@pytest.fixture
def group(live_house):
    ana, zoe = Seated("Ana Lima", "ams"), Seated("Zoë Søndergård", "got")
    made = make(ana, zoe)
    by = viewer_for(ana.person)
    actions.save_page(made, "<p>One.</p><p>Two.</p><p>Three.</p>", by=by, based_on=0)
    made.task = actions.add_task(
        made, by=by, title="Ask", owner=Member.objects.get(person=ana.person)
    )
    made.meeting = actions.plan_meeting(made, date(agenda="Counts"), by=by)
    made.topic = suggest_topic(Wish("Counting bicycles", "seminar"), by=by)
    made.ana, made.zoe = ana.person, zoe.person
    return made


def test_axe_has_nothing_against_the_pages(axe, group):
    code = group.code
    paths = [
        "/groups/", f"/groups/{code}/", f"/groups/{code}/people/", f"/groups/{code}/page/edit/",
        f"/groups/{code}/tasks/", f"/groups/{code}/meetings/new/", f"/groups/{code}/close/",
        "/gatherings/topics/", "/gatherings/topics/new/",
    ]  # fmt: skip
    assert axe(*paths, person=group.ana) == []


def test_two_who_write_at_once_put_both_together(visit, group):
    """She begins; a colleague saves meanwhile; her words wait in the editor with both changes."""
    page = visit(f"/groups/{group.code}/page/edit/", person=group.zoe)
    editor = page.locator("[contenteditable=true]").first
    editor.locator("p", has_text="Three.").click()
    page.keyboard.press("End")
    page.keyboard.type(" And four.")
    actions.save_page(
        group, "<p>First.</p><p>Two.</p><p>Three.</p>", by=viewer_for(group.ana), based_on=1
    )
    page.get_by_role("button", name="Save for all").click()
    page.get_by_text("both are put together below").wait_for()
    forgive(page, "422")
    page.get_by_role("button", name="Save for all").click()
    page.get_by_text("Saved as version 3").wait_for()
    assert Page.objects.get().html == "<p>First.</p><p>Two.</p><p>Three. And four.</p>"
