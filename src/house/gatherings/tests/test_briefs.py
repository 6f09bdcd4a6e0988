"""What the floor of partners hears of gatherings: a seat's brief, what is planned, a sign of life."""

import pytest
from django.utils import timezone

from house.gatherings import actions
from house.gatherings.models import Organiser, Registration
from house.gatherings.tests.making import DAY, make_event, viewer_for
from house.partners import activity, briefs, planned

pytestmark = pytest.mark.django_db


def lines(seat, viewer, title):
    sections = briefs.sections_of(seat, viewer)
    return [line.text for section in sections if section.title == title for line in section.lines]


def test_a_seat_hands_on_what_it_prepares_and_where_it_has_a_place(member, neighbour, office):
    comes, prepares = make_event(title="Zz comes"), make_event(title="Zz prepares")
    make_event(title="Zz other")
    actions.register(comes, by=viewer_for(member.person), seat="online")
    Organiser.objects.create(event=prepares, person=member.person)
    for reader in (member.person, office):
        viewer = viewer_for(reader)
        assert lines(member.seat, viewer, "gatherings to attend") == ["Zz comes"]
        assert lines(member.seat, viewer, "gatherings to prepare") == ["Zz prepares"]
    assert lines(member.seat, viewer_for(neighbour.person), "gatherings to attend") == []


def test_a_change_of_partnership_shows_the_places_that_its_people_hold(member):
    event = make_event(title="Zz comes", days=10)
    actions.register(event, by=viewer_for(member.person), seat="online")
    today = timezone.now().date()

    def told(day):
        found = planned.planned_after(member.seat.partnership, day)
        return [(each.text, each.capability) for each in found if "Zz" in each.text]

    assert told(today) == [("1 person comes: Zz comes", "gatherings.attend")]
    assert told(today + 20 * DAY) == []


def test_who_registers_gives_a_sign_of_life(member):
    actions.register(make_event(), by=viewer_for(member.person), seat="online")
    then = timezone.now() + 3 * DAY
    Registration.objects.update(made_at=then)
    sign = activity.last_signs({member.city.pk})[member.city.pk]
    assert (sign.at, sign.what) == (then, "Took part in a gathering")
