import datetime

import pytest
from django.utils import timezone

from house.access.models import JournalRow
from house.gatherings import actions, waiting
from house.gatherings.models import Event, Question, Registration, RegistrationState, State
from house.gatherings.tests.making import HOUR, make_event, make_member, states
from house.ground.errors import Forbidden, Refused
from house.notices.models import Letter
from house.partners.viewing import viewer_for

pytestmark = pytest.mark.django_db


def letters_to(person):
    return list(Letter.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def come(event, person, seat="online", **facts):
    return actions.register(event, by=viewer_for(person), seat=seat, **facts)


def test_the_first_gets_the_place_and_the_second_stands_in_line(member, neighbour):
    event = make_event(seats_online=1)

    first = come(event, member.person)
    second = come(event, neighbour.person)

    assert (first.state, second.state) == ("confirmed", "waiting")
    assert (first.city_id, second.city_id) == (member.city_id, neighbour.city_id)
    assert letters_to(member.person) == ["gatherings.registered"]
    assert letters_to(neighbour.person) == ["gatherings.waiting"]


def test_registering_twice_changes_nothing_but_the_answers(member):
    event = make_event()
    asked = Question.objects.create(event=event, text="What do you bring?")
    come(event, member.person)

    again = come(event, member.person, answers={asked.code: "Figures"}, needs=" A ramp ")

    assert states(event) == ["confirmed"]
    assert (again.answers, again.needs) == ({asked.code: "Figures"}, "A ramp")
    assert letters_to(member.person) == ["gatherings.registered"]


def test_a_question_that_must_be_answered_is_named(member):
    event = make_event()
    Question.objects.create(event=event, text="What do you bring?", is_needed=True)

    with pytest.raises(Refused, match="What do you bring"):
        come(event, member.person)


def test_a_freed_place_is_offered_to_the_first_in_line_and_to_nobody_who_comes_later(
    member, neighbour
):
    event = make_event(seats_online=1)
    first, third = make_member(member), make_member(neighbour)
    held = come(event, first)
    come(event, neighbour.person)
    actions.cancel_registration(held, by=viewer_for(first))

    late = come(event, third)

    assert states(event) == ["cancelled", "offered", "waiting"]
    assert late.state == "waiting"
    assert letters_to(neighbour.person) == ["gatherings.waiting", "gatherings.offered"]


def test_on_site_and_online_have_lines_of_their_own(member, neighbour):
    event = make_event(mode="both", seats_on_site=1, seats_online=1)
    here, there, third = member.person, neighbour.person, make_member(member)

    kinds = [
        come(event, here, "on_site").state,
        come(event, there, "on_site").state,
        come(event, third, "online").state,
    ]

    assert kinds == ["confirmed", "waiting", "confirmed"]


def test_an_offer_is_taken_until_its_deadline_and_not_after(member, neighbour):
    event = make_event(seats_online=1)
    held = come(event, member.person)
    waits = come(event, neighbour.person)
    actions.cancel_registration(held, by=viewer_for(member.person))
    Registration.objects.filter(pk=waits.pk).update(offer_until=timezone.now())

    with pytest.raises(Refused, match="not offered to you any more"):
        actions.accept_offer(waits, by=viewer_for(neighbour.person))

    Registration.objects.filter(pk=waits.pk).update(offer_until=timezone.now() + HOUR)
    assert actions.accept_offer(waits, by=viewer_for(neighbour.person)).state == "confirmed"


def test_what_nobody_takes_goes_to_the_next(member, neighbour):
    event = make_event(seats_online=1)
    last = make_member(neighbour)
    held = come(event, member.person)
    come(event, neighbour.person)
    come(event, last)
    actions.cancel_registration(held, by=viewer_for(member.person))

    assert waiting.lapse_offers() == 0
    assert waiting.lapse_offers(timezone.now() + 49 * HOUR) == 1

    assert states(event) == ["cancelled", "lapsed", "offered"]
    assert letters_to(neighbour.person)[-1] == "gatherings.lapsed"


@pytest.mark.parametrize(
    ("days_left", "hours"), [(30, 48), (4, 24), (1, 6), (1 / 24, 0.5)], ids=str
)
def test_an_offer_is_shorter_near_the_event(days_left, hours):
    now = timezone.now()
    event = Event(starts_at=now + datetime.timedelta(days=days_left), offer_hours=48)

    assert waiting.deadline(event, now) - now == pytest.approx(
        hours * HOUR, abs=datetime.timedelta(seconds=1)
    )


def test_leaving_the_line_keeps_the_others_in_order(member, neighbour):
    event = make_event(seats_online=0)
    ones = [make_member(member) for _each in range(3)]
    rows = [come(event, person) for person in ones]
    actions.cancel_registration(rows[0], by=viewer_for(ones[0]))

    event = actions.change_event(event, by=_office(), seats_online=1)

    assert states(event) == ["cancelled", "offered", "waiting"]


def test_the_office_gives_a_place_beside_the_line_only_with_a_reason(member, neighbour, office):
    event = make_event(seats_online=1)
    come(event, member.person)
    by = viewer_for(office)

    with pytest.raises(Refused, match="Say why"):
        actions.give_place(event, neighbour.person, by=by, seat="online", reason=" ")
    given = actions.give_place(event, neighbour.person, by=by, seat="online", reason="Speaks there")
    with pytest.raises(Forbidden):
        actions.give_place(
            event, neighbour.person, by=viewer_for(member.person), seat="online", reason="Mine"
        )

    assert (given.state, given.is_beyond) == ("confirmed", True)
    row = JournalRow.objects.get(act="gatherings.give_place")
    assert (row.reason, row.facts["registration"]) == ("Speaks there", given.code)


def test_who_lost_the_right_is_passed_over_and_keeps_her_place_in_line(member, neighbour):
    event = make_event(seats_online=1)
    last = make_member(member)
    first = come(event, member.person)
    passed = come(event, neighbour.person)
    come(event, last)
    neighbour.person.is_active = False
    neighbour.person.save()

    actions.cancel_registration(first, by=viewer_for(member.person))

    passed.refresh_from_db()
    assert passed.state == RegistrationState.WAITING
    assert states(event) == ["cancelled", "waiting", "offered"]


def test_an_associate_reads_the_programme_and_is_told_why_she_cannot_register(associate):
    event = make_event()
    viewer = viewer_for(associate.person)

    assert Event.objects.visible_to(viewer).filter(pk=event.pk).exists()
    with pytest.raises(Forbidden, match="does not include this"):
        come(event, associate.person)


def test_who_is_not_of_its_audience_cannot_register(member, neighbour):
    event = make_event(audience="city", city=member.city)

    with pytest.raises(Forbidden):
        come(event, neighbour.person)


def test_a_cancelled_event_tells_everybody_and_offers_nothing(member, neighbour):
    event = make_event(seats_online=1)
    held = come(event, member.person)
    come(event, neighbour.person)

    actions.cancel_event(event, by=_office(), reason="The hall is flooded")
    actions.cancel_registration(held, by=viewer_for(member.person))

    event.refresh_from_db()
    assert (event.state, event.sequence) == (State.CANCELLED, 1)
    assert letters_to(neighbour.person) == ["gatherings.waiting", "gatherings.cancelled"]
    assert states(event) == ["cancelled", "waiting"]


def test_closed_registration_says_so(member):
    event = make_event(registration_until=timezone.now())

    with pytest.raises(Refused, match="closed"):
        come(event, member.person)


def _office():
    from tests.factories import PersonFactory

    return viewer_for(PersonFactory(is_office=True))
