"""Lists cost the same whatever their length; pages keep what was typed; those who look after see who comes."""

import datetime
import zoneinfo

import pytest
from django.urls import reverse
from django.utils import timezone

from house.gatherings import actions, duties
from house.gatherings.models import Event, Registration, Session
from house.gatherings.tests.making import DAY, HOUR, make_event, make_member
from house.ground.errors import Refused
from house.notices.models import Letter
from house.partners.viewing import viewer_for
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_event_and_for_three(
    client, django_assert_num_queries, member, rows
):
    topic = TopicFactory(slug="bike-sharing")
    for number in range(rows):
        make_event(title=f"Event {number}", topics=[topic], host_city=member.city)
    client.force_login(member.person)
    client.get(reverse("gatherings:event_list"))

    with django_assert_num_queries(8):
        client.get(reverse("gatherings:event_list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_month_costs_the_same_for_one_event_and_for_three(
    client, django_assert_num_queries, rows
):
    for number in range(rows):
        make_event(title=f"Event {number}", audience="public", starts_at=_moment(), hours=1)
    url = reverse("gatherings:event_month", args=[2027, 3])

    with django_assert_num_queries(1):
        assert client.get(url).content.decode().count("/gatherings/event-") == rows


def test_a_visitor_reads_a_month_in_the_hours_of_the_place_and_who_signed_in_in_her_own(
    client, member
):
    begins = datetime.datetime(2027, 2, 28, 23, 30, tzinfo=datetime.UTC)
    make_event(audience="public", starts_at=begins, zone="Europe/Amsterdam")
    march, february = (reverse("gatherings:event_month", args=[2027, m]) for m in (3, 2))

    page = client.get(march).content.decode()
    assert ("00:30</span>" in page, "in the hours of its place" in page) == (True, True)
    assert "0 events" in client.get(february).content.decode()

    member.person.time_zone = "America/New_York"
    member.person.save()
    client.force_login(member.person)
    assert "18:30</span>" in client.get(february).content.decode()
    assert "0 events" in client.get(march).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_programme_costs_the_same_for_one_session_and_for_three(
    client, django_assert_num_queries, office, rows
):
    event, by = make_event(audience="public"), viewer_for(office)
    for number in range(rows):
        actions.save_session(event, by=by, title=f"S{number}", starts_at=event.starts_at, minutes=5)
    actions.publish_programme(event, by=by)

    with django_assert_num_queries(5):
        client.get(reverse("gatherings:programme", args=[event.slug]))
    with django_assert_num_queries(4):  # drawn before: its content is not even loaded
        client.get(reverse("gatherings:programme", args=[event.slug]))


def test_registering_on_the_page_and_giving_back(client, member):
    event = make_event(mode="both", seats_on_site=1)
    client.force_login(member.person)
    url = reverse("gatherings:event_register", args=[event.slug])

    wrong = client.post(url, {"needs": "A ramp"})
    client.post(url, {"seat": "on_site", "needs": "A ramp"})
    page = client.get(event.get_absolute_url()).content.decode()
    client.post(reverse("gatherings:registration_act", args=[event.slug]), {"act": "leave"})

    assert wrong.status_code == 422
    assert "A ramp" in wrong.content.decode()
    assert "You have a place: On site." in page
    assert Registration.objects.get().state == "cancelled"


def test_who_waits_sees_where_she_stands(client, member, neighbour):
    event = make_event(seats_online=0)
    for person in (make_member(member), make_member(member), neighbour.person):
        actions.register(event, by=viewer_for(person), seat="online")
    client.force_login(neighbour.person)

    assert "You are 3rd in line." in client.get(event.get_absolute_url()).content.decode()


def test_hosts_see_needs_and_check_in_and_colleagues_do_not(client, member, neighbour, office):
    event = make_event(host_city=neighbour.city)
    registration = actions.register(
        event, by=viewer_for(member.person), seat="online", needs="zzramp"
    )
    url = reverse("gatherings:event_people", args=[event.slug])
    client.force_login(neighbour.person)  # a member of the host city, who does not speak for it
    assert client.get(url).status_code == 403
    neighbour.seat.kind = "coordinator"
    neighbour.seat.save()

    page = client.get(url).content.decode()
    table = client.get(reverse("gatherings:event_people_table", args=[event.slug, "csv"]))
    client.post(
        reverse("gatherings:check_in", args=[event.slug, registration.code]), {"came": "yes"}
    )

    assert "zzramp" in page
    assert "zzramp" in table.content.decode("utf-8-sig")
    assert member.person.email not in page + table.content.decode("utf-8-sig")
    registration.refresh_from_db()
    assert registration.came_by == "host"


def test_needs_and_answers_are_deleted_thirty_days_after(member):
    event = make_event()
    actions.register(event, by=viewer_for(member.person), seat="online", needs="zzramp")

    assert duties.forget_needs(event.ends_at + 29 * DAY) == 0
    assert duties.forget_needs(event.ends_at + 31 * DAY) == 1
    assert Registration.objects.get().needs == ""


def test_reminders_go_once_at_a_week_a_day_and_an_hour_before(member):
    event = make_event(days=10)
    registration = actions.register(event, by=viewer_for(member.person), seat="online")
    begins = event.starts_at

    for moment in (
        begins - 8 * DAY,
        begins - 7 * DAY,
        begins - 7 * DAY + HOUR,
        begins - DAY,
        begins - HOUR,
    ):
        duties.remind(moment)
        duties.remind(moment)

    kinds = (
        Letter.objects.filter(person=registration.person)
        .order_by("pk")
        .values_list("kind", flat=True)
    )
    assert list(kinds) == [
        "gatherings.registered", "gatherings.week", "gatherings.day", "gatherings.hour",
    ]  # fmt: skip


def test_who_registered_after_the_time_of_a_reminder_is_not_reminded_of_it(member):
    event = make_event(days=3)
    actions.register(event, by=viewer_for(member.person), seat="online")

    duties.remind(event.starts_at - 7 * DAY + HOUR)

    assert not Letter.objects.filter(kind="gatherings.week").exists()


def test_what_is_over_has_taken_place(member):
    event = make_event()

    assert duties.finish(event.ends_at) == 1
    assert Event.objects.get().state == "done"


def test_a_series_always_ends_and_keeps_its_hour_through_the_change_of_clocks(office):
    begins = _moment()
    event = make_event(starts_at=begins, zone="Europe/Amsterdam")
    by = viewer_for(office)

    made = actions.repeat_event(event, by=by, weeks=2, until=begins.date() + 30 * DAY)
    with pytest.raises(Refused, match="within two years"):
        actions.repeat_event(event, by=by, weeks=1, until=begins.date() + 4000 * DAY)

    hours = [each.starts_at.astimezone(each.tz).hour for each in made]
    assert hours == [15, 15]
    assert [each.starts_at.hour for each in made] == [14, 13]
    assert {each.state for each in made} == {"draft"}


def _moment():
    import datetime

    return datetime.datetime(2027, 3, 10, 14, tzinfo=datetime.UTC)


def test_a_published_change_tells_those_who_chose_the_session(member, neighbour, office):
    event, by = make_event(kind="summit"), viewer_for(office)
    facts = {"starts_at": event.starts_at, "minutes": 30, "takes_places": True, "capacity": 1}
    moved = actions.save_session(event, by=by, title="Moved", **facts)
    actions.save_session(event, by=by, title="Stays", starts_at=event.starts_at, minutes=5)
    actions.publish_programme(event, by=by)
    moved = Session.objects.get(pk=moved.pk)
    rows = [
        actions.register(event, by=viewer_for(p), seat="online")
        for p in (member.person, neighbour.person)
    ]
    first = actions.choose_session(moved, rows[0], by=viewer_for(member.person))
    second = actions.choose_session(moved, rows[1], by=viewer_for(neighbour.person))
    assert (first.is_waiting, second.is_waiting) == (False, True)

    actions.save_session(event, by=by, session=moved, starts_at=event.starts_at + HOUR)
    assert actions.publish_programme(event, by=by, note="An hour later").number == 2
    assert actions.publish_programme(event, by=by).number == 2  # nothing changed: no version

    told = Letter.objects.filter(kind="gatherings.programme").values_list("person", flat=True)
    assert set(told) == {member.person.pk, neighbour.person.pk}
    actions.leave_session(moved, rows[0], by=viewer_for(member.person))
    second.refresh_from_db()
    assert not second.is_waiting


def test_an_answer_by_calendar_changes_the_registration(member, neighbour):
    from house.gatherings.answers import answered

    event = make_event(seats_online=1)
    person = member.person
    held = actions.register(event, by=viewer_for(person), seat="online")
    waits = actions.register(event, by=viewer_for(neighbour.person), seat="online")
    now = timezone.now()

    assert answered(event.code, person.pk, "ACCEPTED", 0, now) == "noted"
    assert answered(event.code, person.pk, "DECLINED", 0, now - HOUR) == "old"
    assert answered(event.code, person.pk, "DECLINED", 0, now + HOUR) == "given back"
    waits.refresh_from_db()
    assert waits.state == "offered"
    assert answered(event.code, neighbour.person.pk, "ACCEPTED", 0, now) == "taken"
    assert answered(event.code, person.pk, "ACCEPTED", 0, now + 2 * HOUR) == "in line"
    assert answered("none", person.pk, "ACCEPTED", 0, now) == "unknown"
    held.refresh_from_db()
    assert held.state == "waiting"


def test_the_api_registers_once_and_tells_the_place_in_line(client, member, neighbour):
    from house.people.tokens import issue_token

    event = make_event(seats_online=1, slug="event-x")
    actions.register(event, by=viewer_for(neighbour.person), seat="online")
    headers = {"Authorization": f"Bearer {issue_token(member.person)}", "Idempotency-Key": "one"}
    url = reverse("api:event_register", args=[event.slug])

    said = [
        client.post(url, {"seat": "online"}, "application/json", headers=headers).json()
        for _n in "ab"
    ]

    assert said[0] == said[1]
    assert (said[0]["state"], said[0]["place_in_line"]) == ("waiting", 1)
    assert Registration.objects.count() == 2


def test_of_an_event_without_a_day_only_its_year_is_told(client):
    zone = zoneinfo.ZoneInfo("Europe/Stockholm")
    begins = datetime.datetime(2019, 1, 1, tzinfo=zone)
    make_event(
        title="The summit of old",
        audience="public",
        zone=zone.key,
        starts_at=begins,
        ends_at=datetime.datetime(2019, 12, 31, 23, 59, tzinfo=zone),
        state="done",
    )

    page = client.get(reverse("gatherings:event_past")).content.decode()
    sheet = client.get(reverse("gatherings:event_month", args=[2019, 5])).content.decode()
    assert "The summit of old" not in sheet

    assert ">2019</h2>" in page
    assert "2018" not in page  # where the house's own clock would have put its first minute
    assert "Tuesday 1 January" not in page


def test_who_has_a_place_changes_her_answers_and_is_promised_no_second_invitation(client, member):
    event = make_event(mode="both", place="Harbour office")
    actions.register(event, by=viewer_for(member.person), seat="on_site")
    client.force_login(member.person)
    address = reverse("gatherings:event_register", args=[event.slug])

    page = client.get(address).content.decode()
    saved = client.post(address, {"seat": "on_site", "needs": "zzramp"}, follow=True)

    assert "<h1>Change your answers</h1>" in page
    assert "To come in another way, give this place back" in page
    assert 'value="online"' not in page
    assert [str(said) for said in saved.context["messages"]] == ["Saved."]
    assert Registration.objects.get().needs == "zzramp"


def summit_with_sessions(office):
    event, by = make_event(kind="summit", title="The summit"), viewer_for(office)
    sessions = [
        actions.save_session(
            event, by=by, title=title, starts_at=event.starts_at, minutes=30, takes_places=True,
            capacity=capacity,
        )
        for title, capacity in (("Night trains", None), ("Ferries", 0))
    ]  # fmt: skip
    actions.publish_programme(event, by=by)
    return event, sessions


def test_her_programme_says_which_sessions_she_chose(client, member, office):
    event, sessions = summit_with_sessions(office)
    page = reverse("gatherings:programme", args=[event.slug])
    client.force_login(member.person)
    assert "Your sessions" not in client.get(page).content.decode()

    mine = actions.register(event, by=viewer_for(member.person), seat="online")
    assert "You have chosen none yet." in client.get(page).content.decode()
    for session in sessions:
        session.refresh_from_db()
        actions.choose_session(session, mine, by=viewer_for(member.person))
    sessions[0].title = "Not out yet"
    sessions[0].save()

    told = client.get(page).content.decode()
    hers = told[told.index('id="hers-title"') : told.index('class="programme"')]
    assert [title in hers for title in ("Night trains", "Ferries", "Not out yet")] == [
        True,
        True,
        False,
    ]
    assert hers.count("you wait for a place") == 1
    assert '<p class="only-print" dir="auto">The summit</p>' in told  # paper says of what


def test_who_may_not_come_is_told_so_where_sessions_are_chosen(client, associate, office):
    event, sessions = summit_with_sessions(office)
    client.force_login(associate.person)

    page = client.get(reverse("gatherings:session", args=[event.slug, sessions[0].code]))

    assert "Register for the event" not in page.content.decode()
    assert "Associate partnership does not include this" in page.content.decode()
