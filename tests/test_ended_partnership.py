"""Holes 3 and 6: what was open yesterday, by a session, a key or a link kept since, is closed the moment it ends."""

import datetime

import pytest
from django.utils import timezone

from house.partners.actions import partnerships as acts
from house.partners.models import Partnership
from house.partners.viewing import operator
from tests import readers
from tests.test_doors import MAY_READ, canaries_in, house, look_of  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db
# What she keeps: the public's, and what she wrote for herself alone.
LEFT = {"public", "mine"}


def day(days):
    return timezone.now().date() + datetime.timedelta(days=days)


def partnership_of(city):
    return Partnership.objects.get(city=city)


@pytest.mark.parametrize("read", readers.ALL + readers.SOME, ids=lambda read: read.__name__)
def test_hole_3_an_ended_partnership_closes_all_at_once(client_factory, house, member, read):  # noqa: F811
    look = look_of(client_factory, house, "member")
    before = canaries_in(read(look))
    assert before <= MAY_READ["member"]

    acts.end(
        partnership_of(member.city), ends_on=day(-1), grace_days=0, reason="Over", by=operator()
    )

    assert canaries_in(read(look)) <= LEFT


@pytest.mark.parametrize("read", readers.ALL, ids=lambda read: read.__name__)
def test_in_its_grace_every_reader_stays_open(client_factory, house, member, read):  # noqa: F811
    look = look_of(client_factory, house, "member")
    acts.end(
        partnership_of(member.city), ends_on=day(-1), grace_days=1, reason="Over", by=operator()
    )
    assert canaries_in(read(look)) == MAY_READ["member"]


def test_hole_6_a_key_made_before_may_nothing_inside_after(client_factory, house, member):  # noqa: F811
    look = look_of(client_factory, house, "member")
    ask = look.client.get

    def rights():
        told = ask("/api/v1/me", headers=look.headers).json()["rights"]
        return {name for name, decision in told.items() if decision["allowed"]}

    assert "alex.write" in rights()
    acts.end(
        partnership_of(member.city), ends_on=day(-1), grace_days=0, reason="Over", by=operator()
    )
    assert rights() == set()
    assert ask("/api/v1/me", headers=look.headers).json()["level"] == ""


@pytest.mark.parametrize("address", ["/people/", "/partnership/", "/alex/new/", "/api/v1/benefits"])
def test_what_only_members_enter_is_closed_after_the_end(client_factory, house, member, address):  # noqa: F811
    look = look_of(client_factory, house, "member")
    headers = look.headers if address.startswith("/api/") else {}
    assert look.client.get(address, headers=headers).status_code == 200
    acts.end(
        partnership_of(member.city), ends_on=day(-1), grace_days=0, reason="Over", by=operator()
    )
    assert look.client.get(address, headers=headers).status_code in {403, 404}
