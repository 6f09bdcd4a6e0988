import threading

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given, settings
from hypothesis import strategies as st

from house.access.models import JournalRow
from house.ground.errors import Forbidden, Refused
from house.office.actions import people as acting
from house.office.models import PeopleAct
from house.partners.viewing import viewer_for
from house.people.models import ApiToken, Person
from house.people.sudo import grow_stale
from house.people.tokens import issue_token
from tests.factories import EntryFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return PersonFactory(name="Second Office", is_office=True)


def act(act, persons, by, reason="Asked by the city"):
    return acting.act_on_people(act, persons, by=viewer_for(by), reason=reason)


def test_a_colleague_of_the_foundation_is_added_and_told_how_to_sign_in(
    client_factory, office, django_capture_on_commit_callbacks
):
    """Otherwise only a seat of a city would lead into the house."""
    client, address = client_factory(office), reverse("office:person_new")
    told = {"name": "Second Pair", "email": "two@example.org", "works_as": ["curator", "expert"]}
    assert client.post(address, told).status_code == 422  # without a reason
    told["reason"] = "Begins today"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, told)
    added = Person.objects.get(email="two@example.org")
    assert (added.is_office, added.is_curator, added.is_expert) == (False, True, True)
    assert viewer_for(added).can("alex.review")
    waits = DBTaskResult.objects.get(task_path="house.office.tasks.mail_sign_in_help")
    assert waits.args_kwargs["args"] == [added.pk]
    row = JournalRow.objects.get(act="people.add")
    assert (row.object_id, row.reason, row.person_id) == (str(added.pk), "Begins today", office.pk)

    again = client.post(address, {**told, "email": "TWO@example.org"})
    assert again.status_code == 422
    assert "This address is known in the house." in again.content.decode()


def test_suspending_many_is_seen_first_done_with_a_reason_and_undone(client_factory, office):
    persons = [PersonFactory(), PersonFactory(), PersonFactory(is_active=False)]
    client = client_factory(office)
    asked = {"act": "suspend", "person": [each.code for each in persons]}
    preview = client.get(reverse("office:people_act"), asked)
    assert [line.person for line in preview.context["possible"]] == persons[:2]
    assert [line.refusal for line in preview.context["impossible"]] == ["This is so already."]
    assert Person.objects.filter(is_active=False).count() == 1  # seen, not done

    without = client.post(reverse("office:people_act"), {**asked, "reason": "  "})
    assert without.status_code == 422
    assert Person.objects.filter(is_active=False).count() == 1

    client.post(reverse("office:people_act"), {**asked, "reason": "Left the city"})
    done = PeopleAct.objects.get()
    assert set(Person.objects.filter(is_active=False)) == set(persons)
    assert done.before == {str(each.pk): True for each in persons[:2]}
    rows = JournalRow.objects.filter(act="people.suspend")
    assert {(row.object_id, row.reason, row.person_id) for row in rows} == {
        (str(each.pk), "Left the city", office.pk) for each in persons[:2]
    }

    client.post(reverse("office:people_undo", args=[done.code]))
    assert list(Person.objects.filter(is_active=False)) == [persons[2]]
    assert JournalRow.objects.filter(act="people.reinstate").count() == 2
    assert client.post(reverse("office:people_undo", args=[done.code])).status_code == 409


def test_undo_ends_after_thirty_days(client_factory, office):
    done = act("suspend", [PersonFactory()], office)
    done.at = timezone.now() - acting.UNDO - timezone.timedelta(seconds=1)
    done.save()
    with pytest.raises(Refused):
        acting.undo_people_act(done, by=viewer_for(office))
    page = client_factory(office).get(reverse("office:people_done", args=[done.code]))
    assert page.context["may_undo"] is False


def test_undo_leaves_alone_whom_somebody_changed_since(office):
    first, second = PersonFactory(), PersonFactory()
    done = act("give_curator", [first, second], office)
    act("take_curator", [first], office)
    acting.undo_people_act(done, by=viewer_for(office))
    assert not Person.objects.filter(is_curator=True).exists()
    assert (
        JournalRow.objects.filter(act="people.take_curator", object_id=str(first.pk)).count() == 1
    )


@pytest.mark.parametrize("what", PeopleAct.Act.values)
def test_nobody_does_any_of_it_to_herself(office, colleague, what):
    before = Person.objects.filter(pk=office.pk).values().get()
    with pytest.raises(Refused):
        act(what, [office], office)
    assert Person.objects.filter(pk=office.pk).values().get() == before


def test_an_undo_does_not_do_to_herself_what_an_act_may_not(office, colleague):
    done = act("take_office", [colleague], office)
    Person.objects.filter(pk=colleague.pk).update(is_office=True)
    gave = act("give_curator", [office], colleague)
    with pytest.raises(Refused):
        acting.undo_people_act(gave, by=viewer_for(office))
    assert done.pk != gave.pk


def test_the_last_of_the_office_stays(office):
    """By a command, which is nobody: even then the house keeps somebody who can open it."""
    from house.partners.viewing import operator

    for what in ("suspend", "take_office"):
        with pytest.raises(Refused):
            acting.act_on_people(what, [office], by=operator(), reason="x")
    assert Person.objects.get(pk=office.pk).is_office


@settings(deadline=None, max_examples=25)
@given(
    moves=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from(PeopleAct.Act.values)),
        max_size=12,
    )
)
def test_whatever_they_do_to_each_other_somebody_of_the_office_is_left(moves):
    with transaction.atomic():
        three = [PersonFactory(is_office=True) for _each in range(3)]
        for by, whom, what in moves:
            actor = Person.objects.get(pk=three[by].pk)
            try:
                act(what, [Person.objects.get(pk=three[whom].pk)], actor)
            except (Refused, Forbidden):
                continue
        left = Person.objects.filter(is_office=True, is_active=True).count()
        transaction.set_rollback(True)
    assert left >= 1


def test_who_was_taken_out_of_the_office_acts_no_more_with_an_old_viewer(office, colleague):
    old = viewer_for(colleague)
    act("take_office", [colleague], office)
    with pytest.raises(Forbidden):
        acting.act_on_people("suspend", [office], by=old, reason="Revenge")


@pytest.mark.parametrize("kind", ["is_curator", "is_expert", None])
def test_curators_experts_and_members_look_after_nobody(client_factory, kind, member):
    person = PersonFactory(**{kind: True}) if kind else member.person
    victim = PersonFactory()
    client = client_factory(person)
    addresses = [
        reverse("office:people"), reverse("office:person", args=[victim.code]), reverse("office:people_acts"),
        reverse("office:people_act") + f"?act=suspend&person={victim.code}",
    ]  # fmt: skip
    for address in addresses:
        assert client.get(address).status_code == 404
    client.post(
        reverse("office:people_act"), {"act": "suspend", "person": victim.code, "reason": "x"}
    )
    for verb in (act, lambda what, persons, by: acting.plan(what, persons, by=viewer_for(by))):
        with pytest.raises(Forbidden):
            verb("suspend", [victim], person)
    assert Person.objects.get(pk=victim.pk).is_active


def test_acting_takes_a_fresh_sign_in(client_factory, office):
    victim = PersonFactory()
    client = client_factory(office)
    session = client.session
    grow_stale(session)
    session.save()
    client.post(
        reverse("office:people_act"), {"act": "suspend", "person": victim.code, "reason": "x"}
    )
    assert Person.objects.get(pk=victim.pk).is_active


def test_a_suspended_person_is_out_at_once(client_factory, office, member):
    theirs = client_factory(member.person)
    assert theirs.get(reverse("people:profile_edit")).status_code == 200
    act("suspend", [member.person], office)
    assert theirs.get(reverse("people:profile_edit")).status_code == 302


def test_help_is_sent_without_any_code(office, django_capture_on_commit_callbacks):
    from house.office import tasks

    person = PersonFactory()
    act("send_help", [person], office)
    tasks.mail_sign_in_help.func(person.pk)
    (sent,) = mail.outbox
    assert sent.to == [person.email]
    html = sent.alternatives[0][0]
    for body in (sent.body, html):
        assert reverse("account_login") in body
        assert "You get this because" in body
    tasks.mail_sign_in_help.func(PersonFactory(is_active=False).pk)
    assert len(mail.outbox) == 1


def test_states_and_facets_say_the_same(client_factory, office, member):
    PersonFactory(name="Gone", is_active=False)
    PersonFactory(name="Nowhere")
    PersonFactory(name="New", is_curator=True)
    client = client_factory(office)

    def names(**query):
        page = client.get(reverse("office:people"), query).context["page"]
        return {person.name for person in page}

    assert names(state="suspended") == {"Gone"}
    assert names(state="seatless") == {"Nowhere"}
    assert names(state="never") == {"New", member.person.name}
    assert names(work="curator") == {"New"}
    assert names(q="nowh") == {"Nowhere"}
    assert names(city=member.city.name) == {member.person.name}
    facets = client.get(reverse("office:people")).context["facets"]
    counted = {label: count for _href, label, _current, count in facets}
    assert counted["Suspended"] == 1
    assert counted["Everybody"] == 5


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_three_as_for_one(
    client_factory, office, count, django_assert_num_queries
):
    for _each in range(count):
        PersonFactory()
    client = client_factory(office)
    client.get(reverse("office:people"))
    # session, person, seats, the table, circles; facets, count, persons
    with django_assert_num_queries(8):
        client.get(reverse("office:people"))


# -- Hole 17: the office stands under the table too -----------------------------------------------


def test_hole_17_the_office_reads_no_private_entry_no_mail_and_no_key(
    client_factory, office, member
):
    entry = EntryFactory(
        title="Only mine zzcanary", audience="private", author=member.person, city=member.city
    )
    key = issue_token(member.person, label="my script")
    digest = ApiToken.objects.get().digest
    client = client_factory(office)
    pages = [
        client.get(reverse("office:person", args=[member.person.code])),
        client.get(reverse("office:people")),
        client.get(entry.get_absolute_url()),
        client.get(reverse("alex:entry_list") + "?q=zzcanary"),
        client.get(reverse("office:journal")),
        client.get(reverse("office:mail")),
        client.get(reverse("office:work")),
    ]
    text = "".join(page.content.decode() for page in pages)
    assert pages[2].status_code == 404
    assert "my script" in text  # the label, and nothing that opens
    for secret in ("zzcanary</", "Only mine zzcanary", key, digest, digest[:12]):
        assert secret not in text


def test_hole_17_no_address_of_the_desk_signs_in_as_somebody_else(client_factory, office, member):
    client = client_factory(office)
    for name in ("office:person",):
        client.get(reverse(name, args=[member.person.code]))
    for what in PeopleAct.Act.values:
        client.post(
            reverse("office:people_act"), {"act": what, "person": member.person.code, "reason": "x"}
        )
        assert int(client.session["_auth_user_id"]) == office.pk


@pytest.mark.parametrize("what", PeopleAct.Act.values)
def test_hole_17_nothing_is_done_to_a_person_without_a_row_in_the_journal(office, what):
    person = PersonFactory(is_active=what != "reinstate", is_curator=what == "take_curator",
                           is_expert=what == "take_expert", is_office=what == "take_office")  # fmt: skip
    act(what, [person], office)
    row = JournalRow.objects.get(act=f"people.{what}")
    assert (row.person_id, row.object_id, row.reason) == (
        office.pk,
        str(person.pk),
        "Asked by the city",
    )


def test_hole_17_a_table_that_takes_it_away_takes_it_from_the_office_too(client_factory, office):
    from house.partners.models import RightException

    today = timezone.now().date()
    RightException.objects.create(
        person=office,
        capability="office.people",
        is_granted=False,
        starts_on=today,
        ends_on=today,
        reason="On leave",
    )
    assert client_factory(office).get(reverse("office:people")).status_code == 404
    with pytest.raises(Forbidden):
        act("suspend", [PersonFactory()], office)


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="needs PostgreSQL: make test-postgres"
)
@pytest.mark.django_db(transaction=True)
def test_two_of_the_office_who_suspend_each_other_at_once_do_not_both_succeed():
    pair = [PersonFactory(is_office=True), PersonFactory(is_office=True)]
    viewers = [viewer_for(each) for each in pair]
    start = threading.Barrier(2)

    def suspend(me):
        start.wait()
        try:
            acting.act_on_people("suspend", [pair[1 - me]], by=viewers[me], reason="x")
        except (Refused, Forbidden):
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=suspend, args=(me,)) for me in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Person.objects.filter(is_office=True, is_active=True).count() == 1
