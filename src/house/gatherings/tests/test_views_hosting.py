import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from house.gatherings.actions import hosting as acts
from house.gatherings.models import HostingMessage, HostingOffer, HostingTask, Organiser
from house.gatherings.tests.making import DAY, make_event
from house.gatherings.tests.test_hosting import accept, offer
from house.partners.viewing import viewer_for
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


def typed(**facts):
    day = timezone.localdate() + 90 * DAY
    return {
        "kind": "workshop", "title": "Lockers in lobbies", "about": "Nine lobbies, one lesson.",
        "starts_on": day.isoformat(), "ends_on": (day + 5 * DAY).isoformat(), "mode": "on_site",
        "place": "Harbour office", "capacity": "40", "languages": ["en"], **facts,
    }  # fmt: skip


def test_a_city_offers_by_the_form_and_finds_its_offer_with_the_office(client, member, office):
    client.force_login(member.person)
    page = client.get(reverse("gatherings:hosting_new"))
    assert "has 1 hosting slot left" in page.content.decode()

    answer = client.post(reverse("gatherings:hosting_new"), typed(), follow=True)

    made = HostingOffer.objects.get()
    assert answer.redirect_chain == [(made.get_absolute_url(), 302)]
    assert "With the foundation" in answer.content.decode()
    client.force_login(office)
    listed = client.get(reverse("gatherings:hosting_list")).content.decode()
    assert made.title in listed


@pytest.mark.parametrize(
    ("facts", "field", "said"),
    [
        ({"title": ""}, "title", "Please write something here."),
        ({"ends_on": "2020-01-01"}, "ends_on", "before the first"),
        ({"place": ""}, "place", "Say where"),
        ({"starts_on": "soon"}, "starts_on", "year-month-day"),
    ],
)
def test_a_refused_offer_keeps_what_was_typed(client, member, facts, field, said):
    client.force_login(member.person)
    answer = client.post(reverse("gatherings:hosting_new"), typed(**facts))
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert "Nine lobbies, one lesson." in answer.content.decode()


def test_without_a_slot_the_form_says_when_the_next_comes(client, member):
    offer(member)
    client.force_login(member.person)
    answer = client.post(reverse("gatherings:hosting_new"), typed())
    assert answer.status_code == 422
    assert "The next unit comes on" in answer.content.decode()


def test_the_office_accepts_with_hours_of_the_city_and_tasks_begin(client, member, office):
    member.city.time_zone = "America/New_York"
    member.city.save()
    made = offer(member)
    topic = TopicFactory()
    client.force_login(office)

    client.post(
        reverse("gatherings:hosting_accept", args=[made.code]),
        {"begins": "2030-07-04T10:00", "ends": "2030-07-04T12:00", "topics": [topic.pk]},
    )

    made.refresh_from_db()
    assert made.event.starts_at == datetime.datetime(2030, 7, 4, 14, tzinfo=datetime.UTC)
    assert list(made.event.topics.all()) == [topic]
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Reserve the place" in page


def test_a_decision_without_a_reason_comes_back_with_the_form_open(client, member, office):
    made = offer(member)
    client.force_login(office)
    answer = client.post(reverse("gatherings:hosting_decline", args=[made.code]), {"reason": ""})
    assert answer.status_code == 422
    made.refresh_from_db()
    assert made.state == "waiting"


def test_both_sides_write_and_nobody_elses_offer_is_there(client, member, neighbour, office):
    made = offer(member)
    say = reverse("gatherings:hosting_say", args=[made.code])
    for person in (member.person, office):
        client.force_login(person)
        client.post(say, {"text": "<script>alert(1)</script> Hello"})
    page = client.get(made.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    assert HostingMessage.objects.count() == 2
    client.force_login(neighbour.person)
    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.post(say, {"text": "x"}).status_code == 404


def test_a_task_is_ticked_changed_and_dropped(client, member, office):
    made = accept(offer(member), office)
    task = HostingTask.objects.filter(offer=made).first()
    client.force_login(member.person)
    act = reverse("gatherings:hosting_task_act", args=[made.code, task.code])
    client.post(act, {"act": "done"})
    task.refresh_from_db()
    assert task.done_by == member.person
    client.post(
        reverse("gatherings:hosting_task", args=[made.code, task.code]),
        {"title": "Another", "side": "city", "due_on": "2030-01-02", "owner": member.person.code},
    )
    task.refresh_from_db()
    assert (task.title, task.owner) == ("Another", member.person)
    client.post(act, {"act": "drop"})
    assert not HostingTask.objects.filter(pk=task.pk).exists()


def test_overdue_tasks_are_seen_in_the_list_and_on_the_page(client, member, office):
    made = accept(offer(member), office)
    HostingTask.objects.filter(offer=made).update(due_on=timezone.localdate() - DAY)
    client.force_login(office)
    page = client.get(reverse("gatherings:hosting_list") + "?state=all").content.decode()
    assert "tasks overdue" in page
    assert "overdue" in client.get(made.get_absolute_url()).content.decode()


def test_an_offer_is_copied_for_next_year(client, member):
    made = offer(member)
    client.force_login(member.person)
    page = client.get(reverse("gatherings:hosting_new"), {"copy": made.code}).content.decode()
    assert made.about in page
    assert str(made.starts_on.year + 1) in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_offer_and_for_three(
    client, office, member, rows, django_assert_num_queries
):
    for number in range(rows):
        made = HostingOffer(
            city=member.city, kind="seminar", title=f"Offer {number}", about="x", mode="online",
            starts_on=timezone.localdate(), ends_on=timezone.localdate(),
        )  # fmt: skip
        made.save()
        HostingTask.objects.create(
            offer=made, title="x", side="city", due_on=timezone.localdate() - DAY
        )
    client.force_login(office)
    client.get(reverse("gatherings:hosting_list"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("gatherings:hosting_list"))


LIST_QUERIES = 8


def make_past(city_hours, member, neighbour):
    """A past event at this hour UTC that both cities came to."""
    from house.gatherings.models import Registration

    begins = (timezone.now() - 30 * DAY).replace(hour=city_hours, minute=0, second=0, microsecond=0)
    event = make_event(starts_at=begins, hours=1)
    for each in (member, neighbour):
        Registration.objects.create(
            event=event, person=each.person, city=each.city, seat="online", state="confirmed"
        )
    return event


def test_the_planner_shows_local_hours_and_who_bore_the_nights(client, member, neighbour, office):
    member.city.time_zone, member.city.country = "Asia/Seoul", "KR"
    member.city.save()
    neighbour.city.time_zone, neighbour.city.country = "Europe/Amsterdam", "NL"
    neighbour.city.save()
    make_past(14, member, neighbour)  # 23:00 in Seoul
    soon = (timezone.now() + 60 * DAY).replace(hour=14, minute=0, second=0, microsecond=0)
    wednesday = soon + (2 - soon.weekday()) % 7 * DAY
    event = make_event(starts_at=wednesday, host_city=neighbour.city)
    Organiser.objects.create(event=event, person=neighbour.person)
    client.force_login(neighbour.person)

    page = client.get(reverse("gatherings:hours_of_event", args=[event.slug]))

    text = page.content.decode()
    assert "Wed 23:00–01:00" in text  # Seoul, as planned
    assert "1 in 1 gathering" in text
    rows = {each.city.pk: (ledger, cells) for each, ledger, cells in page.context["rows"]}
    assert (rows["aaa"][0].nights, rows["bbb"][0].nights) == (1, 0)
    assert rows["aaa"][1][0]["mark"] == "night"
    assert "night" not in {cell["mark"] for cell in rows["aaa"][1][1:]}


def test_the_planner_at_planning_time_reckons_with_who_follows_the_topics(
    client, member, neighbour, office
):
    from house.partners.models import CityProfile

    topic = TopicFactory()
    profile = CityProfile.objects.create(city=member.city, saved_at=timezone.now())
    profile.topics.add(topic)
    client.force_login(office)
    url = reverse("gatherings:hours_plan")
    told = {"first": "2027-03-01", "last": "2027-03-05", "minutes": 90, "zone": "UTC"}
    expected = lambda **more: [  # noqa: E731 -- said twice below
        each.city.pk for each, _l, _c in client.get(url, told | more).context["rows"]
    ]
    assert expected() == ["aaa", "bbb"]
    assert expected(topics=topic.pk) == ["aaa"]
    assert expected(city="bbb") == ["bbb"]
    assert client.get(url, told | {"minutes": "x"}).status_code == 422
    assert client.get(url, told | {"last": "2028-03-05"}).status_code == 422


def test_the_ledger_does_not_count_events_that_the_viewer_may_not_see(member, neighbour):
    from house.gatherings.hosting.hours import borne

    member.city.time_zone = "Asia/Seoul"
    member.city.save()
    hidden = make_past(14, member, neighbour)
    hidden.audience, hidden.city = "city", member.city
    hidden.save()
    cities = [member.city, neighbour.city]
    seen = {
        name: sum(
            row.nights for row in borne(cities, viewer_for(p), before=timezone.now()).values()
        )
        for name, p in {"own": member.person, "other": neighbour.person}.items()
    }
    assert seen == {"own": 1, "other": 0}


def test_mails_of_hosting_are_written_for_who_still_may_read_them(member, office, neighbour):
    from house.gatherings.hosting import letters

    made = offer(member, title="Bicycles & <b>more</b>")
    said = acts.say(made, "Two lifts\r\nBcc: x", by=viewer_for(member.person))
    mails = [
        letters.offered(made, office, viewer_for(office)),
        letters.said(said, office, viewer_for(office)),
    ]
    for mail in mails:
        assert "\n" not in mail.subject
        assert "Open the offer" in mail.alternatives[0][0]
        assert "<b>more" not in mail.alternatives[0][0]
        assert made.get_absolute_url() in mail.body
    assert letters.offered(made, neighbour.person, viewer_for(neighbour.person)) is None
    acts.withdraw_offer(made, "", by=viewer_for(member.person))
    assert letters.offered(made, office, viewer_for(office)) is None
    assert "taken its offer back" in letters.decided(made, office, viewer_for(office)).body
