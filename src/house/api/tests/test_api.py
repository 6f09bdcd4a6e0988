import json

import pytest

from house.api.management.commands.openapi import CONTRACT
from house.api.service import openapi_document
from house.people.tokens import issue_token
from tests.factories import CityFactory, PersonFactory, TopicFactory

pytestmark = pytest.mark.django_db


def bearer(person):
    return {"Authorization": f"Bearer {issue_token(person)}"}


def test_the_committed_contract_is_the_one_that_is_served(client):
    served = client.get("/api/v1/openapi.json").json()
    assert served == json.loads(json.dumps(openapi_document()))
    assert json.loads(CONTRACT.read_text()) == served, (
        "run `house openapi` and commit docs/openapi.json"
    )


def test_me_says_what_a_visitor_may_do_and_why_not(client):
    me = client.get("/api/v1/me").json()

    assert me["person"] is None
    assert me["level"] == ""
    assert not me["rights"]["alex.write"]["allowed"]
    assert me["rights"]["alex.write"]["remedy"]


def test_me_is_the_tokens_person(client, member):
    me = client.get("/api/v1/me", headers=bearer(member.person)).json()

    assert me["person"]["email"] == member.person.email
    assert me["city"]["code"] == "aaa"
    assert me["level"] == "partner"
    assert me["rights"]["alex.write"]["allowed"]
    assert not me["rights"]["visits.request"]["allowed"]


def test_a_wrong_token_is_refused_not_ignored(client):
    answer = client.get("/api/v1/me", headers={"Authorization": "Bearer house_wrong"})

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "unknown-token"


def test_a_token_dies_with_its_person(client):
    person = PersonFactory()
    headers = bearer(person)
    person.is_active = False
    person.save()
    assert client.get("/api/v1/me", headers=headers).status_code == 401


def test_a_session_opens_nothing_here(client, member):
    client.force_login(member.person)
    assert client.get("/api/v1/me").json()["person"] is None


def test_lists_go_on_with_a_cursor(client):
    for number in range(25):
        CityFactory(code=f"x{number:02}")
    first = client.get("/api/v1/cities").json()
    second = client.get("/api/v1/cities", {"cursor": first["next"]}).json()

    codes = [city["code"] for city in first["items"] + second["items"]]
    assert len(codes) == len(set(codes)) == 25
    assert second["next"] is None


@pytest.mark.parametrize("cursor", ["x", "LTE", "!!!!", "OTk5OTk5OTk5OTk5"])
def test_a_foreign_cursor_is_a_clear_error(client, cursor):
    answer = client.get("/api/v1/cities", {"cursor": cursor})
    assert answer.status_code == 422
    assert answer.json()["code"] == "bad-cursor"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", ["cities", "topics", "partnerships"])
def test_lists_cost_the_same_for_three_as_for_one(client, django_assert_num_queries, path, count):
    from tests.factories import PartnershipFactory

    make = {"cities": CityFactory, "topics": TopicFactory, "partnerships": PartnershipFactory}[path]
    make.create_batch(count)
    with django_assert_num_queries(1):
        answer = client.get(f"/api/v1/{path}").json()
    assert len(answer["items"]) == count


def test_what_is_missing_is_a_problem_too(client):
    answer = client.get("/api/v1/entries/nowhere")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_a_question_that_is_none_says_where(client):
    answer = client.post("/api/v1/answers", {"question": ""}, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"][-1] == "question"


def test_what_no_database_keeps_does_not_come_in(client, member):
    asked = {
        "title": "Bicycles\0 left behind\ud800",
        "target": "seminar",
        "topics": ["\0", "\udfff"],
    }

    answer = client.post(
        "/api/v1/suggestions", asked, "application/json", headers=bearer(member.person)
    )

    assert answer.status_code == 201
    assert answer.json()["title"] == "Bicycles left behind"
