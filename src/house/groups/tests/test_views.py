"""The pages, as people of each ring meet them."""

import datetime
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from house.groups import actions
from house.groups.models import Group, GroupFile, Meeting, Member, Page, PageVersion, Task
from house.groups.tests.made import DAY, date, make
from house.partners.viewing import viewer_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(member, neighbour):
    """A running group with something of everything."""
    for each, name in ((member, "Zzlead Vos"), (neighbour, "Zzpeer Lind")):
        each.person.name = name
        each.person.save()
    group = make(member, neighbour, name="Zzgroup")
    by = viewer_for(member.person)
    actions.save_page(group, "<p>The zzpage.</p>", by=by, based_on=0)
    actions.save_page(group, "<p>The zzpage, again.</p>", by=by, based_on=1)
    mine = Member.objects.get(group=group, person=member.person)
    task = actions.add_task(
        group, by=by, title="Zztask", owner=mine, due_on=timezone.now().date() - DAY
    )
    meeting = actions.plan_meeting(
        group, date(title="Zzmeeting", join_url="https://meet.example/zzroom"), by=by
    )
    kept = actions.add_file(group, SimpleUploadedFile("zzfile.txt", b"Text"), by=by)
    return {"group": group, "task": task, "meeting": meeting, "file": kept}


def address(name, full, *more):
    return reverse(f"groups:{name}", args=[full["group"].code, *more])


def inside(full):
    code = full["meeting"].code
    return {
        "people": [], "page_history": [], "page_diff": [], "page_version": [1], "task_list": [],
        "task": [full["task"].code], "meeting_list": [], "meeting": [code], "file_list": [],
    }  # fmt: skip


def read(answer):
    """To its end, which closes a file; `close` would close the test's connection too, on PostgreSQL."""
    return b"".join(answer) if answer.streaming else answer.content


def test_every_page_opens_for_a_member(client, member, full):
    client.force_login(member.person)
    pages = inside(full) | {
        "group": [], "group_edit": [], "group_readers": [], "group_invite": [], "group_leave": [],
        "group_end": [], "group_close": [], "page_edit": [], "task_new": [], "meeting_new": [],
        "meeting_edit": [full["meeting"].code], "meeting_minutes": [full["meeting"].code],
        "file": [full["file"].code],
    }  # fmt: skip
    for name, more in pages.items():
        answer = client.get(address(name, full, *more))
        assert answer.status_code == 200, name
        read(answer)
    assert client.get(reverse("groups:group_list")).status_code == 200
    assert client.get(reverse("groups:group_new")).status_code == 200


def test_the_alliance_meets_name_aim_and_cities_and_nothing_else(client, associate, full):
    client.force_login(associate.person)
    page = client.get(address("group", full)).content.decode()

    assert "Zzgroup" in page
    assert "City aaa" in page
    assert "City bbb" in page
    for word in ("zzpage", "Zztask", "Zzmeeting", "zzfile"):
        assert word not in page, word
    assert "Zzlead" not in page
    assert "Zzpeer" not in page
    for name, more in inside(full).items():
        assert client.get(address(name, full, *more)).status_code == 404, name
    assert client.get(address("file", full, full["file"].code)).status_code == 404


def test_readers_of_an_open_group_get_page_and_files_without_names(client, associate, full):
    Group.objects.update(audience="alliance")
    client.force_login(associate.person)
    page = client.get(address("group", full)).content.decode()

    assert "zzpage" in page
    assert "zzfile" in page
    assert "Zzlead" not in page
    opened = client.get(address("file", full, full["file"].code))
    assert opened.status_code == 200
    read(opened)
    assert client.get(address("page_history", full)).status_code == 404


def test_a_city_that_reads_along_sees_all_and_acts_nowhere(client, member, associate, full):
    actions.set_readers(full["group"], [associate.city], by=viewer_for(member.person))
    client.force_login(associate.person)
    for name, more in inside(full).items():
        assert client.get(address(name, full, *more)).status_code == 200, name
    page = client.get(address("meeting", full, full["meeting"].code)).content.decode()
    assert "meet.example" not in page
    assert client.get(address("meeting_join", full, full["meeting"].code)).status_code == 403
    assert client.post(address("task_act", full, full["task"].code)).status_code == 403


def test_the_link_to_join_is_for_members_and_in_time(client, member, full):
    meeting = full["meeting"]
    client.force_login(member.person)
    address_of = address("meeting_join", full, meeting.code)
    assert client.get(address_of).url == meeting.get_absolute_url()
    for minutes, opens in ((16, False), (14, True), (-30, True), (-70, False)):
        starts_at = timezone.now() + datetime.timedelta(minutes=minutes)
        Meeting.objects.update(starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=1))
        page = client.get(address("meeting", full, meeting.code)).content.decode()
        assert "meet.example" not in page
        assert ("Go in" in page) == opens
        led = client.get(address_of)
        assert (led.url == "https://meet.example/zzroom") == opens
    now = timezone.now()
    Meeting.objects.update(
        starts_at=now, ends_at=now + datetime.timedelta(hours=1), cancelled_at=now
    )
    assert client.get(address_of).url == meeting.get_absolute_url()


@pytest.mark.parametrize("page", ["group", "people"])
def test_who_asks_to_join_is_let_in_by_the_button_on_the_page(
    page, client_factory, member, neighbour
):
    group = make(member)
    actions.ask_to_join(group, by=viewer_for(neighbour.person))
    browser = client_factory(member.person, enforce_csrf_checks=True)

    shown = browser.get(reverse(f"groups:{page}", args=[group.code])).content.decode()
    action, form = re.search(
        r'action="(/groups/\w+/admissions/[^"]*)"(.*?)</form>', shown, re.DOTALL
    ).groups()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    answer = browser.post(action, {"act": "yes", "csrfmiddlewaretoken": token})

    assert answer.status_code == 302
    assert Member.objects.filter(group=group, person=neighbour.person).exists()


def test_a_group_is_made_by_its_form_and_wrong_words_stay_in_it(client, member):
    client.force_login(member.person)
    data = {
        "name": "Heat", "problem": "Walls", "aim": "", "starts_on": "2026-01-01", "ends_on": "2025-01-01",
        "language": "en", "audience": "alliance", "is_hidden": "on",
    }  # fmt: skip
    wrong = client.post(reverse("groups:group_new"), data)
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Walls" in page
    assert "This is before it begins." in page
    assert "choose its members" in page

    data |= {"aim": "A text", "ends_on": "2026-12-01", "is_hidden": ""}
    assert client.post(reverse("groups:group_new"), data).status_code == 302
    assert Group.objects.get().name == "Heat"


def test_who_saves_second_gets_both_texts(client, client_factory, member, neighbour, full):
    client.force_login(member.person)
    other = client_factory(neighbour.person)
    first = {"html": "<p>The zzpage, by me.</p>", "based_on": 2}
    second = {"html": "<p>The zzpage, by her.</p>", "based_on": 2}
    assert client.post(address("page_edit", full), first).status_code == 302
    met = other.post(address("page_edit", full), second)

    page = met.content.decode()
    assert met.status_code == 422
    assert "The zzpage, by her." in page  # hers, in the form
    assert "<del>" in page
    assert "<ins>" in page
    assert Page.objects.get().html == first["html"]
    assert PageVersion.objects.count() == 3
    # What she wrote waits for her wherever she comes back, and the second press lays it over the first.
    assert "by her" in other.get(address("page_edit", full)).content.decode()
    assert other.post(address("page_edit", full), {**second, "based_on": 3}).status_code == 302
    assert Page.objects.get().html == second["html"]


def test_changes_of_different_places_are_put_together(
    client, client_factory, member, neighbour, full
):
    client.force_login(member.person)
    three = "<p>One.</p><p>Two.</p><p>Three.</p>"
    client.post(address("page_edit", full), {"html": three, "based_on": 2})
    client.post(address("page_edit", full), {"html": three.replace("One", "First"), "based_on": 3})
    met = client_factory(neighbour.person).post(
        address("page_edit", full), {"html": three.replace("Three", "Third"), "based_on": 3}
    )
    assert met.status_code == 422
    assert (
        "&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;&lt;p&gt;Third.&lt;/p&gt;"
        in met.content.decode()
    )


def test_a_draft_is_kept_every_few_seconds_for_its_writer_alone(
    client, client_factory, member, neighbour, full
):
    client.force_login(member.person)
    kept = client.post(
        address("page_keep", full), {"html": "<p>Half a tho</p>", "based_on": 2, "lock": 0}
    )
    assert json.loads(kept.content)["lock"] == 1
    assert "Half a tho" in client.get(address("page_edit", full)).content.decode()
    assert (
        "Half a tho"
        not in client_factory(neighbour.person).get(address("page_edit", full)).content.decode()
    )
    assert Page.objects.get().number == 2

    window = client.post(
        address("page_keep", full), {"html": "<p>Other window</p>", "based_on": 2, "lock": 0}
    )
    assert json.loads(window.content)["copy"]["theirs"]["html"] == ["<p>Half a tho</p>"]
    assert "Half a tho" in client.get(address("page_edit", full)).content.decode()


def test_what_is_written_carries_no_markup_of_strangers(client, member, full):
    client.force_login(member.person)
    html = '<p onclick="x()">Ha<script>alert(1)</script><img src=x onerror=y></p><svg><script>z</script></svg>'
    client.post(address("page_edit", full), {"html": html, "based_on": 2})
    for name, more in (("group", []), ("page_version", [3]), ("page_diff", [])):
        page = client.get(address(name, full, *more)).content.decode()
        assert "onclick=" not in page, name
        assert "alert(1)" not in page, name
        assert "onerror" not in page, name


def test_a_page_of_two_megabytes_is_refused_and_kept_in_the_form(client, member, full):
    client.force_login(member.person)
    refused = client.post(
        address("page_edit", full), {"html": "<p>" + "x " * 1_000_000 + "</p>", "based_on": 2}
    )
    assert refused.status_code == 422
    assert "longer than" in refused.content.decode()
    assert "x x x x" in refused.content.decode()
    assert Page.objects.get().number == 2


def test_a_task_is_added_done_and_opened_again(client, member, neighbour, full):
    client.force_login(member.person)
    owner = Member.objects.get(group=full["group"], person=neighbour.person)
    data = {"title": "Ask", "text": "", "owner": owner.code, "due_on": "2027-01-15"}
    assert client.post(address("task_new", full), {**data, "title": ""}).status_code == 422
    client.post(address("task_new", full), data)
    task = Task.objects.get(title="Ask")
    assert task.owner == neighbour.person
    client.post(address("task_act", full, task.code), {"act": "done"})
    task.refresh_from_db()
    assert task.done_by == member.person
    client.post(address("task_act", full, task.code), {"act": "reopen"})
    task.refresh_from_db()
    assert task.done_at is None


def test_meetings_are_planned_in_the_hours_of_all_cities(client, member, neighbour, full):
    neighbour.city.time_zone = "Asia/Seoul"
    neighbour.city.save()
    client.force_login(member.person)
    data = {
        "title": "Fourth", "day": "2027-03-02", "time": "15:00", "minutes_long": "60",
        "zone": "Europe/Amsterdam",
    }  # fmt: skip
    shown = client.post(address("meeting_new", full), {**data, "then": "hours"})
    assert shown.status_code == 200
    assert "23:00" in shown.content.decode()
    assert "It is night in one of your cities" in shown.content.decode()
    assert Meeting.objects.count() == 1

    client.post(address("meeting_new", full), data)
    made = Meeting.objects.get(title="Fourth")
    assert made.starts_at == datetime.datetime(2027, 3, 2, 14, tzinfo=datetime.UTC)
    assert client.post(address("meeting_new", full), {**data, "day": "soon"}).status_code == 422


def test_two_who_write_minutes_at_once_lose_nothing(client, member, full):
    client.force_login(member.person)
    where = address("meeting_minutes", full, full["meeting"].code)
    client.post(where, {"minutes": "We agreed.", "seen": ""})
    met = client.post(where, {"minutes": "We did not agree.", "seen": ""})
    page = met.content.decode()
    assert met.status_code == 422
    assert "We agreed." in page
    assert "We did not agree." in page
    assert client.post(where, {"minutes": "Both.", "seen": "We agreed."}).status_code == 302


def test_a_group_does_not_close_without_a_word(client, member, full):
    client.force_login(member.person)
    silent = client.post(address("group_close", full), {"learned": "", "outcome": "failed"})
    assert silent.status_code == 422
    assert "others will meet the same problem" in silent.content.decode()
    short = client.post(address("group_close", full), {"learned": "No.", "outcome": "failed"})
    assert short.status_code == 422
    assert Group.objects.get().state == "running"


def test_the_invitation_page_finds_by_name_and_city_as_the_directory_does(
    client, member, neighbour, full
):
    client.force_login(member.person)
    assert (
        neighbour.person.name
        not in client.get(
            address("group_invite", full), {"q": neighbour.city.name}
        ).content.decode()
    )  # she is in the group already


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_a_constant_number_of_queries(
    client, member, neighbour, django_assert_num_queries, rows
):
    for number in range(rows):
        make(member, neighbour, name=f"Group {number}")
    client.force_login(neighbour.person)
    client.get(reverse("groups:group_list"))
    with django_assert_num_queries(14):
        client.get(reverse("groups:group_list"))


def test_a_file_loses_who_made_it_and_what_can_not_be_looked_into_is_refused(client, member, full):
    from house.ground.tests.test_stripping import WHO, office_file

    client.force_login(member.person)
    here = address("file_list", full)
    assert WHO in office_file()
    client.post(here, {"file": SimpleUploadedFile("plan.docx", office_file()), "label": "Plan"})
    kept = GroupFile.objects.get(label="Plan")
    assert WHO not in read(client.get(address("file", full, kept.code)))

    refused = client.post(
        here, {"file": SimpleUploadedFile("x.pdf", b"%PDF no"), "label": "Map of heat"}
    )
    assert refused.status_code == 422
    assert "The PDF is damaged" in refused.content.decode()
    assert "Map of heat" in refused.content.decode()
    assert GroupFile.objects.filter(group=full["group"]).count() == 2


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("task_list", 15), ("meeting_list", 17), ("file_list", 15), ("page_history", 15)],
)
def test_lists_of_a_group_ask_a_constant_number_of_queries(
    client, member, full, django_assert_num_queries, rows, name, queries
):
    by, group = viewer_for(member.person), full["group"]
    mine = Member.objects.get(group=group, person=member.person)
    for number in range(rows):
        actions.add_task(group, by=by, title=f"Task {number}", owner=mine)
        actions.plan_meeting(group, date(title=f"Meeting {number}"), by=by)
        actions.save_page(group, f"<p>Version {number}</p>", by=by, based_on=2 + number)
        GroupFile.objects.create(
            group=group, name="a", size=1, digest=str(number), uploaded_by=member.person
        )
    client.force_login(member.person)
    client.get(address(name, full))
    with django_assert_num_queries(queries):
        client.get(address(name, full))
