"""People meet: what the rooms of talk are for, each from the first word to what stays."""

import pytest
from django.urls import reverse

from house.agora.models import Post
from house.alex.actions import save_draft
from house.alex.models import Draft, Entry
from house.partners.viewing import viewer_for
from tests.journeys.mailing import mails_to, seated, write_back
from tests.journeys.waiting import until

pytestmark = pytest.mark.usefixtures("takes_mail")


def complete(entry, curator):
    """What nobody said in the thread the curator adds."""
    draft = Draft.objects.get(entry=entry)
    said = {name: text for name, text in draft.content["fields"].items() if text}
    added = dict.fromkeys(
        ("challenge", "approach", "outcome_story"), "<p>As told in the thread.</p>"
    )
    save_draft(
        entry,
        {
            "topics": ["bike-sharing"],
            "outcome": "worked",
            "outcome_why": "Residents count.",
            "fields": {**added, **said},
        },
        by=viewer_for(curator),
        revision=draft.revision,
    )


def test_ask_invited_answered_by_mail_accepted_remembered(visit, live_house, curator):
    asker = seated("ghent", "Roosje Maes")
    peer = seated(
        "gothenburg",
        "Ebba Holm",
        can_help_with="Counting cargo bikes with residents, by hand and by GPS.",
    )
    page = visit(
        reverse("agora:post_new") + "?kind=question&q=Who+counts+cargo+bikes+with+residents%3F",
        person=asker,
    )
    page.get_by_label("Tell more").fill(
        "We have no figures of cargo bikes, and counting loops do not see them."
    )
    page.get_by_role("button", name="Publish").click()
    until(lambda: Post.objects.filter(state="open").exists())
    post = Post.objects.get(title__startswith="Who counts")

    page.goto(reverse("agora:post_ask", args=[post.code]))
    page.get_by_text("Ebba Holm").first.wait_for()
    page.get_by_role("button", name="Ask them").click()
    (asked,) = until(lambda: mails_to(peer))
    assert asked.extra_headers["Reply-To"].startswith(("reply+", "Digital House <reply+"))

    assert write_back(
        asked, peer, "Residents count for a week in May. It costs us two days a year."
    ) == {"posted": 1}
    page.goto(post.get_absolute_url())
    page.get_by_text("Residents count for a week in May.").wait_for()
    page.get_by_text("wrote:").wait_for(state="hidden")
    page.get_by_role("button", name="This solved it").click()
    page.get_by_text("Offered to ALEX").wait_for()

    for person in (asker, peer):  # each reads the exact words that would be used, and agrees
        hers = visit(reverse("memory:consents"), person=person)
        hers.get_by_role("link", name="Your words from").first.click()
        hers.get_by_role("button", name="Use these words").click()
        hers.get_by_text("Nothing is asked of you").wait_for()
    entry = until(lambda: Entry.objects.filter(state__in=["submitted", "in_review"]).first())

    complete(entry, curator)
    desk = visit(reverse("alex:entry_review", args=[entry.slug]), person=curator)
    if desk.get_by_role("button", name="Take it into review").count():
        desk.get_by_role("button", name="Take it into review").click()
    desk.get_by_role("button", name="Publish").first.click()
    until(lambda: Entry.objects.filter(pk=entry.pk, state="published").exists())
    entry.refresh_from_db()
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name=entry.title).first.wait_for()
    told = visit(reverse("notices:inbox"), person=peer)
    told.get_by_text(entry.title).first.wait_for()
