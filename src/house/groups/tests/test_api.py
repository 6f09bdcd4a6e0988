import json

import pytest

from house.groups import actions
from house.groups.models import Group, Task
from house.groups.tests.made import make
from house.partners.viewing import viewer_for
from house.people.tokens import issue_token

pytestmark = pytest.mark.django_db


def call(client, person, method, address, **body):
    headers = {"Authorization": f"Bearer {issue_token(person)}"}
    options = {"headers": headers}
    if method == "post":
        options |= {"data": json.dumps(body), "content_type": "application/json"}
    return getattr(client, method)(f"/api/v1{address}", **options)


def test_a_program_sees_what_the_pages_show(client, member, neighbour, associate):
    hidden = make(member, is_hidden=True, name="Zzhidden")
    group = make(member, neighbour)
    actions.save_page(group, "<p>Zzpage</p>", by=viewer_for(member.person), based_on=0)

    outside = call(client, associate.person, "get", "/groups").json()
    assert [each["id"] for each in outside["items"]] == [group.code]
    assert sorted(city["code"] for city in outside["items"][0]["cities"]) == ["aaa", "bbb"]
    detail = call(client, associate.person, "get", f"/groups/{group.code}").json()
    assert (detail["page"], detail["members"]) == (None, None)
    assert call(client, associate.person, "get", f"/groups/{group.code}/tasks").status_code == 404
    assert call(client, associate.person, "get", f"/groups/{hidden.code}").status_code == 404

    inside = call(client, neighbour.person, "get", f"/groups/{group.code}").json()
    assert inside["page"] == "<p>Zzpage</p>"
    assert [each["is_lead"] for each in inside["members"]] == [True, False]
    mine = call(client, member.person, "get", "/groups?mine=true&state=forming").json()
    assert [each["id"] for each in mine["items"]] == [hidden.code]


def test_a_program_begins_a_group_and_does_its_tasks(client, member, associate):
    told = {
        "name": "Heat", "problem": "Walls", "aim": "A text", "starts_on": "2026-01-01", "ends_on": "2026-12-01",
    }  # fmt: skip
    refused = call(client, associate.person, "post", "/groups", **told)
    assert refused.status_code == 403
    assert refused.json()["remedy"]
    assert call(client, member.person, "post", "/groups", name="Heat").status_code == 422
    made = call(client, member.person, "post", "/groups", **told)
    assert made.status_code == 201
    code = Group.objects.get().code
    assert made.json()["id"] == code

    added = call(client, member.person, "post", f"/groups/{code}/tasks", title="Ask", mine=True)
    assert added.json()["owner"] == member.person.name
    done = call(client, member.person, "post", f"/groups/{code}/tasks/{added.json()['id']}/done")
    assert done.json()["is_done"] is True
    assert Task.objects.get().done_by == member.person
