"""Changing what stands already: an event, its questions, its speakers, its series."""

import datetime

import pytest
from django.urls import reverse

from house.gatherings import actions, search
from house.gatherings.forms import SessionForm
from house.gatherings.models import Event, Question, Registration, Session, Speaker
from house.gatherings.tests.making import DAY, HOUR, make_event, make_member
from house.ground.errors import Forbidden
from house.partners.viewing import viewer_for

pytestmark = pytest.mark.django_db


def test_a_city_does_not_announce_to_the_alliance_by_changing_who_sees_its_event(member, office):
    by, facts = viewer_for(member.person), {"audience": "city", "city": member.city}
    event = make_event(host_city=member.city, author=member.person, **facts)

    with pytest.raises(Forbidden, match="announces"):
        actions.change_event(event, by=by, audience="alliance", city=None)
    actions.change_event(Event.objects.get(), by=by, title="Still ours")
    actions.change_event(Event.objects.get(), by=viewer_for(office), audience="public")

    told = Event.objects.get()
    assert (told.title, told.audience) == ("Still ours", "public")


def test_what_was_over_by_a_wrong_date_alone_comes_again(office):
    event = make_event(days=-2, state="done")

    actions.change_event(
        event, by=viewer_for(office), starts_at=event.starts_at + 9 * DAY,
        ends_at=event.ends_at + 9 * DAY,
    )  # fmt: skip

    assert Event.objects.coming().get() == event


def test_who_comes_to_an_event_that_goes_online_comes_online(member, neighbour, office):
    event = make_event(mode="both", seats_on_site=1, place="Harbour office")
    first, second = (
        actions.register(event, by=viewer_for(each.person), seat="on_site")
        for each in (member, neighbour)
    )
    assert (first.state, second.state) == ("confirmed", "waiting")

    actions.change_event(event, by=viewer_for(office), mode="online", place="")

    rows = Registration.objects.order_by("pk").values_list("seat", "state")
    assert list(rows) == [("online", "confirmed"), ("online", "offered")]


def test_who_stands_twice_among_the_speakers_is_named_once(client, member, office):
    event, maja = make_event(kind="summit"), make_member(member, name="Maja Lind")
    client.force_login(office)
    page = reverse("gatherings:session_new", args=[event.slug])
    begins = event.starts_at.astimezone(event.tz).strftime("%Y-%m-%dT%H:%M")
    line = maja.get_absolute_url()
    typed = {
        "title": "Counting", "begins": begins, "minutes": 30,
        "speakers": f"{line}\n{line}, chair\nJo Vaz\nJo Vaz",
    }  # fmt: skip

    assert client.post(page, typed).status_code == 302

    assert list(Speaker.objects.values_list("person", "name")) == [(maja.pk, ""), (None, "Jo Vaz")]
    session = Session.objects.select_related("event", "room", "track").get()
    speakers = list(Speaker.objects.select_related("person"))
    again = SessionForm.initial_of(session, speakers)["speakers"]
    edit = reverse("gatherings:session_edit", args=[event.slug, session.code])
    assert client.post(edit, {**typed, "speakers": f"{again}\nJo Vaz"}).status_code == 302
    assert Speaker.objects.count() == 2


def test_a_question_that_stands_twice_is_asked_once(office):
    event, by = make_event(), viewer_for(office)
    for _time in range(2):
        actions.put_questions(event, [("Diet?", False), ("Diet?", True), ("Lift?", False)], by=by)
    assert list(Question.objects.values_list("text", flat=True)) == ["Diet?", "Lift?"]


def test_too_many_questions_are_refused_and_none_of_them_is_lost(client, office):
    event = make_event()
    client.force_login(office)
    typed = "\n".join(f"Question {number}?" for number in range(13))

    answer = client.post(
        reverse("gatherings:event_questions", args=[event.slug]), {"questions": typed}
    )

    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert not Question.objects.exists()


def test_pressing_repeat_twice_makes_no_day_twice(client, office):
    event = make_event()
    client.force_login(office)
    press = reverse("gatherings:event_repeat", args=[event.slug])
    typed = {"weeks": 2, "until": (event.starts_at + 30 * DAY).date().isoformat()}

    assert [client.post(press, typed).status_code for _time in range(2)] == [302, 422]
    assert Event.objects.filter(state="draft").count() == 2


def test_registration_does_not_close_before_it_opens(client, office):
    event = make_event()
    client.force_login(office)
    page = reverse("gatherings:event_edit", args=[event.slug])
    typed = dict(client.get(page).context["form"].initial)
    typed = {name: value for name, value in typed.items() if value is not None}
    hours = {"opens": "2027-03-02T10:00", "closes": "2027-03-01T10:00"}
    for name in ("begins", "ends"):
        hours[name] = typed[name].strftime("%Y-%m-%dT%H:%M")

    answer = client.post(page, {**typed, **hours})

    assert "Registration closes before it opens." in answer.content.decode()


def test_the_year_and_days_of_an_event_are_those_of_its_place():
    begins = datetime.datetime(2018, 12, 31, 23, tzinfo=datetime.UTC)
    event = make_event(starts_at=begins, ends_at=begins + HOUR, zone="Europe/Amsterdam")

    assert search.facts(event, None).year == 2019
    assert search.document(event).period == (datetime.date(2019, 1, 1),) * 2


@pytest.mark.parametrize(
    ("first", "last"), [("9999-12-31", "9999-12-31"), ("0001-01-01", "0001-01-02")]
)
def test_days_that_no_clock_reckons_with_are_refused_by_the_planner_of_hours(
    client, office, first, last
):
    client.force_login(office)
    asked = {"first": first, "last": last, "minutes": 90, "zone": "Asia/Seoul"}
    assert client.get(reverse("gatherings:hours_plan"), asked).status_code == 422


def typed(form):
    """What a browser sends of a form that nobody touched."""
    told = {name: form[name].value() for name in form.fields}
    told |= {
        name: form.fields[name].widget.format_value(each)
        for name, each in told.items()
        if hasattr(each, "hour")
    }
    return {name: each for name, each in told.items() if each not in (None, "", False)}


@pytest.mark.parametrize("hour", [0, 1])  # both are 02:30 by the clocks of Amsterdam
def test_an_event_in_the_hour_that_comes_twice_stays_when_it_is_saved_again(client, office, hour):
    begins = datetime.datetime(2026, 10, 25, hour, 30, 15, tzinfo=datetime.UTC)
    event = make_event(starts_at=begins, registration_until=begins, kind="summit")
    by = viewer_for(office)
    session = actions.save_session(event, by=by, title="At night", starts_at=begins, minutes=30)
    client.force_login(office)

    for page in (
        reverse("gatherings:event_edit", args=[event.slug]),
        reverse("gatherings:session_edit", args=[event.slug, session.code]),
    ):
        form = client.get(page).context["form"]
        assert client.post(page, typed(form) | {"title": "At night"}).status_code == 302

    told = Event.objects.get()
    assert (told.title, told.starts_at, told.registration_until) == ("At night", begins, begins)
    assert told.ends_at == begins + 2 * HOUR
    assert Session.objects.get().starts_at == begins


def test_another_zone_moves_an_event_whose_hours_stand(client, office):
    begins = datetime.datetime(2026, 10, 25, 0, 30, tzinfo=datetime.UTC)
    event = make_event(starts_at=begins)
    client.force_login(office)
    page = reverse("gatherings:event_edit", args=[event.slug])
    form = client.get(page).context["form"]

    assert client.post(page, typed(form) | {"zone": "Europe/London"}).status_code == 302

    assert (
        Event.objects.get().starts_at == begins + 2 * HOUR
    )  # 02:30 in London, after its own change
