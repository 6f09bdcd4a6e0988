"""What a city says of itself: who may read it, who may write it, and what two at once can't do."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from house.access.models import JournalRow
from house.ground.errors import Forbidden
from house.partners.actions import welcome as verbs
from house.partners.models import CityProfile, Seat
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory, TopicFactory

pytestmark = pytest.mark.django_db
PAGE, EDIT = "/partnership/welcome/", "/partnership/welcome/edit/"
TOLD = {
    "version": 0,
    "interests": "Canary interests",
    "challenges": "Canary challenges",
    "strengths": "Canary strengths",
    "languages": ["nl"],
    "audience": "alliance",
}


@pytest.fixture
def coordinator(member):
    Seat.objects.filter(pk=member.seat.pk).update(kind=Seat.Kind.COORDINATOR)
    return member


def told(audience="alliance", **facts):

    return CityProfile.objects.create(
        audience=audience, challenges="Canary challenges", saved_at=timezone.now(), **facts
    )


# -- Who reads it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("audience", "saved", "readers"),
    [
        ("alliance", True, {"own", "neighbour", "office", "curator"}),
        ("public", True, {"own", "neighbour", "office", "curator", "guest", "visitor"}),
        ("public", False, {"own", "office"}),
    ],
)
def test_a_profile_is_seen_by_whom_the_city_chose(
    client_factory, member, neighbour, office, curator, audience, saved, readers
):
    profile = told(audience, city=member.city)
    if not saved:
        CityProfile.objects.update(saved_at=None)
    people = {
        "own": member.person, "neighbour": neighbour.person, "office": office, "curator": curator,
        "guest": PersonFactory(), "visitor": None,
    }  # fmt: skip

    by_door = {
        who
        for who, person in people.items()
        if CityProfile.objects.visible_to(
            viewer_for(person) if person else viewer_for(_nobody())
        ).filter(pk=profile.pk)
    }
    by_page = {
        who
        for who, person in people.items()
        if "Canary challenges"
        in client_factory(person).get(member.city.get_absolute_url()).content.decode()
    }

    assert by_door == readers
    assert by_page == (readers if saved else set())


def _nobody():

    return AnonymousUser()


def test_another_citys_guide_is_absent(client, member, neighbour):
    told(city=member.city)
    client.force_login(neighbour.person)

    assert client.get(f"{PAGE}?city={member.city.slug}").status_code == 404
    assert "Canary" not in client.get(PAGE).content.decode()


# -- Who writes it --------------------------------------------------------------------------------


def test_a_coordinator_writes_and_a_member_reads(client_factory, coordinator):
    TopicFactory(slug="mobility")
    colleague = PersonFactory()
    Seat.objects.create(
        partnership=coordinator.seat.partnership, person=colleague, kind="member", title="x"
    )
    hers, his = client_factory(coordinator.person), client_factory(colleague)

    assert his.post(EDIT, TOLD).status_code == 403
    assert hers.post(EDIT, {**TOLD, "topics": ["mobility"]}).status_code == 302

    profile = CityProfile.objects.get()
    assert (profile.challenges, profile.languages, profile.version) == (
        "Canary challenges",
        ["nl"],
        1,
    )
    assert [topic.pk for topic in profile.topics.all()] == ["mobility"]
    page = his.get(PAGE).content.decode()
    assert "Canary strengths" in page
    assert "<textarea" not in page
    assert JournalRow.objects.get(act="city_profile.shown").facts["audience"] == "alliance"


@pytest.mark.parametrize(
    ("changed"),
    [
        {"audience": "private"},
        {"audience": "city"},
        {"topics": ["nonsense"]},
        {"languages": ["xx"]},
        {"challenges": "x" * 3001},
    ],
)
def test_a_refused_profile_keeps_every_word(client, coordinator, changed):
    client.force_login(coordinator.person)

    response = client.post(EDIT, {**TOLD, **changed})

    assert response.status_code == 422
    assert "Canary strengths" in response.content.decode()
    assert not CityProfile.objects.filter(saved_at__isnull=False).exists()


def test_markup_and_turned_text_are_only_text(client, coordinator):
    client.force_login(coordinator.person)
    client.post(EDIT, {**TOLD, "challenges": "<script>x</script>\u202eevil", "audience": "public"})

    page = client.get(coordinator.city.get_absolute_url()).content.decode()

    assert "&lt;script&gt;x&lt;/script&gt;evil" in page


def test_of_two_who_write_at_once_nobody_overwrites_unseen(client, coordinator):
    client.force_login(coordinator.person)
    client.post(EDIT, TOLD)

    late = client.post(EDIT, {**TOLD, "challenges": "Late words"})

    page = late.content.decode()
    assert late.status_code == 409
    assert CityProfile.objects.get().challenges == "Canary challenges"
    assert "Canary challenges" in page
    assert "Late words" in page
    client.post(EDIT, {**TOLD, "challenges": "Late words", "version": 1})
    assert CityProfile.objects.get().challenges == "Late words"


def test_the_verbs_ask_for_themselves(member, neighbour):
    stranger = viewer_for(neighbour.person)

    with pytest.raises(Forbidden):
        verbs.put_away(member.city, by=stranger, is_away=True)
    with pytest.raises(Forbidden):
        verbs.leave_part(member.city, "topics", by=stranger, for_later=True)
    assert not CityProfile.objects.exists()


def test_parts_are_left_for_later_and_the_guide_is_put_away(client, coordinator):
    client.force_login(coordinator.person)
    address = "/partnership/welcome/guide/"

    client.post(address, {"act": "later:topics"})
    client.post(address, {"act": "away"})
    profile = CityProfile.objects.get()
    assert (profile.skipped, profile.dismissed_at is None) == (["topics"], False)

    client.post(address, {"act": "now:topics"})
    client.post(address, {"act": "back"})
    profile.refresh_from_db()
    assert (profile.skipped, profile.dismissed_at) == ([], None)
    assert client.post(address, {"act": "later:nonsense"}).status_code == 409


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_a_constant_number_of_queries(
    client, coordinator, django_assert_num_queries, number
):
    profile = told(city=coordinator.city)
    profile.topics.set([TopicFactory() for _each in range(number)])
    client.force_login(coordinator.person)
    client.get(PAGE)

    with django_assert_num_queries(11):
        client.get(PAGE)
