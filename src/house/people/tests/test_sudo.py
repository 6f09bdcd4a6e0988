import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.http import HttpResponse
from django.urls import path, reverse

from house.access.routes import SIGNED_IN, route
from house.people import sudo
from house.urls import urlpatterns as the_house
from tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
done = []


@sudo.fresh_sign_in
@route(SIGNED_IN)
def end_it(request):
    if request.method == "POST":
        done.append(request.POST.get("reason"))
    return HttpResponse("ended" if request.method == "POST" else "the form")


@sudo.fresh_sign_in_to_read
@route(SIGNED_IN)
def secret(request):
    return HttpResponse("the secret")


urlpatterns = [path("end/", end_it), path("secret/", secret), *the_house]


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


def stale(client_factory, person=None):
    client = client_factory(person or PersonFactory())
    lapse(client)
    return client


def lapse(client):
    session = client.session
    sudo.grow_stale(session)
    session.save()


def mailed_code():
    return re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]


def confirm(client, query=""):
    client.post(f"{reverse('people:confirm')}?{query}", {"way": "mail"})
    return client.post(
        f"{reverse('people:confirm')}?{query}", {"way": "code", "code": mailed_code()}
    )


def test_who_has_just_signed_in_is_not_asked(client_factory):
    assert client_factory(PersonFactory()).post("/end/", {"reason": "x"}).content == b"ended"


def test_a_sign_in_is_fresh_for_a_quarter_of_an_hour(client_factory):
    client = client_factory(PersonFactory())
    for minutes, runs in ((14, True), (16, False)):
        session = client.session
        session["fresh_at"] = time.time() - minutes * 60
        session.save()
        assert (client.post("/end/").content == b"ended") is runs


def test_reading_stays_free_and_acting_waits(client_factory):
    client = stale(client_factory)
    assert client.get("/end/").content == b"the form"
    response = client.post("/end/", {"reason": "The fee was not paid."})
    assert response.status_code == 302
    assert response.url.startswith(reverse("people:confirm"))
    assert done == []


def test_a_page_that_tells_a_secret_asks_before_it_is_shown(client_factory):
    client = stale(client_factory)
    response = client.get("/secret/")
    assert response.url == f"{reverse('people:confirm')}?next=%2Fsecret%2F"
    assert confirm(client, "next=%2Fsecret%2F").url == "/secret/"
    assert client.get("/secret/").content == b"the secret"


def test_what_was_typed_comes_back_and_acts_on_her_button_alone(client_factory):
    client = stale(client_factory)
    asked = client.post("/end/", {"reason": "The fee <b>was not</b> paid.", "tick": ["a", "b"]})
    query = urlsplit(asked.url).query
    back = confirm(client, query)
    assert back.url == reverse("people:carry_on", args=parse_qs(query)["kept"])
    page = client.get(back.url).content.decode()
    assert done == []
    assert "The fee &lt;b&gt;was not&lt;/b&gt; paid." in page
    assert page.count('name="tick"') == 2
    assert 'action="/end/"' in page

    client.post("/end/", {"reason": "The fee was not paid."})
    assert done == ["The fee was not paid."]


def test_a_swap_by_htmx_leads_the_whole_page_to_the_question(client_factory):
    response = stale(client_factory).post("/end/", headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"].startswith(reverse("people:confirm"))
    assert done == []


def test_what_somebody_else_typed_is_absent(client_factory):
    one, other = stale(client_factory), stale(client_factory)
    kept = parse_qs(urlsplit(one.post("/end/", {"reason": "mine"}).url).query)["kept"]
    assert other.get(reverse("people:carry_on", args=kept)).status_code == 404


def test_a_code_is_good_once(client_factory):
    client = stale(client_factory)
    confirm(client)
    lapse(client)
    again = client.post(reverse("people:confirm"), {"way": "code", "code": mailed_code()})
    assert again.status_code == 422
    assert "used up" in again.content.decode()
    assert not sudo.is_fresh(client.session)


def test_a_code_is_good_in_the_session_that_asked_alone(client_factory):
    person = PersonFactory()
    one, other = stale(client_factory, person), stale(client_factory, person)
    one.post(reverse("people:confirm"), {"way": "mail"})
    session = other.session
    session["sudo_code"] = one.session["sudo_code"]  # even with the state of the other session
    session.save()
    refused = other.post(reverse("people:confirm"), {"way": "code", "code": mailed_code()})
    assert refused.status_code == 422
    assert not sudo.is_fresh(other.session)


@pytest.mark.parametrize("spoil", [lambda code: code[:-1], lambda code: f"{code}x", lambda _: "é"])
def test_a_wrong_code_is_refused_and_the_right_one_still_works(client_factory, spoil):
    client = stale(client_factory)
    client.post(reverse("people:confirm"), {"way": "mail"})
    wrong = client.post(reverse("people:confirm"), {"way": "code", "code": spoil(mailed_code())})
    assert wrong.status_code == 422
    assert "not the code we sent" in wrong.content.decode()
    right = mailed_code().upper().replace("-", " ")
    assert client.post(reverse("people:confirm"), {"way": "code", "code": right}).status_code == 302
    assert sudo.is_fresh(client.session)


def test_guessing_ends_after_five_tries_even_with_the_right_code(client_factory):
    client = stale(client_factory)
    client.post(reverse("people:confirm"), {"way": "mail"})
    for _try in range(5):
        client.post(reverse("people:confirm"), {"way": "code", "code": "bbbb-bbbb"})
    last = client.post(reverse("people:confirm"), {"way": "code", "code": mailed_code()})
    assert "tried too often" in last.content.decode()
    assert not sudo.is_fresh(client.session)


def test_an_old_code_says_so(client_factory):
    client = stale(client_factory)
    client.post(reverse("people:confirm"), {"way": "mail"})
    session = client.session
    session["sudo_code"] = {**session["sudo_code"], "at": time.time() - 601}
    session.save()
    late = client.post(reverse("people:confirm"), {"way": "code", "code": mailed_code()})
    assert "older than ten minutes" in late.content.decode()
    assert not sudo.is_fresh(client.session)


def test_six_mails_are_too_many(client_factory):
    client = stale(client_factory)
    answers = [client.post(reverse("people:confirm"), {"way": "mail"}) for _mail in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert len(mail.outbox) == 5


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", r"/\evil.example"])
def test_confirming_leads_nowhere_else(client_factory, path):
    client = stale(client_factory)
    assert confirm(client, f"next={path}").url == "/"
