"""An accepted answer or a success becomes a draft in the right template, in words that were given."""

import pytest

from house.agora import actions, memory
from house.agora.actions import remembering
from house.agora.models import Post
from house.alex.models import Draft, Entry, Said
from house.ground.errors import Forbidden, Refused
from house.memory import actions as consenting
from house.memory.models import Consent, Offer
from house.memory.queries import thanks_of
from house.partners.viewing import viewer_for
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


def by(one):
    return viewer_for(one.person)


@pytest.fixture
def solved(member, neighbour):
    topic = TopicFactory(slug="bike-sharing")
    post = actions.write_post(
        "question", "Bikes in the way", "Shared bikes lie everywhere.\n\nWho solved it?", by=by(member),
        topics=[topic.pk], language="en",
    )  # fmt: skip
    said = actions.answer(post, "We drew **parking zones** and fined operators.", by=by(neighbour))
    actions.say_it_helped(
        post, "Half as many complaints in a year.", by=by(neighbour), answer=said, is_named=False
    )
    actions.accept_answer(said, by=by(member))
    post.refresh_from_db()
    return post


def agree(*persons):
    for one in persons:
        for consent in Consent.objects.filter(person=one.person, answer=""):
            consenting.give_consent(consent, by=by(one))


def test_accepting_asks_everybody_and_nobody_has_agreed_yet(solved, member, neighbour):
    offer = Offer.objects.get()

    assert (offer.template, offer.state, offer.author) == (
        "case_study", "asking", neighbour.person,
    )  # fmt: skip
    assert dict(Consent.objects.values_list("person", "answer")) == {
        member.person.pk: "", neighbour.person.pk: "",
    }  # fmt: skip


def test_each_answer_of_the_draft_is_tied_to_its_post(solved, member, neighbour):
    agree(member, neighbour)

    entry = Entry.objects.get()
    draft = Draft.objects.get(entry=entry)
    fields = draft.content["fields"]
    said = {(row.field, row.source) for row in Said.objects.filter(entry=entry)}

    assert draft.state == "submitted"
    assert draft.content["title"] == "Bikes in the way"
    assert "Shared bikes lie everywhere." in fields["challenge"]
    assert fields["approach"] == "<p>We drew parking zones and fined operators.</p>"
    assert fields["outcome_story"] == "<p>Half as many complaints in a year.</p>"
    assert said >= {
        ("challenge", "agora.post"), ("approach", "agora.answer"), ("outcome_story", "agora.post"),
    }  # fmt: skip
    # Named "city" in one place and by name in another: the more hidden counts.
    assert (entry.author, entry.candour) == (neighbour.person, "city")
    assert [(one.name, one.what) for one in thanks_of(entry.pk)] == [("", "Asked the question")]


def test_a_hidden_author_stays_hidden_from_curators_too(solved, member, neighbour):
    Post.objects.update(candour="sealed", shown_city=None)
    answer = solved.accepted
    answer.candour, answer.shown_city = "sealed", None
    answer.save()
    Offer.objects.all().delete()
    solved.refresh_from_db()
    remembering.offer_post(solved, by=by(member))
    agree(neighbour)

    entry = Entry.objects.get()
    assert (entry.candour, entry.shown_city, entry.city) == ("sealed", None, None)
    assert neighbour.city_id not in str(Draft.objects.get().content["city"])
    assert thanks_of(entry.pk) == []


def test_taking_the_acceptance_back_takes_the_offer_back(solved, member, neighbour):
    agree(member, neighbour)
    actions.take_acceptance_back(solved, by=by(member))

    assert Offer.objects.get().state == "withdrawn"
    assert not Draft.objects.exists()


def test_a_rule_becomes_a_policy(member, neighbour):
    post = actions.write_post("question", "Which rule?", "Who has a rule?", by=by(member))
    said = actions.answer(
        post,
        "Article 5 of our ordinance caps it at 30 nights; § 7 says who checks.",
        by=by(neighbour),
    )
    actions.accept_answer(said, by=by(member))

    agree(member, neighbour)

    draft = Draft.objects.get()
    assert draft.entry.kind == "policy"
    assert "Article 5" in draft.content["fields"]["summary_text"]


def test_a_success_worked_and_a_struggle_that_ended_failed(member, neighbour):
    success = actions.write_post(
        "success",
        "It works",
        "Bikes lay about.\n\nWe drew zones.\n\nNow they stand.",
        by=by(member),
    )
    offered = memory.offered_from(success)
    fields = {span.field: span.text for span in offered.spans}
    assert offered.content["outcome"] == "worked"
    assert (fields["challenge"], fields["approach"], fields["outcome_story"]) == (
        "Bikes lay about.", "We drew zones.", "Now they stand.",
    )  # fmt: skip

    struggle = actions.write_post("struggle", "We gave up", "It did not work.", by=by(member))
    with pytest.raises(Refused, match="nothing to remember"):
        remembering.offer_post(struggle, by=by(member))
    actions.close_post(struggle, by=by(member), why="The operator left the city.")
    struggle.refresh_from_db()
    offered = memory.offered_from(struggle)
    assert offered.content["outcome"] == "failed"
    assert {s.text for s in offered.spans if s.field == "outcome_why"} == {
        "The operator left the city."
    }


def test_only_who_asked_moderators_and_curators_offer_it(solved, member, neighbour, curator):
    Offer.objects.all().delete()

    with pytest.raises(Forbidden):
        remembering.offer_post(solved, by=by(neighbour))
    offer = remembering.offer_post(solved, by=viewer_for(curator))

    assert remembering.offer_post(solved, by=by(member)) == offer
    # A curator has no words in it, so nobody has agreed.
    assert set(Consent.objects.values_list("answer", flat=True)) == {""}


def test_the_page_shows_what_goes_where(solved, member, neighbour, client_factory):
    Offer.objects.all().delete()
    address = f"/agora/{solved.code}/remember/"
    browser = client_factory(member.person)

    assert "Offer to ALEX" in browser.get(f"/agora/{solved.code}/").content.decode()
    assert "Half as many complaints in a year." in browser.get(address).content.decode()
    assert client_factory(neighbour.person).get(address).status_code == 403
    assert browser.post(address, {"template": "novel"}).status_code == 422
    assert browser.post(address, {"template": "case_study", "outcome": "worked"}).status_code == 302
    assert "Offered to ALEX" in browser.get(f"/agora/{solved.code}/").content.decode()
    assert Offer.objects.get().content["outcome"] == "worked"
