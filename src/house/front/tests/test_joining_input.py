"""What is typed at the door: kept whatever happens, tamed whatever it is, and where it ends."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from house.front.tests.test_joining import CITY, PERSON, WRITTEN, apply, outbox, page_of, prove
from house.partners.actions import applications
from house.partners.models import Application, Stage
from tests.factories import ApplicationFactory, CityFactory, PartnershipFactory, TopicFactory

pytestmark = pytest.mark.django_db
__all__ = ["outbox"]  # the fixture counts here too


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
    settings.EMAIL_BACKEND = "house.front.tests.test_joining_input.Broken"

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


def test_a_code_typed_by_hand_leads_to_its_page_and_a_wrong_one_is_told_beside_the_field(client):
    made = ApplicationFactory()
    join = reverse("front:join")
    there = client.get(join, {"code": f" {made.code[:4].upper()}-{made.code[4:]} "})
    assert there.url == reverse("front:join_status", args=[made.code])

    wrong = client.get(f"/nl{join}", {"code": "Xy 12-34"})
    assert wrong.status_code == 422
    assert "Wij kennen geen aanvraag met deze code." in wrong.text
    assert 'value="Xy 12-34" aria-invalid="true"' in wrong.text
    assert f'action="/nl{join}"' in wrong.text
