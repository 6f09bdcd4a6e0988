"""Whom a question is put to: through the asker's doors, with her consent, one press each."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from house.access.models import JournalRow
from house.agora import actions
from house.agora.actions import routing
from house.agora.models import Invitation, Post, Route, Willingness
from house.agora.routing import reading
from house.agora.routing.invited import invited
from house.agora.routing.moving import move_on
from house.agora.routing.proposing import propose
from house.agora.routing.reading import Asking
from house.ground.errors import Forbidden, Refused
from house.notices.models import Choice, Happening, How, Notice, Rhythm
from house.partners.viewing import viewer_for
from house.retrieval import offers, outbox
from tests.factories import (
    CityFactory,
    PartnershipFactory,
    PersonFactory,
    SeatFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
HELP = "Parking zones for shared bikes, fines for operators"
ASK = ("How do you fine operators of shared bikes?", "Shared bikes are parked everywhere.")


@pytest.fixture
def alliance(member, associate):
    """An asker, and four people of other cities who say that they can help."""
    topic = TopicFactory(slug="bike-sharing")
    people = []
    for number in range(4):
        city = CityFactory(code=f"p{number}")
        person = PersonFactory(city=city, can_help_with=HELP, languages=["en", "nl"])
        person.topics.set([topic])
        SeatFactory(partnership=PartnershipFactory(city=city), person=person)
        people.append(person)
    post = actions.write_post(
        "question", *ASK, by=viewer_for(member.person), topics=[topic.pk], language="en"
    )
    return SimpleNamespace(asker=member.person, people=people, post=post, topic=topic)


def by(person):
    return viewer_for(person)


def ask(alliance, *persons, **facts):
    return routing.invite_peers(
        alliance.post, [person.pk for person in persons], by=by(alliance.asker), **facts
    )


def test_three_are_proposed_with_reasons(alliance):
    found = propose(alliance.post, viewer=by(alliance.asker))

    assert len(found) == 3
    assert {each.person for each in found} <= set(alliance.people)
    assert "Says that she can help with this." in {told.text for told in found[0].reasons}
    assert found == propose(alliance.post, viewer=by(alliance.asker))


def test_what_somebody_keeps_back_speaks_neither_for_nor_against_her(alliance):
    for person in alliance.people:
        person.withheld = ["can_help_with", "topics"]
        person.save()

    assert propose(alliance.post, viewer=by(alliance.asker)) == []


def test_unlisted_away_full_and_reading_people_are_not_proposed(alliance, associate):
    unlisted, away, full, left = alliance.people
    unlisted.is_listed = False
    unlisted.save()
    today = timezone.now().date()
    routing.set_willingness(by=by(away), per_month=5, away_until=today + datetime.timedelta(days=3))
    routing.set_willingness(by=by(full), per_month=0, away_until=None)
    associate.person.can_help_with = HELP
    associate.person.save()

    assert [each.person for each in propose(alliance.post, viewer=by(alliance.asker))] == [left]


DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("leaves", "back", "is_asked"),
    [
        (-DAY, 3 * DAY, False),
        (-DAY, None, False),
        (-9 * DAY, -2 * DAY, True),
        (4 * DAY, None, True),
    ],
)
def test_who_is_away_for_her_notices_is_not_asked_until_she_is_back(
    alliance, leaves, back, is_asked
):
    away, *_rest = alliance.people
    today = timezone.now().date()
    Rhythm.objects.create(person=away, away_from=today + leaves, away_until=back and today + back)

    found = propose(alliance.post, viewer=by(alliance.asker), count=9)

    assert (away in {each.person for each in found}) is is_asked


def test_who_wants_to_hear_of_no_invitation_gets_none(alliance):
    silent, *_rest = alliance.people
    Choice.objects.create(person=silent, kind="agora.invited", how=How.OFF)

    found = propose(alliance.post, viewer=by(alliance.asker), count=9)

    assert {each.person for each in found} == set(alliance.people) - {silent}


def test_an_answer_that_solved_it_is_a_reason_only_where_she_signed(alliance, neighbour):
    first, second, *_rest = alliance.people
    earlier = actions.write_post(
        "question", "Fines for shared bikes", "Which fines do you take?", by=by(neighbour.person),
        language="en",
    )  # fmt: skip
    signed = actions.answer(earlier, "Fines of 50 a bike.", by=by(first))
    actions.answer(earlier, "Fines of 70 a bike.", by=by(second), candour="city")
    actions.accept_answer(signed, by=by(neighbour.person))
    outbox.drain()
    found = {each.person: each for each in propose(alliance.post, viewer=by(alliance.asker))}

    assert "accepted" in {told.kind for told in found[first].reasons}
    assert all(
        "answered" not in {told.kind for told in each.reasons}
        for person, each in found.items()
        if person == second
    )


def test_who_is_asked_hears_of_it_and_nobody_else_sees_it(alliance, neighbour, office):
    first = alliance.people[0]
    (made,) = ask(alliance, first)

    assert set(Notice.objects.values_list("person", "reason", "is_direct")) >= {
        (first.pk, "invited", True)
    }
    assert Happening.objects.get(kind="agora.invited").actor is None
    assert invited([made.pk], by(first))[made.pk].url == f"/agora/invitations/{made.code}/"
    for person in (neighbour.person, alliance.asker, alliance.people[1]):
        assert invited([made.pk], by(person)) == {}
    assert not Invitation.objects.visible_to(by(neighbour.person)).exists()
    assert Invitation.objects.visible_to(by(office)).exists()


def test_only_the_asker_invites_and_only_whom_the_house_proposes(alliance, neighbour, associate):
    with pytest.raises(Forbidden):
        routing.invite_peers(alliance.post, [alliance.people[0].pk], by=by(neighbour.person))
    with pytest.raises(Refused):
        ask(alliance, associate.person)
    with pytest.raises(Refused):
        ask(alliance)
    assert not Invitation.objects.exists()


def test_who_answers_has_done_it(alliance):
    first = alliance.people[0]
    (made,) = ask(alliance, first)
    routing.accept_invitation(made, by=by(first))
    assert made.answer_by > timezone.now() + datetime.timedelta(days=6)

    said = actions.answer(alliance.post, "Fifty a bike.", by=by(first))

    made.refresh_from_db()
    assert (made.state, made.answer) == ("answered", said)


def test_who_declines_is_followed_by_the_next_and_her_reason_stays_hers(alliance):
    first, *others = alliance.people
    (made,) = ask(alliance, first)

    routing.decline_invitation(made, by=by(first), why="On leave for a year")

    (following,) = Invitation.objects.exclude(pk=made.pk)
    assert following.person in others
    assert not JournalRow.objects.filter(facts__icontains="leave").exists()
    assert "leave" not in str(list(Happening.objects.values()))


def test_it_goes_on_to_the_next_then_to_an_expert_then_the_office_sees_it(alliance):
    expert = PersonFactory(is_expert=True)
    ask(alliance, *(each.person for each in propose(alliance.post, viewer=by(alliance.asker))))
    later = timezone.now()
    for _round in range(4):
        later += datetime.timedelta(days=6)
        move_on(later)
        Invitation.objects.filter(state="asked").update(answer_by=later)

    states = dict(Invitation.objects.values_list("person", "state"))
    assert set(states) == {*(person.pk for person in alliance.people), expert.pk}
    assert Invitation.objects.get(person=expert).went_on
    assert Route.objects.get().state == "stuck"
    assert Notice.objects.filter(person=alliance.asker, happening__kind="agora.stuck").exists()
    assert move_on(later) == 0


def test_without_her_consent_nobody_else_is_asked(alliance):
    (made,) = ask(alliance, alliance.people[0], goes_on=False)

    routing.decline_invitation(made, by=by(alliance.people[0]))

    assert Invitation.objects.count() == 1
    assert Route.objects.get().state == "stuck"


def test_whom_she_took_off_the_list_is_never_asked(alliance):
    first, second, third, fourth = alliance.people
    (made,) = ask(alliance, first, without=[second.pk, third.pk])

    routing.decline_invitation(made, by=by(first))

    assert set(Invitation.objects.values_list("person", flat=True)) == {first.pk, fourth.pk}


def test_what_is_settled_needs_nobody_any_more(alliance):
    ask(alliance, *alliance.people[:2])
    said = actions.answer(alliance.post, "Fifty.", by=by(alliance.people[3]))
    actions.accept_answer(said, by=by(alliance.asker))

    move_on()

    assert set(Invitation.objects.values_list("state", flat=True)) == {"settled"}
    assert (
        invited(list(Invitation.objects.values_list("pk", flat=True)), by(alliance.people[0])) == {}
    )


def test_it_is_passed_on_to_a_colleague_of_the_same_city(alliance):
    first, second, *_rest = alliance.people
    colleague = PersonFactory(city=first.city)
    SeatFactory(partnership=PartnershipFactory(city=first.city), person=colleague)
    (made,) = ask(alliance, first)

    with pytest.raises(Forbidden):
        routing.pass_on(made, second, by=by(first))
    with pytest.raises(Forbidden):
        routing.accept_invitation(made, by=by(second))
    passed = routing.pass_on(made, colleague, by=by(first))

    assert (passed.person, passed.passed_by, made.state) == (colleague, first, "passed_on")


@pytest.mark.parametrize("candour", ["sealed", "described"])
def test_nothing_of_a_hidden_asker_reaches_whom_she_asks(alliance, candour):
    """Neither reasons nor order change with where she is, and her colleagues are not spared either."""
    asker = alliance.asker
    asking = Asking("\n".join(ASK), "en", candour, frozenset({alliance.topic.pk}))
    before = propose(asking, viewer=by(asker), count=9)
    asker.time_zone, asker.languages = "Asia/Seoul", ["ko"]
    asker.save()
    asker.city.country, asker.city.terrain = "KR", ["harbour"]
    asker.city.save()

    after = propose(asking, viewer=by(asker), count=9)

    assert [(e.person, e.score, e.reasons) for e in before] == [
        (e.person, e.score, e.reasons) for e in after
    ]
    kinds = {told.kind for each in after for told in each.reasons}
    assert not kinds & {"like", "hours"}


def test_the_page_of_a_hidden_asker_names_her_to_nobody(alliance, client_factory):
    first = alliance.people[0]
    post = Post.objects.get()
    Post.objects.update(candour="sealed", shown_city=None)
    post.refresh_from_db()
    own = client_factory(alliance.asker).get(f"/agora/{post.code}/ask/").content.decode()
    assert "nothing was compared with your city" in own
    (made,) = routing.invite_peers(post, [first.pk], by=by(alliance.asker))

    page = client_factory(first).get(f"/agora/invitations/{made.code}/").content.decode()

    assert alliance.asker.name not in page
    assert alliance.asker.city.name not in page
    assert "A city of the alliance" in page
    told = invited([made.pk], by(first))[made.pk]
    assert told.credit == "A city of the alliance"


def test_the_pages_ask_answer_pass_on_and_decline(alliance, client_factory):
    browser = client_factory(alliance.asker)
    address = f"/agora/{alliance.post.code}/ask/"
    page = browser.get(address).content.decode()
    assert "Says that she can help with this." in page
    shown = [person for person in alliance.people if f'value="{person.code}" checked' in page]
    swapped = browser.post(address, {"take_off": shown[0].code}).content.decode()
    assert f'value="{shown[0].code}" checked' not in swapped
    browser.post(address, {"invite": "1", "person": [shown[1].code], "goes_on": "1"})
    (made,) = Invitation.objects.all()
    assert made.person == shown[1]

    hers = client_factory(shown[1])
    assert alliance.post.title in hers.get("/agora/invitations/").content.decode()
    place = f"/agora/invitations/{made.code}/"
    assert client_factory(shown[0]).get(place).status_code == 404
    assert hers.get(place).status_code == 200  # looking changes nothing
    made.refresh_from_db()
    assert made.state == "asked"
    assert hers.post(place, {"do": "pass_on", "colleague": "nobody"}).status_code == 422
    assert hers.post(place, {"do": "accept"}).status_code == 302
    assert "Will answer" in browser.get(f"/agora/{alliance.post.code}/").content.decode()
    hers.post(place, {"do": "decline", "why": "A secret reason"})
    page = browser.get(address).content.decode()
    assert "A secret reason" not in page
    assert hers.post("/agora/invitations/", {"per_month": "31"}).status_code == 422
    hers.post("/agora/invitations/", {"per_month": "1", "away_until": ""})
    assert Willingness.objects.get().per_month == 1


def test_proposing_takes_as_many_queries_for_many_as_for_few(
    alliance, django_assert_max_num_queries
):
    viewer = by(alliance.asker)
    propose(alliance.post, viewer=viewer)
    for number in range(6):
        city = CityFactory(code=f"q{number}")
        person = PersonFactory(city=city, can_help_with=HELP)
        SeatFactory(partnership=PartnershipFactory(city=city), person=person)

    with django_assert_max_num_queries(26):
        assert len(propose(alliance.post, viewer=viewer)) == 3


def test_the_office_sees_what_waits_by_age(alliance, office, client_factory):
    page = client_factory(office).get("/agora/waiting/").content.decode()
    assert alliance.post.title in page
    assert "Put to nobody yet" in page
    ask(alliance, alliance.people[0])
    assert "1 person asked" in client_factory(office).get("/agora/waiting/").content.decode()


def test_signed_answers_on_the_topic_speak_for_her_in_whatever_words(alliance, neighbour):
    first, second, third, _fourth = alliance.people
    earlier = actions.write_post(
        "question", "Fietsvlonders", "Wie heeft er een?", by=by(neighbour.person),
        topics=[alliance.topic.pk], language="nl",
    )  # fmt: skip
    solving = actions.answer(earlier, "Wij.", by=by(first))
    actions.answer(earlier, "Wij ook.", by=by(second))
    actions.answer(earlier, "Hier ook.", by=by(third), candour="city")
    actions.accept_answer(solving, by=by(neighbour.person))
    found = {
        each.person: each for each in propose(alliance.post, viewer=by(alliance.asker), count=9)
    }

    assert [*found][:2] == [first, second]
    facts = {
        person: [each.facts for each in proposal.choice.reasons if each.kind == "in_topic"]
        for person, proposal in found.items()
    }
    assert facts[second] == [{"solved": 0, "answered": 1}]
    assert facts[third] == []


def test_who_did_not_answer_a_like_question_stands_behind_who_was_not_asked(alliance, neighbour):
    first, *_rest = alliance.people
    like = actions.write_post("question", *ASK, by=by(neighbour.person), language="en")
    outbox.drain()
    Invitation.objects.create(
        post=like, person=first, state="declined", answer_by=timezone.now(),
        asked_at=timezone.now() - 400 * DAY,
    )  # fmt: skip

    found = propose(alliance.post, viewer=by(alliance.asker), count=9)

    assert found[-1].person == first
    assert "declined" not in {each.kind for each in found[-1].reasons}


@pytest.mark.model
def test_who_wrote_and_offers_the_like_in_another_language_is_found_by_meaning(alliance, settings):
    """No word in common, no topic: only what it means, in her text for one and in her offer for another."""
    settings.EMBEDDINGS_URL = ""
    writer, offering, *_others = alliance.people
    for person in alliance.people:
        person.topics.clear()
        person.can_help_with = ""
    offering.can_help_with = "Bußgelder für Betreiber von Leihfahrrädern, die überall herumstehen."
    elsewhere = [
        "Wohnungstausch für ältere Menschen.", "Lärm in der Nacht vor Gaststätten.",
        "Bäume an heißen Plätzen.", "Öffnungszeiten von Bibliotheken.", "Märkte für Handwerk.",
        "Werkzeuge leihen statt kaufen.", "Kurse in digitalen Grundlagen.", "Solardächer auf Schulen.",
        "Beteiligung von Jugendlichen am Haushalt.", "Streit unter Nachbarn schlichten.",
        "Tafeln und Lebensmittel.", "Hitzeplan für Pflegeheime.", "Gebühren für Marktstände.",
    ]  # fmt: skip
    for number, said in enumerate(elsewhere):
        city = CityFactory(code=f"e{number}")
        person = PersonFactory(city=city, can_help_with=said, languages=["en", "de"])
        SeatFactory(partnership=PartnershipFactory(city=city), person=person)
        actions.write_post("success", said, f"So war es: {said}", by=by(person), language="de")
    for person in alliance.people:
        person.save()
    actions.write_post(
        "success", "Bußgelder für Betreiber von Leihfahrrädern",
        'Wir verhängen "Strafen" gegen Firmen, deren Leihfahrräder -überall- herumstehen.',
        by=by(writer), language="de", candour="person",
    )  # fmt: skip
    alliance.post.delete()  # its words are those that are asked again: nothing else would seem near
    outbox.drain()
    outbox.embed_pending()
    offers.keep(reading.offered_texts())
    post = actions.write_post("question", *ASK, by=by(alliance.asker), topics=[], language="en")

    found = {each.person: each for each in propose(post, viewer=by(alliance.asker))}
    assert {writer, offering} <= found.keys()
    assert "asked" in {each.kind for each in found[writer].choice.reasons}
    assert "says" in {each.kind for each in found[offering].choice.reasons}


def test_what_is_kept_back_is_not_embedded(alliance):
    _first, second, *_rest = alliance.people
    second.can_help_with, second.withheld = "Mine alone", ["can_help_with"]
    second.save()

    assert HELP in reading.offered_texts()
    assert "Mine alone" not in reading.offered_texts()


def test_quotation_marks_in_a_question_ask_for_nothing(alliance, neighbour):
    first, *_rest = alliance.people
    actions.write_post(
        "success",
        "Fines for operators of shared bikes",
        "We fine them.",
        by=by(first),
        language="en",
        candour="person",
    )
    outbox.drain()
    post = actions.write_post(
        "question", "How to fine operators of shared bikes?", 'Politely, or "strictly"?',
        by=by(alliance.asker), language="en",
    )  # fmt: skip

    found = {each.person: each for each in propose(post, viewer=by(alliance.asker), count=9)}

    assert "asked" in {each.kind for each in found[first].choice.reasons}
