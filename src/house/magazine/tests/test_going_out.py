"""An issue and its articles go out and come back together, by the desk's own buttons."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, Workflow

from house.access.models import JournalRow
from house.magazine.models import Article, Issue
from house.magazine.tests.desk_forms import send_article, send_issue
from house.retrieval import outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, curator):
    client.force_login(curator)
    return client


@pytest.fixture
def coming(db):
    """Not out, with two drafts."""
    issue = Issue.objects.create(
        number=8, month=datetime.date(2026, 4, 1), title="What comes", live=False
    )
    issue.save_revision(log_action=False)
    for place, name in enumerate(("first", "second"), 1):
        article = Article.objects.create(
            issue=issue, title=f"The {name} story", slug=name, audience="public", live=False, position=place,
            body=[{"type": "text", "value": "<p>Words of it.</p>"}],
        )  # fmt: skip
        article.save_revision(log_action=False)
    return issue


def article(slug):
    return Article.objects.get(slug=slug)


def out(client):
    """The articles that a visitor can open."""
    return {
        slug
        for slug in ("first", "second")
        if client.get(reverse("magazine:article", args=[8, slug])).status_code == 200
    }


def test_an_article_published_before_its_issue_waits_for_it(desk, client_factory, coming):
    answer = send_article(desk, article("first"), "action-publish")
    assert "is approved, and goes out with issue 8: What comes." in answer.content.decode()
    assert not article("first").live
    assert article("first").approved_id == article("first").latest_revision_id

    send_article(desk, article("second"), "action-publish")
    send_issue(desk, coming, "action-publish")
    assert [article(slug).live for slug in ("first", "second")] == [True, True]
    assert out(client_factory(None)) == {"first", "second"}
    assert article("first").first_published_at >= Issue.objects.get(number=8).first_published_at


def test_publishing_asks_before_it_leaves_an_article_out(desk, client_factory, coming):
    send_article(desk, article("first"), "action-publish")
    answer = send_issue(desk, coming, "action-publish", title="What comes now")
    asked = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("magazine_going_out", args=[coming.pk])
    assert asked.index("Not ready, and left out") < asked.index("The second story")
    assert asked.index("Goes out now") < asked.index("The first story")
    assert "Publish with what is ready and ticked" in asked
    assert ">Wait</a>" in asked
    assert not Issue.objects.get(number=8).live

    told = desk.post(reverse("magazine_going_out", args=[coming.pk]), follow=True)
    said = "The issue is out, with 1 article. Not with it: “The second story”."
    assert said in told.content.decode()
    assert Issue.objects.get(number=8).title == "What comes now"
    assert out(client_factory(None)) == {"first"}

    # What was left out goes out by itself once it is ready.
    send_article(desk, article("second"), "action-publish")
    assert out(client_factory(None)) == {"first", "second"}


def test_at_the_time_of_an_issue_what_is_approved_by_then_goes_out(desk, client_factory, coming):
    later = timezone.localtime(timezone.now() + datetime.timedelta(days=2))
    when = later.strftime("%Y-%m-%d %H:%M")
    answer = send_issue(desk, coming, "action-publish", go_live_at=when)
    assert "What is approved by then goes out with it." in answer.content.decode()
    told = desk.post(reverse("magazine_going_out", args=[coming.pk]), follow=True)
    assert "with 0 articles and what is approved by then." in told.content.decode()
    assert Issue.objects.get(number=8).scheduled_revision is not None

    send_article(desk, article("first"), "action-publish")
    call_command("publish_scheduled")
    assert out(client_factory(None)) == set()
    _the_time_comes()
    assert out(client_factory(None)) == {"first"}
    assert not article("second").live


def _the_time_comes():
    ago = timezone.now() - datetime.timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = ago.isoformat()
        revision.approved_go_live_at = ago
        revision.save()
    call_command("publish_scheduled")


def test_withdrawing_an_issue_takes_its_articles_back_and_publishing_brings_them_again(
    desk, client_factory, coming
):
    for slug in ("first", "second"):
        send_article(desk, article(slug), "action-publish")
    send_issue(desk, coming, "action-publish")
    withdraw = reverse("wagtailsnippets_magazine_issue:unpublish", args=[coming.pk])
    asked = desk.get(withdraw).content.decode()
    assert "Its articles are taken back with it" in asked
    assert "The second story" in asked

    desk.post(withdraw)
    assert out(client_factory(None)) == set()
    assert not Article.objects.filter(live=True, issue=coming).exists()
    send_article(desk, article("second"), title="The second story, edited since")

    send_issue(desk, coming, "action-publish")
    assert out(client_factory(None)) == {"first", "second"}
    page = client_factory(None).get(reverse("magazine:article", args=[8, "second"]))
    assert "edited since" not in page.content.decode()  # what was approved goes out


def test_an_article_that_was_taken_back_by_itself_stays_back(desk, client_factory, coming):
    for slug in ("first", "second"):
        send_article(desk, article(slug), "action-publish")
    send_issue(desk, coming, "action-publish")
    desk.post(reverse("wagtailsnippets_magazine_article:unpublish", args=[article("second").pk]))
    desk.post(reverse("wagtailsnippets_magazine_issue:unpublish", args=[coming.pk]))
    desk.post(reverse("magazine_going_out", args=[coming.pk]))
    assert out(client_factory(None)) == {"first"}


def test_a_second_reader_approves_an_article_for_its_issue(client, desk, curator, office, coming):
    Workflow.objects.get().start(article("first"), curator)
    desk.force_login(office)
    page = desk.get(reverse("wagtailsnippets_magazine_article:edit", args=[article("first").pk]))
    assert "Approve for its issue" in page.text
    assert "and Publish" not in page.text  # it does not, before its issue
    send_article(desk, article("first"), "approve")
    assert not article("first").live
    assert article("first").goes_with_issue


def test_an_issue_approved_by_a_second_reader_waits_where_an_article_would_be_left_out(
    desk, curator, office, coming
):
    send_article(desk, article("first"), "action-publish")
    Workflow.objects.get().start(coming, curator)
    desk.force_login(office)
    answer = send_issue(desk, coming, "approve")
    assert answer.redirect_chain[-1][0] == reverse("magazine_going_out", args=[coming.pk])
    assert not Issue.objects.get(number=8).live


def test_the_desk_begins_with_the_issue_that_is_being_made(desk, coming):
    send_article(desk, article("first"), "action-publish")
    Workflow.objects.get().start(article("second"), None)
    page = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert (
        page.index("Issue 8: What comes")
        < page.index("Approved")
        < page.index("Waits for a second")
    )


def test_the_desk_bears_the_mark_of_the_house_and_calls_an_editor_by_name(desk, office):
    office.name = "Noor of the Office"
    office.save()
    desk.force_login(office)
    page = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "front/mark" in page
    assert office.name in page


def test_who_does_not_edit_finds_no_such_screen(client, member, coming):
    client.force_login(member.person)
    address = reverse("magazine_going_out", args=[coming.pk])
    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    assert not Issue.objects.get(number=8).live


def test_an_article_that_is_out_does_not_wait_for_another_issue_unseen(desk, coming, issue):
    there = Article.objects.get(slug="open")
    answer = send_article(desk, there, "action-publish", issue=coming.pk)
    assert "It is out with another issue." in answer.content.decode()
    there.refresh_from_db()
    assert (there.live, there.issue_id, there.approved_id) == (True, issue.pk, None)


def going_out(desk, issue, *along):
    return desk.post(
        reverse("magazine_going_out", args=[issue.pk]),
        {"along": [article(slug).latest_revision_id for slug in along]},
        follow=True,
    )


def test_one_press_publishes_the_issue_with_what_is_ready_and_ticked(
    desk, client_factory, coming, curator
):
    send_article(desk, article("first"), "action-publish", audience="members")
    asked = desk.get(reverse("magazine_going_out", args=[coming.pk])).text
    assert asked.count("Take it along as it is") == 1  # the draft; the other is ready
    assert asked.index("Members") > asked.index("Goes out now")

    told = going_out(desk, coming, "second")
    assert "The issue is out, with 2 articles." in told.text
    assert out(desk) == {"first", "second"}
    assert out(client_factory(None)) == {"second"}  # the other is for members
    row = JournalRow.objects.get(act="magazine.out")
    went = sorted((article("first").pk, article("second").pk))
    assert (row.person_id, row.facts) == (curator.pk, {"number": 8, "articles": went})


def test_a_draft_that_was_edited_since_it_was_ticked_is_not_taken_along(
    desk, client_factory, coming
):
    seen = article("second").latest_revision_id
    send_article(desk, article("second"), title="The second story, half rewritten")
    told = desk.post(
        reverse("magazine_going_out", args=[coming.pk]),
        {"along": [seen, "x", "9" * 30]},
        follow=True,
    )
    assert "The issue is out, with 0 articles." in told.text
    assert out(client_factory(None)) == set()


def test_what_a_second_reader_was_asked_for_is_not_taken_along(desk, coming, office):
    Workflow.objects.get().start(article("second"), office)
    asked = desk.get(reverse("magazine_going_out", args=[coming.pk])).text
    assert "Waits for a second reader" in asked
    assert asked.count("Take it along as it is") == 1  # the other one
    going_out(desk, coming, "first", "second")
    assert [article(slug).live for slug in ("first", "second")] == [True, False]


def test_one_press_gives_them_all_the_time_of_the_issue(desk, client_factory, coming, curator):
    when = timezone.localtime(timezone.now() + datetime.timedelta(days=2)).strftime(
        "%Y-%m-%d %H:%M"
    )
    send_issue(desk, coming, "action-publish", go_live_at=when)
    told = going_out(desk, coming, "first", "second")
    assert "with 2 articles and what is approved by then." in told.text
    assert out(client_factory(None)) == set()
    _the_time_comes()
    assert out(client_factory(None)) == {"first", "second"}
    withdraw = reverse("wagtailsnippets_magazine_issue:unpublish", args=[coming.pk])
    desk.post(withdraw)
    acts = JournalRow.objects.filter(act__startswith="magazine.").values_list("act", "person_id")
    assert list(acts) == [
        ("magazine.timed", curator.pk), ("magazine.out", None), ("magazine.back", curator.pk),
    ]  # fmt: skip


def test_issue_and_articles_go_out_together_or_not_at_all(desk, coming, monkeypatch):
    def breaks(*_args):
        raise OSError("the disk is full")

    monkeypatch.setattr(outbox, "touch", breaks)
    with pytest.raises(OSError, match="full"):
        going_out(desk, coming, "first")
    assert not Issue.objects.get(number=8).live
    assert (article("first").live, article("first").approved_id) == (False, None)
