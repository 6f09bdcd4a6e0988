"""Benefits for programs: what a city holds, and asking for a unit."""

import json

import pytest

from house.partners.models import Account, Hold, Partnership
from house.people.tokens import issue_token
from tests.factories import PartnershipFactory, SeatFactory

pytestmark = pytest.mark.django_db

HOLDS = "/api/v1/benefits/one-on-one/holds"


def bearer(person, **more):
    return {"Authorization": f"Bearer {issue_token(person)}", **more}


def post(client, path, headers, **body):
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


def test_benefits_are_those_of_the_callers_city(client, member, neighbour):
    items = client.get("/api/v1/benefits", headers=bearer(member.person)).json()["items"]
    assert [(item["benefit"], item["city"]["code"], item["left"]) for item in items] == [
        ("hosting-slot", "aaa", 1),
        ("one-on-one", "aaa", 1),
    ]
    assert {key: items[1][key] for key in ("name", "granted", "held", "used")} == {
        "name": "One-on-one session",
        "granted": 1,
        "held": 0,
        "used": 0,
    }


def test_me_tells_the_same_balances(client, member):
    headers = bearer(member.person)
    mine = client.get("/api/v1/me", headers=headers).json()["benefits"]
    items = client.get("/api/v1/benefits", headers=headers).json()["items"]
    assert mine == [{key: item[key] for key in mine[0]} for item in items]
    assert client.get("/api/v1/me").json()["benefits"] == []


def test_a_unit_is_asked_for_once_by_its_key(client, member):
    headers = bearer(member.person, **{"Idempotency-Key": "one"})
    first = post(client, HOLDS, headers, what_for="Heat plans")
    assert first.status_code == 201
    assert first.json() | {"code": ""} == {
        "code": "",
        "benefit": "one-on-one",
        "city": {"code": "aaa", "slug": "city-aaa", "name": "City aaa"},
        "state": "held",
        "what_for": "Heat plans",
        "left": 0,
    }
    assert post(client, HOLDS, headers, what_for="Heat plans").json() == first.json()
    assert Hold.objects.count() == 1

    other = post(client, HOLDS, headers, what_for="Something else")
    assert (other.status_code, other.json()["code"]) == (409, "key-taken")
    second = post(client, HOLDS, bearer(member.person), what_for="Another")
    assert (second.status_code, second.json()["code"]) == (409, "none-left")
    assert second.json()["remedy"].startswith("The next unit comes on ")


@pytest.mark.parametrize("body", [{}, {"what_for": ""}, {"what_for": "x" * 501}, {"what_for": 3}])
def test_who_may_not_is_refused_before_what_she_sent_is_read(client, member, associate, body):
    slot = "/api/v1/benefits/hosting-slot/holds"
    assert post(client, slot, {}, **body).status_code == 401
    assert post(client, slot, bearer(associate.person), **body).status_code == 403
    assert post(client, slot, bearer(member.person), **body).status_code == 422
    assert post(client, slot.replace("slot", "none"), bearer(member.person)).status_code == 404
    assert Hold.objects.count() == 0


def test_words_that_are_only_space_are_refused(client, member):
    assert post(client, HOLDS, bearer(member.person), what_for=" \n ").status_code == 409
    assert Hold.objects.count() == 0


def test_another_citys_units_are_out_of_reach(client, member, neighbour):
    headers = bearer(member.person)
    assert post(client, HOLDS, headers, what_for="X", city="city-bbb").status_code == 404
    assert Account.objects.filter(city="bbb", held__gt=0).count() == 0


def test_who_sits_in_two_cities_says_which(client, member, neighbour):
    SeatFactory(partnership=Partnership.objects.get(city="bbb"), person=member.person)
    headers = bearer(member.person)
    assert post(client, HOLDS, headers, what_for="X").status_code == 409
    taken = post(client, HOLDS, headers, what_for="X", city="city-bbb")
    assert taken.json()["city"]["code"] == "bbb"


def test_a_city_whose_partnership_ended_reads_and_asks_nothing(client, member):
    headers = bearer(member.person)
    assert post(client, HOLDS, headers, what_for="X").status_code == 201
    Partnership.objects.update(ends_on="2021-01-01", last_day="2021-02-01")
    assert client.get("/api/v1/benefits", headers=headers).status_code == 403
    assert client.get("/api/v1/me", headers=headers).json()["benefits"] == []
    assert post(client, HOLDS, headers, what_for="Y").status_code == 403


@pytest.mark.parametrize("cities", [1, 3])
def test_the_list_takes_no_query_more_for_more_cities(
    client, member, django_assert_num_queries, cities
):
    for number in range(cities - 1):
        partnership = PartnershipFactory(city__code=f"x{number}")
        SeatFactory(partnership=partnership, person=member.person)
    headers = bearer(member.person)
    client.get("/api/v1/benefits", headers=headers)
    with django_assert_num_queries(8):
        client.get("/api/v1/benefits", headers=headers)
