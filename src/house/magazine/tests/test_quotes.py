"""A quote goes out only while its source says so to everybody who may read the article."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from house.access.viewer import VISITOR
from house.agora.models import Post
from house.alex.models import Entry
from house.magazine import quotes
from house.magazine.models import Article, Issue
from house.magazine.tests.desk_forms import send_article
from house.memory.models import Consent, Offer
from house.memory.sayings import Saying, said_at
from tests.factories import EntryFactory, VersionFactory

pytestmark = pytest.mark.django_db
SAYS = "Begin with the repair shop. Then ask who pays in the third year."


@pytest.fixture
def desk(client, curator):
    client.force_login(curator)
    return client


@pytest.fixture
def entry(member):
    return EntryFactory(
        title="A tool library", city=member.city, author=member.person, audience="public",
        state="published", candour="city", fields={"differently": f"<p>{SAYS}</p>"},
    )  # fmt: skip


@pytest.fixture
def article(issue):
    made = Article.objects.create(
        issue=issue, title="Tools that stay", slug="tools", audience="public", live=False
    )
    made.save_revision(log_action=False)
    return made


def source(entry):
    return f"{entry.get_absolute_url()}#differently"


def is_out(article):
    return Article.objects.get(pk=article.pk).live


def published(desk, article, words, entry, credit="", *, told=False, **changes):
    """The page that the desk leads to, once an editor has pressed "Publish"."""
    quote = (words, credit, source(entry), told)
    answer = send_article(desk, article, "action-publish", quote=quote, **changes)
    return answer.content.decode()


def test_a_quote_that_stands_goes_out(desk, article, entry):
    published(desk, article, "Begin with the repair shop.", entry)
    assert is_out(article)


def test_a_quote_edited_by_hand_is_held_and_shown_beside_what_the_source_says(desk, article, entry):
    page = published(desk, article, "Begin with the best repair shop.", entry)
    assert "These words stand in no version of the source" in page
    assert "The source says now: “Begin with the repair shop.”" in page
    assert "The draft is saved. It was not published." in page
    assert not is_out(article)
    # It stays beside the text until it is mended.
    edit = reverse("wagtailsnippets_magazine_article:edit", args=[article.pk])
    assert "These words stand in no version" in desk.get(edit).content.decode()

    published(desk, article, "Begin with the best repair shop.", entry, told=True)
    assert is_out(article)
    page = desk.get(Article.objects.get(pk=article.pk).get_absolute_url()).content.decode()
    assert "In our words, after" in page
    assert "<blockquote" not in page


def test_a_version_that_readers_may_see_is_enough_and_one_that_they_may_not_is_none(
    desk, article, entry, member
):
    inside = "Only members read this sentence."
    for number, audience, says in ((2, "alliance", inside), (3, "public", "Begin anew.")):
        entry.audience = audience
        entry.current = VersionFactory(
            entry=entry, number=number, fields={"differently": f"<p>{says}</p>"}
        )
        entry.save()
    assert "stand in no version" in published(desk, article, inside, entry)
    assert not is_out(article)
    published(desk, article, inside, entry, audience="members")
    assert is_out(article)
    [looked] = quotes.looked_at(Article.objects.get(pk=article.pk))
    assert (looked.trouble, looked.is_old) == ("", True)
    published(desk, article, "Begin with the repair shop.", entry)
    assert is_out(article)


@pytest.mark.parametrize("facts", [{"audience": "alliance"}, {"state": "withdrawn"}])
def test_what_the_articles_readers_can_not_open_is_not_quoted(desk, article, entry, facts):
    Entry.objects.filter(pk=entry.pk).update(**facts)
    assert "finds nothing to quote there" in published(
        desk, article, "Begin with the repair shop.", entry
    )
    assert not is_out(article)


@pytest.mark.parametrize(
    ("candour", "credit", "is_held"),
    [
        ("city", "A planner, {city}", False),
        ("city", "{person}, {city}", True),
        ("sealed", "A planner, {city}", True),
        ("sealed", "A city of the alliance", False),
        ("sealed", "", False),
        ("person", "{person}, {city}", False),
    ],
)
def test_a_credit_names_no_more_than_the_source_does_now(
    desk, article, entry, member, candour, credit, is_held
):
    shown = None if candour == "sealed" else member.city
    Entry.objects.filter(pk=entry.pk).update(candour=candour, shown_city=shown)
    credit = credit.format(person=member.person.name, city=member.city.label())
    page = published(desk, article, "Begin with the repair shop.", entry, credit)
    assert ("The credit names more than the source does now." in page) == is_held
    assert is_out(article) != is_held


def test_a_name_is_held_whoever_wrote_it_so_that_trying_names_tells_nothing(
    desk, article, entry, neighbour
):
    page = published(desk, article, "Begin with the repair shop.", entry, neighbour.person.name)
    assert "The credit names more than the source does now." in page


@pytest.fixture
def post(member):
    return Post.objects.create(
        kind="success", title="It worked", author=member.person, city=member.city, state="open",
        shown_city=member.city, body=SAYS, html=f"<p>{SAYS}</p>", published_at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize("told", [False, True])
def test_consent_that_was_taken_back_holds_the_quote_and_its_paraphrase(
    desk, article, post, member, told
):
    offer = Offer.objects.create(
        key="it", source="agora.post", thing=post.pk, template="case_study", answers_until=timezone.now()
    )  # fmt: skip
    consent = Consent.objects.create(offer=offer, person=member.person, answer=Consent.Answer.GIVEN)
    send = ("Begin with the repair shop.", "", post.get_absolute_url(), told)
    send_article(desk, article, "action-publish", quote=send, audience="members")
    assert is_out(article)

    desk.post(reverse("wagtailsnippets_magazine_article:unpublish", args=[article.pk]))
    Consent.objects.filter(pk=consent.pk).update(answer=Consent.Answer.LEFT_OUT)
    answer = send_article(desk, article, "action-publish", quote=send, audience="members")
    page = answer.content.decode()
    assert "has not agreed to be quoted, or took it back" in page
    assert not is_out(article)


def test_at_its_time_an_article_whose_source_changed_stays_and_the_others_go(
    desk, article, entry, issue
):
    Issue.objects.filter(pk=issue.pk).update(live=True)
    other = Article.objects.create(
        issue=issue, title="Another", slug="another", audience="public", live=False
    )
    later = timezone.localtime(timezone.now() + datetime.timedelta(days=1)).strftime(
        "%Y-%m-%d %H:%M"
    )
    published(desk, article, "Begin with the repair shop.", entry, go_live_at=later)
    send_article(desk, other, "action-publish", go_live_at=later)
    Entry.objects.filter(pk=entry.pk).update(state="withdrawn")
    ago = timezone.now() - datetime.timedelta(minutes=1)
    for each in (article, other):
        revision = Article.objects.get(pk=each.pk).scheduled_revision
        revision.content["go_live_at"] = ago.isoformat()
        revision.approved_go_live_at = ago
        revision.save()
    call_command("publish_scheduled")
    assert (is_out(article), is_out(other)) == (False, True)
    assert Article.objects.get(pk=article.pk).scheduled_revision is None
    home = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "Held: a quote does not stand" in home


def test_an_approved_article_whose_source_changed_is_left_out_by_its_issue(
    desk, article, entry, issue
):
    Issue.objects.filter(pk=issue.pk).update(live=False)
    published(desk, article, "Begin with the repair shop.", entry)
    assert Article.objects.get(pk=article.pk).goes_with_issue
    Entry.objects.filter(pk=entry.pk).update(audience="alliance")
    asked = desk.get(reverse("magazine_going_out", args=[issue.pk])).content.decode()
    assert "finds nothing to quote there" in asked
    desk.post(reverse("magazine_going_out", args=[issue.pk]))
    assert Issue.objects.get(pk=issue.pk).live
    assert not is_out(article)


def test_a_second_reader_can_not_approve_what_does_not_stand(desk, article, entry, office):
    from wagtail.models import Workflow

    quote = ("Begin with no shop.", "", source(entry), False)
    send_article(desk, article, "action-submit", quote=quote)
    desk.force_login(office)
    edit = reverse("wagtailsnippets_magazine_article:edit", args=[article.pk])
    page = desk.get(edit).content.decode()
    assert "Ask for changes" in page
    assert "Approve" not in page
    send_article(desk, article, "approve", quote=quote)
    assert not is_out(article)
    assert Workflow.objects.exists()


def test_what_a_teaser_puts_between_marks_stands_in_a_source_too(desk, article, entry):
    teaser = "“Then ask who pays in the fourth year.” ({})"
    page = published(desk, article, "Begin with the repair shop.", entry, teaser=teaser)
    assert "The teaser puts words between marks" in page
    assert "Then ask who pays in the third year." in page
    assert not is_out(article)
    published(
        desk,
        article,
        "Begin with the repair shop.",
        entry,
        teaser=teaser.replace("fourth", "third"),
    )
    assert is_out(article)


def test_of_the_wide_web_nothing_is_claimed(desk, article):
    quote = ("Anything at all.", "A paper", "https://example.org/story", False)
    send_article(desk, article, "action-publish", quote=quote)
    assert is_out(article)


@pytest.mark.parametrize("address", ["//example.org/x", "javascript:alert(1)", "/\\example.org"])
def test_a_source_is_a_page(desk, article, address):
    send_article(desk, article, "action-publish", quote=("Words.", "", address, False))
    assert not is_out(article)


def test_a_visitor_is_told_of_public_things_only(entry):
    assert said_at(entry.get_absolute_url(), VISITOR).texts[0].startswith("A tool library")
    Entry.objects.filter(pk=entry.pk).update(audience="alliance")
    assert said_at(entry.get_absolute_url(), VISITOR) is None


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("able to pay", "They were unable to pay.", False),
        ("able to pay", "They were able\nto  pay.", True),
        ("“so” he said", 'Then "so" he said.', True),
        ("It’s true", "It's true.", True),
        ("café", "cafe\u0301 open", True),
        ("cafe", "cafe\u0301 open", False),
        ("共享单车", "城市的共享单车管理", True),
        ("not so", "not\u00adso", False),
        ("", "anything", False),
        ("able able", "unable able able", True),
    ],
)
def test_words_stand_letter_by_letter_and_not_within_others(words, text, expected):
    assert quotes.stands(words, (text,)) == expected


def test_nothing_is_shown_as_nearest_that_is_not_like_it():
    assert quotes.nearest("Zebras run far.", "The rent is due. Ask the clerk.") == ""
    assert quotes.nearest("The rent was due.", "Ask. The rent is due. Go.") == "The rent is due."


def test_credits_are_judged_by_what_may_be_told():
    hidden = Saying(
        "T", "/", (), credit="A city of the alliance", is_hidden=True, names_persons=False
    )
    assert quotes.names_more("Ghent", hidden)
    assert not quotes.names_more("A city of the alliance", hidden)


@pytest.fixture
def proposed(article, entry):
    """As the house drafts it, before anybody has read it: the teaser quotes its source."""
    Article.objects.filter(pk=article.pk).update(
        lent_title="A tool library", lent_title_from=entry.get_absolute_url()
    )
    return Article.objects.get(pk=article.pk)


MARKS = ("“{}” (City aaa)", '"{}" (City aaa)', "«{}» (City aaa)", "„{}“ (City aaa)")


@pytest.mark.parametrize("marks", MARKS)
def test_a_proposed_teaser_is_looked_up_when_no_quote_is_left_in_the_text(
    desk, proposed, entry, marks
):
    edited = marks.format("Then ask who pays in the fourth year.")
    page = send_article(desk, proposed, "action-publish", teaser=edited).text
    assert "The teaser puts words between marks" in page
    assert "The source says now: “Then ask who pays in the third year.”" in page
    assert not is_out(proposed)
    send_article(desk, proposed, "action-publish", teaser=edited.replace("fourth", "third"))
    assert is_out(proposed)


def test_whoever_changes_a_quote_is_told_as_soon_as_she_saves(desk, proposed, entry):
    told = "no longer stands in its source"
    right = "“Then ask who pays in the third year.” (City aaa)"
    assert told not in send_article(desk, proposed, teaser=right).text
    page = send_article(desk, proposed, teaser=right.replace("third", "fourth")).text
    assert told in page
    assert "Then ask who pays in the fourth year." in page
    quote = ("Begin with the best repair shop.", "", source(entry), False)
    assert told in send_article(desk, proposed, teaser="", quote=quote).text


def test_what_the_desk_saves_by_itself_piles_up_no_warnings(desk, proposed, monkeypatch):
    teaser = "“Then ask who pays in the fourth year.”"
    with monkeypatch.context() as typing:
        typing.setitem(desk.defaults, "HTTP_ACCEPT", "application/json")
        for _each in range(3):
            assert send_article(desk, proposed, teaser=teaser).json()["success"]
    edit = reverse("wagtailsnippets_magazine_article:edit", args=[proposed.pk])
    assert "no longer stands in its source" not in desk.get(edit).text


def test_a_teaser_credits_as_its_source_does(desk, proposed, member):
    said = "“Then ask who pays in the third year.” ({} (of the library))"
    page = send_article(
        desk, proposed, "action-publish", teaser=said.format(member.person.name)
    ).text
    assert "The credit names more than the source does now." in page
    assert not is_out(proposed)
    send_article(desk, proposed, "action-publish", teaser=said.format("A city"))
    assert is_out(proposed)


def test_words_of_a_proposed_teaser_go_with_their_source(client, desk, proposed, entry):
    """No quote in the text answers for them: neither page, list nor feed tells them longer than their source."""
    teaser = "“Then ask who pays in the third year.” (City aaa)"
    send_article(desk, proposed, "action-publish", teaser=teaser)
    client.logout()
    made = Article.objects.select_related("issue").get(pk=proposed.pk)
    ways = (made.get_absolute_url(), made.issue.get_absolute_url(), reverse("magazine:feed"))
    for way in ways:
        assert "pays in the third year" in client.get(way).text
    Entry.objects.filter(pk=entry.pk).update(candour="sealed", shown_city=None)
    for way in ways:
        assert "pays in the third year" not in client.get(way).text
