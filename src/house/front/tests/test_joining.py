"""The way in from outside: what is asked, what is kept, and what nobody learns."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from house.access.models import JournalRow
from house.partners.models import Application, ApplicationEvent, Stage
from tests.factories import ApplicationFactory

pytestmark = pytest.mark.django_db
CITY, PERSON = "/join/city/", "/join/person/"
WRITTEN = {
    "city_name": "Hafenstadt",
    "country_name": "Nirgendland",
    "name": "Frieda Anders",
    "role": "Head of mobility",
    "department": "Streets",
    "email": "frieda@hafenstadt.example",
    "level": "partner",
    "why": "Scooters lie about everywhere.",
    "shares": "A tool library that failed.",
    "languages": ["de", "en"],
    "consent": "on",
}


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def typed_code():
    return re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE).group(1)


def apply(client, address=CITY, **changed):
    return client.post(address, {**WRITTEN, **changed})


def prove(client, application, typed=None):
    address = reverse("front:join_code", args=[application.code])
    return client.post(address, {"typed": typed or typed_code()})


def page_of(client, application):
    return client.get(reverse("front:join_status", args=[application.code])).content.decode()


# -- What leaks -----------------------------------------------------------------------------------

SECRETS = ("Frieda", "canary-why", "canary-shares", "hafenstadt", "Hafenstadt", "Head of mobility")


@pytest.mark.parametrize("who", ["visitor", "member", "curator", "expert", "coordinator", "office"])
def test_who_knows_only_the_code_learns_one_word(
    client, member, curator, office, who, django_user_model
):
    application = ApplicationFactory(stage=Stage.TALK)
    if who in {"member", "coordinator"}:
        if who == "coordinator":
            member.seat.kind = "coordinator"
            member.seat.save()
        client.force_login(member.person)
    elif who == "expert":
        client.force_login(
            django_user_model.objects.create_user("x@example.org", name="X", is_expert=True)
        )
    elif who != "visitor":
        client.force_login({"curator": curator, "office": office}[who])

    page = page_of(client, application)

    assert "Talk" in page
    assert [secret for secret in SECRETS if secret in page] == []


def test_the_words_of_one_applicant_stay_shut_to_another(client):
    hers = ApplicationFactory()
    apply(client)
    prove(client, Application.objects.latest("pk"))

    for name in ("front:join_status", "front:join_code", "front:join_withdraw"):
        page = client.get(reverse(name, args=[hers.code])).content.decode()
        assert [
            secret for secret in ("canary-why", hers.email, "Frieda Canary") if secret in page
        ] == []


def test_a_foreign_browser_can_neither_withdraw_nor_add(client):
    application = ApplicationFactory()

    client.post(reverse("front:join_withdraw", args=[application.code]), {"forget": "yes"})
    client.post(reverse("front:join_words", args=[application.code]), {"words": "Not hers."})

    application.refresh_from_db()
    assert application.stage == Stage.RECEIVED
    assert not ApplicationEvent.objects.exists()


def test_a_second_application_of_a_city_looks_like_the_first(client):
    first = apply(client)
    prove(client, Application.objects.latest("pk"))
    one = page_of(client, Application.objects.latest("pk"))
    other = Client()
    second = apply(
        other, email="otto@hafenstadt.example", name="Otto Anders", city_name="HAFENSTADT"
    )
    prove(other, Application.objects.latest("pk"))
    two = page_of(other, Application.objects.latest("pk"))

    def told(page):
        for word in (*Application.objects.values_list("code", flat=True), "Otto", "Frieda", "otto", "frieda",
                     "HAFENSTADT", "Hafenstadt"):  # fmt: skip
            page = page.replace(word, "-")
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)

    assert (first.status_code, second.status_code) == (302, 302)
    assert told(one) == told(two)
    assert Application.objects.exclude(joined_to=None).count() == 1


def test_an_application_does_not_count_before_the_code_is_typed(client, office, client_factory):
    apply(client)
    desk = client_factory(office)

    before = desk.get("/office/applications/").content.decode()
    prove(client, Application.objects.get())
    after = desk.get("/office/applications/").content.decode()

    assert "Hafenstadt" not in before
    assert "Hafenstadt" in after


def test_nothing_typed_by_the_applicant_stands_in_the_mail_with_the_code(client):
    apply(
        client, name="Buy gold at gold.example", city_name="Click gold.example", why="gold.example"
    )

    [sent] = mail.outbox
    assert sent.to == ["frieda@hafenstadt.example"]
    assert "gold" not in f"{sent.subject}{sent.body}{sent.alternatives}"


# -- Codes ----------------------------------------------------------------------------------------


def test_the_typed_code_opens_what_she_wrote(client):
    apply(client)
    application = Application.objects.get()
    assert application.proven_at is None

    response = prove(client, application)

    application.refresh_from_db()
    assert response.status_code == 302
    assert application.proven_at is not None
    assert "Scooters lie about everywhere." in page_of(client, application)
    assert (
        JournalRow.objects.filter(act="application.received", object_id=application.pk).count() == 1
    )


@pytest.mark.parametrize(
    "typed", ["", "zzzz-zzzz", "truncated", "foreign", "' OR 1=1 --", "\u202ebbbb", "9" * 5000]
)
def test_another_code_is_refused_and_nothing_is_lost(client, typed):
    apply(client)
    application = Application.objects.get()
    right = typed_code()
    if typed == "foreign":
        apply(Client(), email="other@other.example", city_name="Otherville")
        typed = typed_code()
    typed = right[:-1] if typed == "truncated" else typed

    response = client.post(reverse("front:join_code", args=[application.code]), {"typed": typed})

    application.refresh_from_db()
    assert response.status_code == 422
    assert application.proven_at is None
    assert application.why == WRITTEN["why"]
    assert prove(client, application, right).status_code == 302


def test_a_code_counts_only_in_the_browser_that_asked(client):
    apply(client)
    application = Application.objects.get()

    response = prove(Client(), application)

    application.refresh_from_db()
    assert response.status_code == 422
    assert application.proven_at is None


def test_a_code_for_ones_own_address_proves_no_other(client):
    """Somebody writes in another's name, and types the code that was sent to herself."""
    apply(client, email="mayor@hafenstadt.example")
    in_her_name = Application.objects.get()
    apply(client, email="mallory@evil.example", city_name="Elsewhere")

    response = prove(client, in_her_name)

    in_her_name.refresh_from_db()
    assert response.status_code == 422
    assert in_her_name.proven_at is None
    assert "Scooters" not in page_of(client, in_her_name)


def test_a_used_code_opens_nothing_a_second_time(client):
    apply(client)
    application, code = Application.objects.get(), typed_code()
    prove(client, application)
    again = Client()
    again.post(reverse("front:join_code", args=[application.code]), {"send": "1"})

    response = prove(again, application, code)

    assert response.status_code == 422
    assert "Scooters" not in page_of(again, application)


def test_an_old_code_is_refused_and_a_new_one_works(client):
    apply(client)
    application, old = Application.objects.get(), typed_code()
    session = client.session
    session["proof_code"] = {**session["proof_code"], "at": session["proof_code"]["at"] - 3600}
    session.save()

    assert prove(client, application, old).status_code == 422
    client.post(reverse("front:join_code", args=[application.code]), {"send": "1"})
    assert prove(client, application).status_code == 302


def test_guessing_ends_after_five_tries(client):
    apply(client)
    application, right = Application.objects.get(), typed_code()
    for _try in range(5):
        prove(client, application, "bbbb-bbbb")

    assert prove(client, application, right).status_code == 422
    application.refresh_from_db()
    assert application.proven_at is None


def test_a_mail_scanner_that_opens_and_submits_everything_changes_nothing():
    application = ApplicationFactory()
    scanner = Client(enforce_csrf_checks=True)
    for name in ("front:join_status", "front:join_code", "front:join_withdraw", "front:join_words"):
        address = reverse(name, args=[application.code])
        scanner.get(address)
        scanner.cookies.clear()
        scanner.post(address, {"send": "1", "typed": "bbbbbbbb", "forget": "yes", "words": "x"})

    application.refresh_from_db()
    assert application.stage == Stage.RECEIVED
    assert mail.outbox == []
    assert not ApplicationEvent.objects.exists()


def test_unknown_codes_are_all_alike_and_run_out(client):
    answers = {
        client.get(f"/join/{code}/").status_code for code in ("bbbbbbbbbbbb", "city%27", "9" * 300)
    }
    assert answers == {404}
    for _look in range(60):
        last = client.get("/join/bbbbbbbbbbbb/")
    assert last.status_code == 429


def test_an_address_receives_a_handful_of_codes_an_hour(client):
    for _time in range(8):
        apply(client)

    assert len(mail.outbox) == 5
    assert Application.objects.count() == 8
