"""The topic market: cities count, alike topics meet, and every decision is told."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from house.gatherings.market import actions, queries
from house.gatherings.market.actions import Decision, Wish
from house.gatherings.models import Suggestion, Support
from house.ground.errors import Forbidden, Refused
from house.notices.models import Notice
from house.partners.viewing import viewer_for
from house.people.erasure import erase
from house.people.tokens import issue_token
from house.retrieval import outbox
from tests.factories import PersonFactory, SeatFactory


def suggest(seated, title="How do you count bicycles that nobody docked?", **facts):
    return actions.suggest_topic(Wish(title, "seminar", **facts), by=viewer_for(seated.person))


def cities(topic):
    return set(Support.objects.filter(suggestion=topic).values_list("city", flat=True))


@pytest.mark.django_db
def test_a_topic_has_the_city_of_whoever_suggests_it_behind_it(member, neighbour):
    topic = suggest(member)
    assert cities(topic) == {"aaa"}
    actions.support_topic(topic, by=viewer_for(neighbour.person))
    actions.support_topic(topic, by=viewer_for(neighbour.person))
    assert cities(topic) == {"aaa", "bbb"}
    actions.withdraw_support(topic, by=viewer_for(member.person))
    assert cities(topic) == {"bbb"}


@pytest.mark.django_db
def test_two_of_one_city_are_one_city(member):
    topic = suggest(member)
    colleague = SeatFactory(partnership=member.seat.partnership).person
    actions.support_topic(topic, by=viewer_for(colleague))
    assert Support.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(suggestion=topic, city=member.city)


@pytest.mark.django_db
def test_associates_and_guests_read_or_do_not_and_never_support(member, associate, office):
    topic = suggest(member)
    for person in (associate.person, PersonFactory()):
        with pytest.raises(Forbidden):
            actions.support_topic(topic, by=viewer_for(person))
    seen = [
        Suggestion.objects.visible_to(viewer_for(person)).exists()
        for person in (associate.person, office, PersonFactory())
    ]
    assert seen == [True, True, False]
    with pytest.raises(Forbidden, match="for a city"):
        actions.support_topic(topic, by=viewer_for(office))


@pytest.mark.django_db
def test_every_decision_is_told_to_those_behind_it_and_says_why_or_where(member, neighbour, office):
    topic, by = suggest(member), viewer_for(office)
    actions.support_topic(topic, by=viewer_for(neighbour.person))
    for decision, word in (
        (Decision("declined"), "why"), (Decision("planned"), "where"), (Decision("merged"), "becomes"),
        (Decision("planned", url="javascript:x"), "https"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=word):
            actions.decide_topic(topic, decision, by=by)
    with pytest.raises(Forbidden):
        actions.decide_topic(topic, Decision("done"), by=viewer_for(member.person))

    for decision in (Decision("planned", url="/gatherings/"), Decision("done", url="/gatherings/")):
        actions.decide_topic(topic, decision, by=by)
        actions.decide_topic(topic, decision, by=by)
    actions.decide_topic(topic, Decision("declined", reason="The summit is full."), by=by)
    for person in (member.person, neighbour.person):
        kinds = Notice.objects.filter(person=person).values_list("happening__kind", flat=True)
        assert sorted(kinds) == [
            f"gatherings.topic_{name}" for name in ("declined", "done", "planned")
        ]
    with pytest.raises(Refused, match="settled"):
        actions.support_topic(topic, by=viewer_for(member.person))


@pytest.mark.django_db
def test_supporters_move_along_and_back(member, neighbour, office):
    one, other, by = (
        suggest(member),
        suggest(neighbour, "Counting bikes in the street"),
        viewer_for(office),
    )
    actions.merge_topic(other, into=one, by=by)
    assert cities(one) == {"aaa", "bbb"}
    assert queries.wanted(viewer_for(member.person)).get() == one
    kept = actions.support_topic(other, by=viewer_for(neighbour.person))
    assert kept.suggestion == one
    actions.undo_merge(other, by=by)
    assert (cities(one), cities(other), other.state) == ({"aaa"}, {"bbb"}, "open")
    with pytest.raises(Refused, match="itself"):
        actions.merge_topic(one, into=one, by=by)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["support", "withdraw", "merge", "undo"]),
        st.integers(0, 2), st.integers(0, 2), st.integers(0, 2),
    ),
    max_size=12,
)  # fmt: skip


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
@example(steps=[("withdraw", 0, 2, 0), ("merge", 0, 0, 1), ("merge", 0, 1, 2), ("undo", 0, 1, 0)])
def test_behind_a_topic_stand_its_own_cities_and_those_of_what_went_into_it(
    member, neighbour, office, steps
):
    """A plain model beside it: who said so where, and what went into what."""
    with transaction.atomic():
        third = SeatFactory()
        people = [member.person, neighbour.person, third.person]
        codes = ["aaa", "bbb", third.partnership.city_id]
        topics = [
            actions.suggest_topic(Wish(f"Topic {n}", "seminar"), by=viewer_for(member.person))
            for n in range(3)
        ]
        said, into = [{"aaa"} for _each in topics], {}
        for verb, who, which, where in steps:
            try:
                _do(verb, people[who], topics, which, where, office)
            except Refused:
                continue
            root = which
            while root in into:
                root = into[root]
            if verb == "support" and not any(codes[who] in said[n] for n in _below(root, into)):
                said[root].add(codes[who])
            elif verb == "withdraw":
                for number in _below(root, into):
                    said[number].discard(codes[who])
            elif verb == "merge":
                into[which] = where
            elif verb == "undo":
                into.pop(which, None)
        for number, topic in enumerate(topics):
            if number not in into:
                assert cities(topic) == set().union(*(said[n] for n in _below(number, into)))
        transaction.set_rollback(True)


def _do(verb, person, topics, which, where, office):
    topic = Suggestion.objects.get(pk=topics[which].pk)
    if verb == "support":
        actions.support_topic(topic, by=viewer_for(person))
    elif verb == "withdraw":
        actions.withdraw_support(topic, by=viewer_for(person))
    elif verb == "merge":
        actions.merge_topic(
            topic, into=Suggestion.objects.get(pk=topics[where].pk), by=viewer_for(office)
        )
    else:
        actions.undo_merge(topic, by=viewer_for(office))


def _below(root, into):
    return [
        number for number in range(3) if _root(number, into) == root or _leads(number, root, into)
    ]


def _root(number, into):
    while number in into:
        number = into[number]
    return number


def _leads(number, root, into):
    while number in into:
        number = into[number]
        if number == root:
            return True
    return False


@pytest.mark.django_db
def test_erasure_keeps_the_topic_and_the_city_behind_it(member):
    from django.utils import timezone

    topic = suggest(member)
    member.person.erase_after = timezone.now()
    member.person.save()
    erase(member.person.pk)
    topic.refresh_from_db()
    assert (topic.suggested_by, cities(topic)) == (None, {"aaa"})


# -- Pages -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_alike_is_shown_before_anything_is_saved(client, member, neighbour, settings):
    settings.EMBEDDINGS_URL = "none"
    topic = suggest(neighbour, "Counting bicycles that nobody docked")
    outbox.drain()
    client.force_login(member.person)
    data = {"title": "Counting bicycles nobody docked", "target": "summit", "language": "en"}
    shown = client.post(reverse("gatherings:topic_market_new"), data)
    assert topic.title in shown.content.decode()
    assert "Before it is saved" in shown.content.decode()
    assert Suggestion.objects.count() == 1
    part = client.get(reverse("gatherings:topic_market_alike"), {"title": data["title"]})
    assert topic.title in part.content.decode()

    client.post(reverse("gatherings:topic_market_support", args=[topic.code]), {"act": "support"})
    assert cities(topic) == {"aaa", "bbb"}
    assert (
        client.post(reverse("gatherings:topic_market_new"), {**data, "seen": "1"}).status_code
        == 302
    )
    assert (
        client.post(reverse("gatherings:topic_market_new"), {**data, "title": ""}).status_code
        == 422
    )


@pytest.mark.django_db
def test_the_market_sorts_by_cities_and_tells_which(client, member, neighbour, associate):
    wanted, other = (
        suggest(member, "Zzwanted"),
        suggest(member, "Zznewest", text="<script>x</script>"),
    )
    actions.support_topic(wanted, by=viewer_for(neighbour.person))
    client.force_login(associate.person)
    page = client.get(reverse("gatherings:topic_market")).content.decode()
    assert page.index("Zzwanted") < page.index("Zznewest")
    assert "City bbb" in page
    assert "<script>x" not in page
    assert member.person.name not in page.replace(associate.person.name, "")
    newest = client.get(
        reverse("gatherings:topic_market"), {"sort": "new", "state": "';--"}
    ).content.decode()
    assert newest.index("Zznewest") < newest.index("Zzwanted")
    assert (
        "Zzwanted"
        not in client.get(reverse("gatherings:topic_market"), {"state": "done"}).content.decode()
    )
    assert (
        client.post(reverse("gatherings:topic_market_support", args=[other.code])).status_code
        == 403
    )


@pytest.mark.django_db
def test_the_office_decides_merges_and_undoes(client, member, neighbour, office):
    one, other = suggest(member, "Zzone"), suggest(neighbour, "Zzother")
    client.force_login(office)
    assert "Zzone" in client.get(reverse("gatherings:topic_market_desk")).content.decode()
    decide = reverse("gatherings:topic_market_decide", args=[one.code])
    refused = client.post(decide, {"state": "declined", "reason": ""})
    assert refused.status_code == 422
    assert "the cities behind it will ask" in refused.content.decode()
    merge = reverse("gatherings:topic_market_merge", args=[other.code])
    assert client.get(merge).status_code == 200
    client.post(merge, {"into": one.code})
    led = client.get(reverse("gatherings:topic_market_topic", args=[other.code]))
    assert led.url == one.get_absolute_url()
    assert "Zzother" in client.get(one.get_absolute_url()).content.decode()
    client.post(merge, {"act": "undo"})
    assert cities(one) == {"aaa"}
    client.post(decide, {"state": "planned", "url": "https://example.org/x"})
    one.refresh_from_db()
    assert one.state == "planned"


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_market_asks_a_constant_number_of_queries(
    client, member, rows, django_assert_num_queries
):
    for number in range(rows):
        suggest(member, f"Topic {number}")
    client.force_login(member.person)
    client.get(reverse("gatherings:topic_market"))
    with django_assert_num_queries(10):
        client.get(reverse("gatherings:topic_market"))


@pytest.mark.django_db
def test_programs_suggest_support_and_withdraw(client, member, neighbour, associate):
    def call(person, method, address, **body):
        headers = {"Authorization": f"Bearer {issue_token(person.person)}"}
        data = (
            {"data": json.dumps(body), "content_type": "application/json"}
            if method == "post"
            else {}
        )
        return getattr(client, method)(f"/api/v1/suggestions{address}", headers=headers, **data)

    assert call(associate, "post", "", title="No").status_code == 403
    made = call(member, "post", "", title="Counting bikes").json()
    supported = call(neighbour, "post", f"/{made['id']}/support").json()
    assert [city["code"] for city in supported["cities"]] == ["aaa", "bbb"]
    assert call(associate, "get", "").json()["items"][0]["title"] == "Counting bikes"
    left = call(member, "delete", f"/{made['id']}/support").json()
    assert [city["code"] for city in left["cities"]] == ["bbb"]
    assert call(member, "post", "", target="seminar").status_code == 422


@pytest.mark.django_db
def test_ones_desk_shows_open_topics_that_ones_city_is_not_behind(member, neighbour):
    mine, hers = suggest(member, "Mine"), suggest(neighbour, "Hers")
    assert queries.open_for(viewer_for(member.person)) == [hers]
    assert queries.open_for(viewer_for(neighbour.person)) == [mine]
