"""Sessions and visits for programs: rights before the body, one booking for one key."""

import datetime
import json

import pytest
from django.utils import timezone

from house.meetings.models import Session, Visit
from house.meetings.tests.conftest import DAY, units_of
from house.people.tokens import issue_token

pytestmark = pytest.mark.django_db
URL = "/api/v1/one-on-ones"


@pytest.fixture
def call(client):
    def make(method, url, person=None, body=None, **headers):
        if person is not None:
            headers["Authorization"] = f"Bearer {issue_token(person)}"
        data = (
            {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        )
        return getattr(client, method)(url, headers=headers, **data)

    return make


def asked(expert, moment):
    return {"expert": expert.code, "starts_at": moment.isoformat(), "goal": "Which draft?"}


def test_free_times_of_experts(call, member, expert, soon, book, neighbour):
    book(neighbour, soon)
    since, until = soon.isoformat(), (soon + DAY / 12).isoformat()
    found = call("get", f"{URL}/free", member.person, since=since).json()
    from urllib.parse import urlencode

    found = call(
        "get", f"{URL}/free?{urlencode({'since': since, 'until': until})}", member.person
    ).json()
    assert [item["starts_at"][11:16] for item in found["items"]] == [
        (soon + datetime.timedelta(minutes=minutes)).strftime("%H:%M") for minutes in (60, 90, 120)
    ]
    assert {item["expert"] for item in found["items"]} == {expert.code}


def test_booked_once_for_a_key_and_cancelled(call, member, neighbour, expert, soon):
    answers = [
        call("post", URL, member.person, asked(expert, soon), **{"Idempotency-Key": "k"})
        for _n in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    code = answers[0].json()["code"]
    assert Session.objects.get().code == code == answers[1].json()["code"]
    assert call("post", URL, neighbour.person, asked(expert, soon)).json()["code"] == "slot-taken"
    assert [each["code"] for each in call("get", URL, member.person).json()["items"]] == [code]
    assert call("get", URL, neighbour.person).json()["items"] == []
    assert call("post", f"{URL}/{code}/cancel", neighbour.person, {}).status_code == 404
    ended = call("post", f"{URL}/{code}/cancel", member.person, {"word": "Ill"}).json()
    assert (ended["state"], ended["unit"]) == ("cancelled", "released")


def test_when_none_is_left_the_refusal_says_what_helps(call, member, expert, soon):
    call("post", URL, member.person, asked(expert, soon))
    refused = call("post", URL, member.person, asked(expert, soon + DAY))
    assert (refused.status_code, refused.json()["code"]) == (409, "none-left")
    assert "The next unit comes on" in refused.json()["remedy"]
    assert units_of(member.city) == (1, 0, 0)


def test_rights_are_judged_before_the_body_is_read(call, member, curator):
    assert call("post", URL, None, {"nonsense": 1}).status_code in {401, 403}
    assert call("post", URL, curator, {"nonsense": 1}).status_code == 403
    assert call("post", URL, member.person, {"nonsense": 1}).status_code == 422
    assert call("post", "/api/v1/visits", member.person, {"nonsense": 1}).status_code == 403


@pytest.mark.parametrize("moment", ["2027-01-01T10:00:00", "nonsense", "9" * 40])
def test_a_time_without_its_zone_is_refused(call, member, expert, moment):
    body = {"expert": expert.code, "starts_at": moment, "goal": "x"}
    assert call("post", URL, member.person, body).status_code in {409, 422}


def test_a_visit_is_asked_for_once(call, office):
    from conftest import _seated

    premium = _seated("premium", "prm")
    day = timezone.now().date() + 40 * DAY
    body = {
        "goals": "See the harbour", "teams": "Mobility", "days": [day.isoformat()], "formats": ["workshop"],
        "contact_name": "Mia", "contact_way": "x", "means_it": True,
    }  # fmt: skip
    codes = {
        call("post", "/api/v1/visits", premium.person, body, **{"Idempotency-Key": "k"}).json()[
            "code"
        ]
        for _n in range(2)
    }
    assert codes == {Visit.objects.get().code}
    assert len(call("get", "/api/v1/visits", premium.person).json()["items"]) == 1
