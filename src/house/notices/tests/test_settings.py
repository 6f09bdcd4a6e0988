import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from house.notices.models import Choice, Pace, Rhythm, Subscription
from tests.factories import CityFactory, TopicFactory

pytestmark = pytest.mark.django_db
RHYTHM = {
    "pace": "weekly", "weekday": "4", "hour": "9", "quiet_from": "18", "quiet_until": "8",
    "away_from": "", "away_until": "",
}  # fmt: skip


@pytest.fixture
def hers(client, member, room):
    client.force_login(member.person)
    return client


def post(client, **changed):
    return client.post(reverse("notices:settings"), {**RHYTHM, **changed})


def test_a_new_person_sees_sensible_first_choices(hers):
    assert hers.get(reverse("notices:settings")).status_code == 200
    rhythm = Rhythm.objects.get()
    assert (rhythm.pace, rhythm.hour, rhythm.quiet_from, rhythm.quiet_until) == (
        Pace.DAILY, 8, 20, 7,
    )  # fmt: skip


def test_a_rhythm_is_kept_and_reckoned_in_her_zone(hers, member):
    member.person.time_zone = "Asia/Seoul"
    member.person.save()
    assert post(hers).status_code == 302
    rhythm = Rhythm.objects.get()
    assert (rhythm.pace, rhythm.weekday, rhythm.hour) == (Pace.WEEKLY, 4, 9)
    here = rhythm.next_digest_at.astimezone(datetime.timezone(datetime.timedelta(hours=9)))
    assert (here.weekday(), here.hour) == (4, 9)
    assert rhythm.next_digest_at > timezone.now()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"hour": "19"}, "hour"),
        ({"quiet_until": ""}, "quiet_until"),
        ({"quiet_from": ""}, "quiet_from"),
        ({"away_until": "2027-01-01"}, "away_from"),
        ({"away_from": "2027-01-02", "away_until": "2027-01-01"}, "away_until"),
        ({"hour": "24"}, "hour"),
        ({"pace": "hourly"}, "pace"),
        ({"weekday": "7"}, "weekday"),
        ({"away_from": "soon"}, "away_from"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(hers, changed, field):
    hers.get(reverse("notices:settings"))
    answer = post(hers, **changed)
    assert answer.status_code == 422
    assert list(answer.context["rhythm"].errors) == [field]
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert Rhythm.objects.get().pace == Pace.DAILY


def test_each_kind_may_have_its_own_way(hers):
    hers.post(reverse("notices:kinds"), {"toy.asked": "off", "toy.answered": ""})
    assert list(Choice.objects.values_list("kind", "how")) == [("toy.asked", "off")]
    hers.post(reverse("notices:kinds"), {"toy.asked": "", "toy.answered": "at_once"})
    assert list(Choice.objects.values_list("kind", "how")) == [("toy.answered", "at_once")]
    assert hers.post(reverse("notices:kinds"), {"toy.asked": "sometimes"}).status_code == 422


def test_things_to_follow_are_added_and_shown_by_name(hers):
    TopicFactory(slug="bikes", labels={"en": "Bikes"})
    CityFactory(code="gnt", name="Ghent")
    hers.post(
        reverse("notices:add"),
        {"topic": "bikes", "city": "gnt", "kind": "toy.asked", "search": " pay  floor "},
    )
    assert set(Subscription.objects.values_list("target", flat=True)) == {
        "topic:bikes", "city:gnt", "kind:toy.asked", "search:pay floor",
    }  # fmt: skip
    text = hers.get(reverse("notices:settings")).content.decode()
    for label in ("Bikes", "Ghent", "Question", "pay floor"):
        assert label in text


@pytest.mark.parametrize("search", ["", "x", "w" * 151])
def test_nothing_to_follow_is_said(hers, search):
    answer = hers.post(reverse("notices:add"), {"search": search})
    assert answer.status_code == 422
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("act", ["follow", "mute", "unfollow"])
def test_the_three_buttons(hers, act):
    answer = hers.post(
        reverse("notices:follow"),
        {"act": act, "target": "thread:toy.post:abc", "next": "/alex/"},
    )
    assert answer["Location"] == "/alex/"
    expected = {"follow": [False], "mute": [True], "unfollow": []}[act]
    assert list(Subscription.objects.values_list("is_muted", flat=True)) == expected


def test_for_htmx_the_buttons_alone_come_back(hers):
    answer = hers.post(
        reverse("notices:follow"),
        {"act": "follow", "target": "thread:toy.post:abc", "next": "/alex/"},
        headers={"HX-Request": "true"},
    )
    text = answer.content.decode()
    assert "<html" not in text
    assert 'value="unfollow"' in text


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "", "javascript:x"])
def test_nobody_is_led_elsewhere(hers, where):
    answer = hers.post(
        reverse("notices:follow"),
        {"act": "follow", "target": "thread:toy.post:abc", "next": where},
    )
    assert answer["Location"] == "/notices/settings/"


def test_hole_3_a_followed_thread_that_she_may_not_see_has_no_name(hers, room, member):
    from house.notices import happenings

    happenings.tell("toy.asked", room.make("secret", 1), key="1", thread="toy.post:abc")
    happenings.follow(member.person.pk, "thread:toy.post:abc")
    assert "Title secret" in hers.get(reverse("notices:settings")).content.decode()
    room.hidden_from.add(member.person.pk)
    text = hers.get(reverse("notices:settings")).content.decode()
    assert "secret" not in text
    assert "A thread that you don’t see" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_many(
    hers, member, rows, django_assert_num_queries
):
    for number in range(rows):
        TopicFactory(slug=f"t{number}")
        for target in (f"topic:t{number}", f"search:word{number}", f"thread:toy.post:{number}"):
            Subscription.objects.create(person=member.person, target=target)
    hers.get(reverse("notices:settings"))
    with django_assert_num_queries(12):
        hers.get(reverse("notices:settings"))
