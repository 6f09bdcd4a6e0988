"""Asked, looked, published, answered and accepted in a real browser; each page by axe on desk and phone."""

import re

import pytest
from playwright.sync_api import expect

from house.access.viewer import VISITOR
from house.agora import actions
from house.agora.models import Post
from house.partners.viewing import viewer_for
from house.retrieval.search import search
from house.vocabulary.models import City
from tests.factories import PartnershipFactory, PersonFactory, SeatFactory
from tests.journeys.waiting import forgive


@pytest.fixture
def two(live_house):
    """Colleagues of two cities."""
    made = []
    for code, name in (("ams", "Jonas Visser"), ("bcn", "Laia Ferrer")):
        partnership = PartnershipFactory(city=City.objects.get(pk=code))
        person = PersonFactory(name=name, city=partnership.city)
        SeatFactory(partnership=partnership, person=person)
        made.append(person)
    search("nights", viewer=VISITOR)  # so that no page waits for the model to be read
    return made


def test_asked_looked_published_answered_and_accepted(visit, two):
    asker, peer = two
    earlier = actions.write_post(
        "question", "Who counts rented nights?", "Without a register.", by=viewer_for(peer)
    )
    page = visit("/agora/new/?q=How+do+you+count+rented+nights%3F", person=asker)
    look = page.get_by_role("complementary", name="Before you publish")
    expect(look.get_by_role("link", name=re.compile("Who counts rented nights"))).to_be_visible()

    page.get_by_label("Neither my name nor my city").check()
    page.get_by_label("Tell more").fill("In Amsterdam we have no register.")
    expect(look.get_by_text("“Amsterdam” names your city.")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("Your text may tell who you are")
    forgive(page, "422")
    page.get_by_label("Tell more").fill("We have no register.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How do you count rented nights?")
    expect(page.locator(".said__name").first).to_have_text("A city of the alliance")
    asked = Post.objects.exclude(pk=earlier.pk).get()

    other = visit(asked.get_absolute_url(), width=390, person=peer)
    other.get_by_role("textbox", name="Your answer").fill("By the guests' reviews.")
    other.get_by_role("button", name="Answer", exact=True).click()
    expect(other.get_by_text("Your answer stands in the thread.")).to_be_visible()
    # What the browser kept while she typed is let go: she would answer twice.
    expect(other.get_by_role("textbox", name="Your answer")).to_have_value("")
    page.goto("/agora/new/")
    expect(page.get_by_label("In one line")).to_have_value("")
    page.goto(asked.get_absolute_url())

    page.reload()
    page.get_by_role("button", name="This solved it").click()
    expect(page.get_by_text("This solved it, says who asked")).to_be_visible()


def test_the_description_is_asked_for_where_it_is_chosen(visit, two):
    asker, _peer = two
    post = actions.write_post("question", "Who?", "So.", by=viewer_for(asker))
    page = visit(post.get_absolute_url(), person=asker)
    page.locator("summary", has_text="How you are named").click()
    described = page.get_by_label("Description of your city")
    expect(described).to_be_hidden()
    page.get_by_label("A description of my city").check()
    expect(described).to_be_visible()
    page.get_by_label("Neither my name nor my city").check()
    expect(described).to_be_hidden()


def test_who_is_warned_may_send_once_more_as_it_is(visit, two):
    asker, peer = two
    page = visit("/agora/new/", person=asker)
    page.get_by_label("In one line").fill("Who counts?")
    page.get_by_label("Tell more").fill("In Amsterdam we have no register.")
    page.get_by_label("Neither my name nor my city").check()
    look = page.get_by_role("complementary", name="Before you publish")
    expect(look.get_by_text("“Amsterdam” names your city.")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("Your text may tell who you are")
    expect(page.get_by_text("We put back what you typed")).to_have_count(0)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who counts?")

    thread = visit(Post.objects.get().get_absolute_url(), person=peer)
    thread.get_by_role("textbox", name="Your answer").fill("In Barcelona neither.")
    thread.locator("summary", has_text="How you are named").click()
    thread.get_by_label("Neither my name nor my city").check()
    thread.get_by_role("button", name="Answer", exact=True).click()
    expect(thread.get_by_role("alert")).to_contain_text("Your text may tell who you are")
    thread.get_by_role("button", name="Answer", exact=True).click()
    expect(thread.get_by_text("Your answer stands in the thread.")).to_be_visible()
    page.complaints.clear()  # the browser notes each 422


def test_axe_has_nothing_against_the_pages(axe, two):
    asker, peer = two
    by = viewer_for(asker)
    post = actions.write_post("struggle", "It went wrong", "So it was.", by=by, candour="sealed")
    said = actions.answer(post, "It did here too.", by=viewer_for(peer))
    actions.comment(post, "When?", by=by, answer=said, candour="sealed")
    actions.accept_answer(said, by=by)
    actions.edit_post(post, post.title, "So it was, twice.", by=by)
    curator = PersonFactory(name="Teodor Lindqvist", is_curator=True)
    case = actions.report(post, by=viewer_for(curator), why="other", text="Look at it.").case
    here = post.get_absolute_url()

    mine = (
        "/agora/",
        here,
        "/agora/new/",
        "/agora/mine/",
        f"{here}edit/",
        f"{here}history/",
        f"{here}comment/",
    )
    assert axe(*mine, person=asker) == []
    desk = ("/agora/moderation/", f"/agora/cases/{case.code}/", f"{here}report/", f"{here}merge/")
    assert axe(*desk, person=curator) == []
