"""The way in from outside: what is asked, what is kept, and what nobody learns."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from house.access.models import JournalRow
from house.partners.actions import applications
from house.partners.models import Application, ApplicationEvent, Stage
from tests.factories import ApplicationFactory, CityFactory, PartnershipFactory, TopicFactory

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


# -- What is typed is kept ------------------------------------------------------------------------


def test_a_refused_form_keeps_every_word(client):
    topic = TopicFactory(slug="mobility")

    response = apply(client, email="not an address", topics=["mobility"])

    page = response.content.decode()
    assert response.status_code == 422
    assert not Application.objects.exists()
    for word in (
        "Scooters lie about everywhere.",
        "A tool library that failed.",
        "not an address",
        "Streets",
    ):
        assert word in page
    assert re.search(rf'value="{topic.pk}"[^>]*checked', page)
    assert re.search(r'value="partner"[^>]*checked', page)
    assert "Scooters lie about everywhere." in client.get(CITY).content.decode()


def test_a_page_that_was_open_too_long_shows_again_what_was_typed():
    client = Client(enforce_csrf_checks=True)

    response = apply(client)

    assert response.status_code == 403
    assert "Scooters lie about everywhere." in response.content.decode()
    assert not Application.objects.exists()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', response.content.decode()).group(1)
    assert apply(client, csrfmiddlewaretoken=token).status_code == 302


def test_a_lapsed_session_loses_nothing(client):
    apply(client)
    application = Application.objects.get()
    client.cookies.clear()

    client.post(reverse("front:join_code", args=[application.code]), {"send": "1"})

    assert prove(client, application).status_code == 302
    assert "Scooters" in page_of(client, application)


def test_too_many_from_one_network_keeps_the_words(client):
    for number in range(10):
        apply(client, email=f"p{number}@hafenstadt.example")

    response = apply(client, email="last@hafenstadt.example")

    assert response.status_code == 429
    assert "Scooters lie about everywhere." in response.content.decode()
    assert Application.objects.count() == 10


def test_when_mail_fails_the_application_is_kept(client, settings):
    settings.EMAIL_BACKEND = "house.front.tests.test_joining.Broken"

    response = client.post(CITY, WRITTEN, follow=True)

    assert response.status_code == 200
    assert "could not be sent" in response.content.decode()
    assert Application.objects.count() == 1


class Broken:
    """A mail server that is down."""

    def __init__(self, **_facts):
        pass

    def send_messages(self, _messages):
        raise ConnectionRefusedError


# -- Hostile input --------------------------------------------------------------------------------


def test_markup_is_only_text(client, office, client_factory):
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    apply(client, name=evil, role=evil, why=evil, shares=evil, city_name=evil, department=evil)
    application = Application.objects.get()
    prove(client, application)
    desk = client_factory(office)

    for page in (
        page_of(client, application),
        desk.get("/office/applications/").content.decode(),
        desk.get(application.get_absolute_url()).content.decode(),
    ):
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize(
    "email",
    ["a@b.example\nBcc: c@d.example", '"a b"@b.example', "=?utf-8?q?a?=@b.example", "a@b.example,c@d.example",
     "ａ@b.example", "a@xn--80ak6aa92e.com", "frieda@hafenstadt"],
)  # fmt: skip
def test_an_address_that_programs_read_differently_is_refused(client, email):
    assert apply(client, email=email).status_code == 422
    assert mail.outbox == []


def test_lines_names_and_stacked_marks_are_tamed(client):
    apply(
        client,
        name="Frie\u202eda\r\nBcc: x",
        role="Z" + "\u0317" * 100,
        why="W\u0336" + "\u0317" * 900,
    )

    application = Application.objects.get()
    assert application.name == "Frieda Bcc: x"
    assert len(application.role) == 5
    assert len(application.why) < 10


def test_two_megabytes_are_refused_with_a_sentence(client):
    response = apply(client, why="x" * 2_000_000)

    assert response.status_code == 413
    assert "go back, shorten it" in response.content.decode()


def test_a_text_of_four_thousand_letters_is_refused_and_kept(client):
    response = apply(client, why="y" * 4000)

    assert response.status_code == 422
    assert "y" * 4000 in response.content.decode()


def test_the_trap_and_haste_are_told_and_nothing_is_lost(client):
    trapped = apply(client, website="https://spam.example")
    opened = re.search(r'name="opened" value="([^"]+)"', client.get(CITY).content.decode()).group(1)
    hasty = apply(client, opened=opened)

    assert (trapped.status_code, hasty.status_code) == (422, 422)
    assert "Scooters lie about everywhere." in hasty.content.decode()
    assert not Application.objects.exists()
    assert apply(client, opened="forged:1:2").status_code == 302


# -- Cities ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "country", "known"),
    [("Malmö", "", True), ("MALMO", "Sweden", True), ("malmö ", "se", True), ("Malmo", "Norway", False), ("Malm", "", False)],
)  # fmt: skip
def test_a_city_is_known_by_its_name(client, name, country, known):
    city = CityFactory(code="mma", name="Malmö", country="SE", country_name="Sweden")

    apply(client, city_name=name, country_name=country)

    assert Application.objects.get().city == (city if known else None)


def test_a_partner_city_needs_no_application(client):
    PartnershipFactory(city=CityFactory(code="gnt", name="Ghent"))

    response = apply(client, city_name="Ghent", country_name="")

    assert response.status_code == 422
    assert "Ghent is in the alliance already" in response.content.decode()


def test_an_invented_city_is_not_recognised(client):
    CityFactory(code="inv", name="Hafenstadt", is_invented=True)

    apply(client)

    assert Application.objects.get().city is None


def test_a_professional_is_told_honestly(client):
    page = client.get(PERSON).content.decode()
    assert "can’t give a seat to a person alone" in page.replace("&#x27;", "’").replace("'", "’")

    apply(client, PERSON)
    application = Application.objects.get()
    prove(client, application)

    assert application.kind == Application.Kind.PERSON
    assert "seats belong to cities" in page_of(
        client, application
    ) or "reads it and writes to you" in page_of(client, application)


# -- The end of it --------------------------------------------------------------------------------


def test_she_withdraws_and_has_her_words_deleted(client):
    apply(client)
    application = Application.objects.get()
    prove(client, application)

    client.post(reverse("front:join_withdraw", args=[application.code]))
    application.refresh_from_db()
    assert application.stage == Stage.WITHDRAWN

    apply(client, email="frieda@hafenstadt.example")
    second = Application.objects.exclude(pk=application.pk).get()
    prove(client, second)
    page = client.post(reverse("front:join_withdraw", args=[second.code]), {"forget": "yes"})
    assert "Nothing of what you wrote is kept" in page.content.decode()
    assert not Application.objects.filter(pk=second.pk).exists()


def test_old_applications_are_forgotten():
    now = timezone.now()
    kept = [ApplicationFactory(), ApplicationFactory(stage=Stage.DECLINED)]
    young = ApplicationFactory(proven_at=None)
    unproven = ApplicationFactory(proven_at=None)
    Application.objects.filter(pk=unproven.pk).update(made_at=now - datetime.timedelta(days=8))
    ApplicationFactory(stage=Stage.WITHDRAWN, stage_at=now - datetime.timedelta(days=366))

    assert applications.forget_old() == 2
    assert set(Application.objects.all()) == {*kept, young}


def test_the_page_of_levels_costs_the_same_for_everybody(client, django_assert_num_queries):
    client.get("/join/")
    with django_assert_num_queries(2):
        page = client.get("/join/").content.decode()
    assert "Read ALEX and watch its recordings" in page
    assert "Everything in Partner" in page
