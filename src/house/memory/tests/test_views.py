import pytest
from django.urls import reverse

from house.memory import actions
from house.memory.models import Offer, OfferedSpan
from house.memory.telling import consent_letter
from house.partners.viewing import viewer_for


def page_of(consent):
    return reverse("memory:consent", args=[consent.code])


def test_the_page_shows_her_exact_words_and_nobody_elses(talk, client_factory):
    talk.offer()

    page = client_factory(talk.second).get(page_of(talk.consent(talk.second))).content.decode()

    assert "We fined the operators." in page
    assert "We drew parking zones." not in page
    assert client_factory(talk.first).get(page_of(talk.consent(talk.second))).status_code == 404


def test_she_mends_her_words_and_agrees(talk, client_factory):
    talk.offer()
    consent = talk.consent(talk.second)
    code = OfferedSpan.objects.get(author=talk.second).code

    answer = client_factory(talk.second).post(
        page_of(consent),
        {"answer": "agree", f"words-{code}": "We made operators pay.", "candour": "sealed"},
    )

    assert answer.status_code == 302
    consent.refresh_from_db()
    assert (consent.answer, consent.candour) == ("given", "sealed")
    assert OfferedSpan.objects.get(code=code).text == "We made operators pay."
    assert OfferedSpan.objects.get(code=code).said == "We fined the operators."


@pytest.mark.parametrize(
    "sent",
    [
        {"candour": "person"},
        {"candour": ""},
        {"candour": "described", "described_as": "City aaa by the sea"},
    ],
)
def test_a_wrong_answer_keeps_what_she_typed(talk, client_factory, sent):
    talk.offer()
    consent = talk.consent(talk.second)
    code = OfferedSpan.objects.get(author=talk.second).code

    answer = client_factory(talk.second).post(
        page_of(consent), {"answer": "agree", f"words-{code}": "My other words", **sent}
    )

    assert answer.status_code == 422
    assert "My other words" in answer.content.decode()
    consent.refresh_from_db()
    assert consent.answer == ""


def test_leaving_out_needs_nothing_else_to_be_right(talk, client_factory):
    talk.offer()

    client_factory(talk.second).post(page_of(talk.consent(talk.second)), {"answer": "leave_out"})

    assert talk.consent(talk.second).answer == "left_out"


def test_the_list_tells_what_waits_and_lets_her_be_asked_again(talk, client_factory):
    talk.offer()
    browser = client_factory(talk.second)

    assert "We fined the operators." in browser.get("/memory/").content.decode()
    browser.post(page_of(talk.consent(talk.second)), {"answer": "never"})
    page = browser.get("/memory/").content.decode()
    assert "never to be asked" in page
    browser.post("/memory/ask-again/")
    assert "never to be asked" not in browser.get("/memory/").content.decode()


def test_a_list_of_many_costs_no_more_queries(talk, client_factory, django_assert_num_queries):
    browser = client_factory(talk.second)
    talk.offer()
    browser.get("/memory/")
    with django_assert_num_queries(10):
        browser.get("/memory/")
    talk.offer(key="two")
    talk.offer(key="three")
    with django_assert_num_queries(10):
        browser.get("/memory/")


def test_who_offered_takes_it_back(talk, client_factory):
    offer = talk.offer()
    address = reverse("memory:offer_withdraw", args=[offer.code])

    assert client_factory(talk.first).post(address).status_code == 403
    client_factory(talk.asker).post(address)

    assert Offer.objects.get().state == "withdrawn"


def test_the_letter_holds_her_words_and_one_link_that_only_opens_a_page(talk):
    talk.offer()
    consent = talk.consent(talk.second)

    message = consent_letter(consent, talk.second, viewer_for(talk.second))
    bodies = [message.body, message.alternatives[0][0]]

    for body in bodies:
        assert "We fined the operators." in body
        assert body.count(f"/memory/{consent.code}/") == 1
        assert "We drew" not in body
        assert "You get this because" in body
    actions.refuse_consent(consent, by=viewer_for(talk.second))
    assert consent_letter(consent, talk.second, viewer_for(talk.second)) is None
    assert consent_letter(talk.consent(talk.first), talk.second, viewer_for(talk.second)) is None


def test_the_entry_says_where_its_words_were_said_and_who_helped(talk, curator, client_factory):
    from house.alex import actions as alex
    from house.alex.models import Entry

    offer = talk.offer()
    for person in (talk.first, talk.second):
        actions.give_consent(talk.consent(person), by=viewer_for(person))
    offer.refresh_from_db()
    entry = Entry.objects.get(pk=offer.entry)
    review = client_factory(curator).get(reverse("alex:entry_review", args=[entry.slug]))
    assert "Where this was said" in review.content.decode()
    alex.publish_entry(entry, by=viewer_for(curator))

    page = client_factory(talk.second).get(entry.get_absolute_url()).content.decode()
    assert "/somewhere/#a" in page
    assert talk.first.name in page
    talk.thing.audience = "private"  # now nobody but its author may open the thread
    talk.thing.save()

    page = client_factory(talk.second).get(entry.get_absolute_url()).content.decode()
    assert "/somewhere/#a" not in page
