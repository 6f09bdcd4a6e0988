"""The pipeline at the desk: who sees it, what moves, and what two who work at once can't do to each other."""

import csv
import datetime
import io

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from house.access.models import JournalRow
from house.ground.errors import Forbidden, Refused
from house.office.demo_joining import seed_applications
from house.partners.actions import applications
from house.partners.models import (
    Application,
    ApplicationEvent,
    CityProfile,
    Invitation,
    Partnership,
    Seat,
    Stage,
)
from house.partners.viewing import viewer_for
from house.vocabulary.models import City
from tests.factories import ApplicationFactory, CityFactory, PersonFactory

pytestmark = pytest.mark.django_db
BOARD = "/office/applications/"


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


@pytest.fixture
def by(office):
    return viewer_for(office)


def act(client, application, name, **typed):
    return client.post(reverse("office:application_act", args=[application.code, name]), typed)


def move(client, application, stage, **more):
    application.refresh_from_db()
    return act(client, application, "move", stage=stage, version=application.version, **more)


# -- Who sees it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["visitor", "member", "coordinator", "curator", "expert", "guest"])
def test_nobody_but_the_office_sees_an_application(client, member, curator, who):
    application = ApplicationFactory()
    if who == "coordinator":
        Seat.objects.update(kind=Seat.Kind.COORDINATOR)
    if who != "visitor":
        people = {"member": member.person, "coordinator": member.person, "curator": curator}
        client.force_login(
            people.get(who) or PersonFactory(is_expert=who == "expert", email=application.email)
        )

    answers = {
        client.get(BOARD).status_code,
        client.get(application.get_absolute_url()).status_code,
        client.get(reverse("office:application_mail", args=[application.code])).status_code,
        act(client, application, "move", stage="talk", version=0).status_code,
        act(client, application, "note", **{"note-text": "x"}).status_code,
    }

    assert answers == {404}
    assert not ApplicationEvent.objects.exists()


def test_an_unproven_application_is_absent_for_the_office_too(desk):
    application = ApplicationFactory(proven_at=None)

    assert application.city_name not in desk.get(BOARD).content.decode()
    assert desk.get(application.get_absolute_url()).status_code == 404


def test_the_verbs_ask_for_themselves(member, by):
    application = ApplicationFactory()
    stranger = viewer_for(member.person)

    for verb in (
        lambda: applications.move(application, Stage.TALK, by=stranger, seen=0),
        lambda: applications.note(application, "x", by=stranger),
        lambda: applications.write(application, by=stranger, subject="x", body="x"),
        lambda: applications.take_apart(application, by=stranger),
        lambda: applications.care_for(
            application, by=stranger, seen=0, looked_after_by=None, next_step="", next_on=None
        ),
    ):
        with pytest.raises(Forbidden):
            verb()


# -- Moves ----------------------------------------------------------------------------------------


def test_a_move_is_kept_journalled_and_told(desk, client_factory):
    application = ApplicationFactory()

    move(desk, application, "talk", reason="Called on Monday.")

    application.refresh_from_db()
    [event] = ApplicationEvent.objects.all()
    assert (application.stage, event.was, event.became) == ("talk", "received", "talk")
    assert (
        JournalRow.objects.filter(act="application.moved", reason="Called on Monday.").count() == 1
    )
    page = client_factory().get(reverse("front:join_status", args=[application.code]))
    assert "<h1>Talk</h1>" in page.content.decode()
    assert "Called on Monday." not in page.content.decode()


def test_a_move_on_the_board_offers_to_take_it_back(desk):
    application = ApplicationFactory()

    board = desk.post(
        reverse("office:application_act", args=[application.code, "move"]),
        {"stage": "talk", "version": 0, "board": "1"},
        follow=True,
    )
    [event] = ApplicationEvent.objects.all()
    assert event.code in board.content.decode()

    act(desk, application, "undo", event=event.code, board="1")
    application.refresh_from_db()
    assert application.stage == Stage.RECEIVED
    act(desk, application, "undo", event=event.code)
    assert ApplicationEvent.objects.count() == 2


def test_only_the_newest_move_can_be_taken_back(desk):
    application = ApplicationFactory()
    move(desk, application, "talk")
    first = ApplicationEvent.objects.get()
    move(desk, application, "agreed")

    response = act(desk, application, "undo", event=first.code)

    application.refresh_from_db()
    assert response.status_code == 422
    assert application.stage == Stage.AGREED


def test_a_move_of_another_application_can_not_be_taken_back_here(desk):
    mine, other = ApplicationFactory(), ApplicationFactory()
    move(desk, other, "talk")

    response = act(desk, mine, "undo", event=ApplicationEvent.objects.get().code)

    assert response.status_code == 404


def test_of_two_who_move_at_once_the_second_is_told(desk):
    application = ApplicationFactory()
    act(desk, application, "move", stage="talk", version=0)

    response = act(desk, application, "move", stage="declined", version=0)

    application.refresh_from_db()
    assert response.status_code == 409
    assert application.stage == Stage.TALK
    assert "Somebody else changed this application" in response.content.decode()


def test_of_two_who_edit_at_once_nobody_overwrites_unseen(desk, office):
    application = ApplicationFactory()
    act(desk, application, "care", **{"care-version": 0, "care-next_step": "Call the mayor"})

    late = act(
        desk,
        application,
        "care",
        **{"care-version": 0, "care-next_step": "Send papers", "care-looked_after_by": office.pk},
    )

    application.refresh_from_db()
    page = late.content.decode()
    assert late.status_code == 409
    assert application.next_step == "Call the mayor"
    assert "Call the mayor" in page
    assert 'value="Send papers"' in page
    act(desk, application, "care", **{"care-version": 1, "care-next_step": "Send papers"})
    application.refresh_from_db()
    assert application.next_step == "Send papers"


@pytest.mark.parametrize(
    "typed",
    [{"stage": "nonsense", "version": 0}, {"stage": "talk"}, {"stage": "received", "version": 0}],
)
def test_a_move_to_nowhere_is_refused(desk, typed):
    application = ApplicationFactory()

    assert act(desk, application, "move", **typed).status_code == 422
    assert not ApplicationEvent.objects.exists()


# -- Together -------------------------------------------------------------------------------------


def test_two_of_one_city_are_put_together_and_move_together(desk):
    first = ApplicationFactory(city_name="Hafenstadt")
    second = ApplicationFactory(city_name="HAFENSTADT", proven_at=None)

    applications.count_in(second)
    move(desk, first, "talk")

    second.refresh_from_db()
    assert (second.joined_to, second.stage) == (first, "talk")
    assert move(desk, second, "agreed").status_code == 422
    act(desk, second, "separate")
    second.refresh_from_db()
    assert second.joined_to is None


def test_a_professional_is_put_together_with_her_city(desk):
    city = ApplicationFactory(stage=Stage.AGREED)
    person = ApplicationFactory(kind="person")

    act(desk, person, "join", **{"join-leader": city.code})

    person.refresh_from_db()
    assert (person.joined_to, person.stage) == (city, "agreed")
    page = desk.get(person.get_absolute_url()).content.decode()
    assert city.get_absolute_url() in page


def test_an_application_can_not_follow_a_follower_or_itself(by):
    leader, follower, third = (ApplicationFactory() for _each in range(3))
    applications.put_together(follower, leader, by=by)

    for target in (follower, third):
        with pytest.raises(Refused):
            applications.put_together(third, target, by=by)


def test_when_the_leader_withdraws_another_leads(by):
    leader, second, third = (ApplicationFactory() for _each in range(3))
    for each in (second, third):
        applications.put_together(each, leader, by=by)

    applications.withdraw(leader, forget=True)

    second.refresh_from_db()
    third.refresh_from_db()
    assert second.joined_to is None
    assert third.joined_to == second


# -- From an agreement to a welcome ---------------------------------------------------------------


def test_a_signed_city_gets_its_partnership_and_its_contact_an_invitation(desk):
    city = CityFactory(code="haf", name="Hafenstadt")
    application = ApplicationFactory(city=city, stage=Stage.SIGNED, level="premium")
    begins = timezone.localdate() + datetime.timedelta(days=5)
    assert move(desk, application, "welcome").status_code == 422

    response = act(
        desk,
        application,
        "open",
        **{
            "open-level": "premium",
            "open-starts_on": begins.isoformat(),
            "open-ends_on": (begins + datetime.timedelta(days=364)).isoformat(),
            "open-invited": [application.code],
            "open-version": 0,
        },
    )

    application.refresh_from_db()
    partnership = Partnership.objects.get(city=city)
    assert response.status_code == 302
    assert application.partnership == partnership
    assert (partnership.level, partnership.starts_on) == ("premium", begins)
    assert Invitation.objects.get().email == application.email
    assert Seat.objects.get().kind == Seat.Kind.CONTACT
    move(desk, application, "welcome")
    profile = CityProfile.objects.get(city=city)
    assert (profile.strengths, profile.challenges, profile.saved_at) == (
        "canary-shares",
        "canary-why",
        None,
    )
    assert act(desk, application, "open", **{"open-version": 2}).status_code == 422


def test_a_refused_partnership_leaves_nothing_half_done(desk):
    city = CityFactory(code="haf")
    application = ApplicationFactory(city=city, stage=Stage.SIGNED)

    response = act(
        desk,
        application,
        "open",
        **{
            "open-level": "partner",
            "open-starts_on": "2027-01-01",
            "open-ends_on": "2026-01-01",
            "open-version": 0,
        },
    )

    application.refresh_from_db()
    assert response.status_code == 422
    assert (application.partnership, application.version) == (None, 0)
    assert not Partnership.objects.exists()


def test_a_city_that_the_house_did_not_know_is_added(desk):
    application = ApplicationFactory(stage=Stage.SIGNED)
    facts = {
        "city-name": "Hafenstadt", "city-country": "de", "city-country_name": "Germany", "city-latitude": "54.1",
        "city-longitude": "9.9", "city-time_zone": "Europe/Berlin", "city-languages": ["de"],
    }  # fmt: skip

    assert act(desk, application, "city", **{"city-name": "Hafenstadt"}).status_code == 422
    act(desk, application, "city", **facts)

    application.refresh_from_db()
    assert application.city == City.objects.get(name="Hafenstadt")
    assert application.place == f"city:{application.city.pk}"
    other = ApplicationFactory(city_name="Hafenstadt am See")
    assert act(desk, other, "city", **facts).status_code == 422


# -- Mails and notes ------------------------------------------------------------------------------


def test_a_mail_goes_out_once_and_stands_on_her_page(desk, django_capture_on_commit_callbacks):
    application = ApplicationFactory()
    address = reverse("office:application_mail", args=[application.code])
    begun = desk.get(f"{address}?pattern=talk").content.decode()
    assert f"Dear {application.name}" in begun

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address, {"subject": "A talk\r\nBcc: x@y.example", "body": "When? <b>Now</b>"})

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == ([application.email], "A talk Bcc: x@y.example")
    assert "When? <b>Now</b>" in sent.body
    assert "When? &lt;b&gt;Now&lt;/b&gt;" in sent.alternatives[0].content
    assert ApplicationEvent.objects.get().act == "mail"


def test_a_note_stays_with_the_office(desk, client):
    application = ApplicationFactory()

    act(desk, application, "note", **{"note-text": "canary-note <script>"})

    page = desk.get(application.get_absolute_url()).content.decode()
    assert "canary-note &lt;script&gt;" in page
    assert act(desk, application, "note", **{"note-text": ""}).status_code == 422
    session = client.session
    session["proven_address"] = {"address": application.email, "at": timezone.now().timestamp()}
    session.save()
    hers = client.get(reverse("front:join_status", args=[application.code])).content.decode()
    assert application.why in hers
    assert "canary-note" not in hers


# -- The board ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_asks_a_constant_number_of_queries(desk, django_assert_num_queries, number):
    for _each in range(number):
        ApplicationFactory(looked_after_by=PersonFactory(is_office=True), city=CityFactory())
    desk.get(BOARD)

    with django_assert_num_queries(6):
        desk.get(BOARD)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Aalstad", "Bergen"}),
        ("?q=aal", {"Aalstad"}),
        ("?q=BERGÉN", {"Bergen"}),
        ("?show=closed", {"Czern"}),
        ("?show=all", {"Aalstad", "Bergen", "Czern"}),
        ("?kind=person", {"Bergen"}),
        ("?care=me", {"Aalstad"}),
        ("?care=nobody", {"Bergen"}),
        ("?age=old", {"Bergen"}),
        ("?age=due", {"Aalstad"}),
        ("?age=nonsense&kind=%27", {"Aalstad", "Bergen"}),
        ("?q=%25", set()),
    ],
)
def test_the_board_shows_what_was_asked_for(desk, office, query, found):
    long_ago = timezone.now() - datetime.timedelta(days=20)
    ApplicationFactory(city_name="Aalstad", looked_after_by=office, next_on=timezone.localdate())
    ApplicationFactory(city_name="Bergen", kind="person", stage_at=long_ago)
    ApplicationFactory(city_name="Czern", stage=Stage.DECLINED)

    page = desk.get(f"{BOARD}{query}").content.decode()

    assert {
        name for name in ("Aalstad", "Bergen", "Czern") if f'dir="auto">{name}</a>' in page
    } == found


def test_the_table_holds_no_formula_and_the_journal_knows_who_took_it(desk, client_factory, member):
    for number, sign in enumerate("=+-@\t|％＝"):
        ApplicationFactory(name=f"{sign}HYPERLINK(1)", why=f"{sign}1+1", city_name=f"City {number}")
    address = reverse("office:applications_export", args=["csv"])

    table = desk.get(address).content.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(table)))
    assert len(rows) == 9
    assert not [cell for row in rows for cell in row if cell[:1] and cell[0] in "=+-@\t|＝"]
    assert JournalRow.objects.get(act="application.exported").facts == {"rows": 8}
    assert desk.get(reverse("office:applications_export", args=["exe"])).status_code == 404
    assert client_factory(member.person).get(address).status_code == 404
    assert client_factory().get(address).status_code == 404


def test_the_demonstration_shows_every_kind_once(desk):
    CityFactory(code="ams", name="Amsterdam")
    PersonFactory(email="office@example.org", is_office=True)
    for _again in range(2):
        seed_applications()

    stages = list(Application.objects.order_by("pk").values_list("stage", flat=True))
    assert stages == ["received", "received", "talk", "agreed", "received", "declined"]
    assert Application.objects.exclude(joined_to=None).get().name == "Calum Reid"
    assert CityProfile.objects.get(pk="ams").audience == "public"
    assert "Port Mirren" in desk.get(BOARD).content.decode()


def test_the_desk_tells_what_waits_for_an_answer(desk):
    waiting = ApplicationFactory(city_name="Waits")
    due = ApplicationFactory(city_name="Due", stage=Stage.TALK, next_on=timezone.localdate())
    ApplicationFactory(city_name="Rests", stage=Stage.TALK)

    page = desk.get("/office/").content.decode()

    assert [each.city_name in page for each in (waiting, due)] == [True, True]
    assert "Rests" not in page
