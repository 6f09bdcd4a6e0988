import pytest
from django.core.checks import run_checks

from house.access.viewer import VISITOR
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory


def test_every_guarded_model_has_a_door():
    assert run_checks(tags=["access"]) == []


@pytest.mark.django_db
def test_viewer_of_a_member_reads_alliance_and_own_city(member):
    viewer = viewer_for(member.person)
    assert viewer.tokens == {"public", "alliance", "city:aaa", f"person:{member.person.pk}"}
    assert viewer.level == "partner"


@pytest.mark.django_db
def test_suspended_person_is_a_visitor(member):
    member.person.is_active = False
    assert viewer_for(member.person) == VISITOR


@pytest.mark.django_db
def test_guest_reads_only_the_public_and_herself():
    guest = PersonFactory()
    assert viewer_for(guest).tokens == {"public", f"person:{guest.pk}"}
