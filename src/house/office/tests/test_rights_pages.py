import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from house.access.models import JournalRow
from house.access.viewer import VISITOR
from house.ground.errors import Forbidden
from house.partners import rights
from house.partners.actions import rights as actions
from house.partners.models import Benefit, Level, RightException, Table
from house.partners.versions import contents_of, table_at
from house.partners.viewing import operator, viewer_for
from house.people.sudo import grow_stale
from tests.factories import PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def desk(client_factory, office):
    return client_factory(office)


def form_of(contents=None, **changes):
    """What the grid sends for these contents."""
    contents = contents or contents_of(table_at())
    sent = {
        "cells": [f"{standing}:{name}" for standing, name in contents.cells],
        "note": "A trial",
        "effective_from": "",
        "known": actions.state_of_versions(),
    }
    for level in Level.values:
        sent[f"seats-{level}"] = contents.seats[level]
        for benefit in Benefit.objects.all():
            units, per = contents.allowances.get((level, benefit.pk), (0, "year"))
            sent[f"units-{level}-{benefit.pk}"] = units
            sent[f"per-{level}-{benefit.pk}"] = per
    return sent | changes


def with_cell(*cells, without=()):
    sent = form_of()
    sent["cells"] = [each for each in [*sent["cells"], *cells] if each not in without]
    return sent


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_table_is_read_in_plain_words(desk):
    page = text_of(desk.get(reverse("office:rights")))
    assert "ask and answer in the Agora" in page
    assert "1 a quarter" in page
    assert "in force" in page


def test_a_version_is_previewed_before_it_is_laid(desk, associate):
    sent = with_cell("associate:agora.write")
    page = text_of(desk.post(reverse("office:rights_edit"), {**sent, "act": "preview"}))

    assert "1 person gains: ask and answer in the Agora" in page
    assert associate.person.name in page
    assert "of 1 city" in page
    assert Table.objects.count() == 1


def test_a_laid_version_rules_from_its_moment_and_is_journalled(desk, associate):
    assert not viewer_for(associate.person).can("agora.write")

    answer = desk.post(reverse("office:rights_lay"), with_cell("associate:agora.write"))

    assert answer.status_code == 302
    assert viewer_for(associate.person).can("agora.write")
    row = JournalRow.objects.get(act="rights.lay")
    assert row.facts["gained"] == {"associate": ["agora.write"]}
    assert row.reason == "A trial"


def test_a_version_of_tomorrow_waits_and_can_be_withdrawn(desk, associate):
    tomorrow = timezone.now() + DAY
    sent = with_cell("associate:agora.write")
    sent["effective_from"] = tomorrow.strftime("%Y-%m-%dT%H:%M")
    desk.post(reverse("office:rights_lay"), sent)
    assert not viewer_for(associate.person).can("agora.write")
    page = text_of(desk.get(reverse("office:rights_version", args=[2])))
    assert "coming" in page

    answer = desk.post(reverse("office:rights_withdraw", args=[2]), {"reason": "Not agreed"})

    assert answer.status_code == 302
    assert "withdrawn" in text_of(desk.get(reverse("office:rights")))
    assert not Table.objects.in_force(tomorrow + DAY).filter(note="A trial").exists()


def test_what_rules_already_cannot_be_withdrawn(desk):
    answer = desk.post(reverse("office:rights_withdraw", args=[1]), {"reason": "Oh"})
    assert answer.status_code == 409
    assert table_at() is not None


def test_the_past_is_refused_and_nothing_typed_is_lost(desk):
    sent = with_cell("associate:agora.write")
    sent["effective_from"] = "2020-01-01T00:00"
    answer = desk.post(reverse("office:rights_edit"), {**sent, "act": "preview"})

    page = text_of(answer)
    assert answer.status_code == 422
    assert "This moment has passed" in page
    assert 'value="associate:agora.write" checked' in page
    assert 'value="A trial"' in page


def test_a_note_is_asked_for(desk):
    answer = desk.post(reverse("office:rights_edit"), form_of(note="", act="preview"))
    assert answer.status_code == 422


def test_changing_something_after_the_preview_keeps_every_cell(desk):
    sent = with_cell("associate:agora.write")
    page = text_of(desk.post(reverse("office:rights_edit"), {**sent, "act": "again"}))
    assert 'value="associate:agora.write" checked' in page


@pytest.mark.parametrize(
    ("without", "told"),
    [
        (["office:office.rights"], "nobody could change the table any more"),
    ],
)
def test_nobody_can_lock_the_table_for_ever(desk, without, told):
    sent = with_cell(without=without)
    answer = desk.post(reverse("office:rights_lay"), sent)
    assert answer.status_code == 409
    assert told in text_of(answer)
    assert Table.objects.count() == 1


def test_nobody_takes_from_herself_the_right_to_change_the_table(desk):
    sent = with_cell("curator:office.rights", without=["office:office.rights"])
    answer = desk.post(reverse("office:rights_lay"), sent)
    assert answer.status_code == 409
    assert "you yourself could not" in text_of(answer)


def test_of_two_who_write_at_once_the_later_compares_first(desk, client_factory):
    """No lost update: what the first laid is shown to the second before hers can be laid."""
    first, second = with_cell("associate:agora.write"), with_cell("associate:alex.write")
    colleague = client_factory(PersonFactory(is_office=True))
    assert desk.post(reverse("office:rights_lay"), first).status_code == 302

    answer = colleague.post(reverse("office:rights_lay"), second)

    page = text_of(answer)
    assert answer.status_code == 409
    assert "Meanwhile somebody else laid" in page
    assert "<strong>loses:</strong> ask and answer in the Agora" in page
    assert Table.objects.count() == 2
    # Having seen it, she lays hers knowingly.
    again = colleague.post(
        reverse("office:rights_lay"), second | {"known": actions.state_of_versions()}
    )
    assert again.status_code == 302


def test_a_button_pressed_twice_lays_one_version(desk):
    sent = with_cell("associate:agora.write")
    for _time in range(2):
        assert desk.post(reverse("office:rights_lay"), sent).status_code == 302
    assert Table.objects.count() == 2


def test_going_back_makes_a_new_version(desk, associate):
    desk.post(reverse("office:rights_lay"), with_cell("associate:agora.write"))
    page = text_of(desk.get(reverse("office:rights_edit"), {"from": "1", "back": "1"}))
    assert "Back to version 1" in page
    assert 'value="associate:agora.write" aria-label' in page  # not ticked

    old = contents_of(Table.objects.order_by("pk").first())
    desk.post(reverse("office:rights_lay"), form_of(old, note="Back to version 1"))

    assert Table.objects.count() == 3
    assert not viewer_for(associate.person).can("agora.write")


def test_two_versions_are_compared_in_words(desk):
    sent = with_cell("associate:agora.write") | {"seats-associate": 4}
    desk.post(reverse("office:rights_lay"), sent)
    page = text_of(desk.get(reverse("office:rights_compare"), {"old": "1", "new": "2"}))
    assert "<strong>gains:</strong> ask and answer in the Agora" in page
    assert "Seats, Associate: 3 becomes 4" in page


def test_laying_takes_a_fresh_sign_in(desk):
    session = desk.session
    grow_stale(session)
    session.save()
    answer = desk.post(reverse("office:rights_lay"), with_cell("associate:agora.write"))
    assert answer.status_code == 302
    assert "/confirm/" in answer.headers["Location"]
    assert Table.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_asks_the_same_number_of_questions_for_any_number_of_persons(
    desk, associate, django_assert_num_queries, rows
):
    for _each in range(rows):
        SeatFactory(partnership=associate.seat.partnership)
    sent = {**with_cell("associate:agora.write"), "act": "preview"}
    desk.get(reverse("office:rights"))
    with django_assert_num_queries(PREVIEW):
        desk.post(reverse("office:rights_edit"), sent)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_exceptions_asks_the_same_number_of_questions(
    desk, office, member, django_assert_num_queries, rows
):
    for number in range(rows):
        exception(reason=f"Reason {number}", city=member.city, by=viewer_for(office))
    with django_assert_num_queries(EXCEPTIONS):
        desk.get(reverse("office:rights_exceptions"))


PREVIEW, EXCEPTIONS = 18, 7


def exception(**facts):
    today = timezone.localdate()
    return actions.make_exception(
        **{"capability": "agora.write", "is_granted": True, "starts_on": today, "ends_on": today + 30 * DAY,
           "reason": "A trial month", "by": operator(), **facts}
    )  # fmt: skip


def exception_form(**changes):
    today = timezone.localdate()
    return {
        "city": "", "person": "", "capability": "agora.write", "is_granted": "no", "starts_on": today.isoformat(),
        "ends_on": (today + 30 * DAY).isoformat(), "reason": "You asked to pause", **changes,
    }  # fmt: skip


def test_an_exception_counts_at_once_and_its_reason_is_told(desk, client_factory, member):
    answer = desk.post(
        reverse("office:rights_exception_new"), exception_form(person=member.person.email)
    )
    assert answer.status_code == 302
    decision = rights.decide(viewer_for(member.person), "agora.write")
    assert not decision.allowed
    assert decision.reason == "You asked to pause"
    assert JournalRow.objects.filter(act="rights.except").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"city": "aaa"},  # a city and a person
        {"person": "", "city": ""},  # neither
        {"ends_on": ""},
        {"ends_on": "2999-01-01"},  # more than two years
        {"ends_on": "2020-01-01"},
        {"starts_on": "2020-01-01"},
        {"reason": ""},
        {"capability": "agora.fly"},
        {"person": "nobody@example.org"},
    ],
)
def test_an_exception_without_end_or_reason_is_refused(desk, member, changes):
    sent = exception_form(person=member.person.email) | changes
    answer = desk.post(reverse("office:rights_exception_new"), sent)
    assert answer.status_code == 422
    assert not RightException.objects.exists()


def test_the_desk_is_not_given_to_a_whole_city(desk, member):
    sent = exception_form(city="aaa", capability="office.journal", is_granted="yes")
    answer = desk.post(reverse("office:rights_exception_new"), sent)
    assert answer.status_code == 422
    assert "to persons, not to a whole city" in text_of(answer)


def test_an_exception_that_was_ended_is_kept(desk, member):
    made = exception(city=member.city, is_granted=False)
    assert not viewer_for(member.person).can("agora.write")

    desk.post(reverse("office:rights_exception_revoke", args=[made.code]))

    assert viewer_for(member.person).can("agora.write")
    assert made.reason not in text_of(desk.get(reverse("office:rights_exceptions")))
    ended = text_of(desk.get(reverse("office:rights_exceptions"), {"show": "ended"}))
    assert made.reason in ended


@pytest.mark.parametrize("act", ["lay", "withdraw", "except", "revoke"])
def test_each_verb_asks_for_its_own_permission(member, curator, act):
    """Whoever calls the action by another way than the page is judged all the same."""
    made, table = exception(city=member.city), Table.objects.get()
    verbs = {
        "lay": lambda by: actions.lay_table(
            contents_of(table), effective_from=None, note="Mine", known="", by=by
        ),
        "withdraw": lambda by: actions.withdraw_table(table, reason="Mine", by=by),
        "except": lambda by: exception(city=member.city, by=by),
        "revoke": lambda by: actions.revoke_exception(made, by=by),
    }
    for by in (viewer_for(member.person), viewer_for(curator), VISITOR):
        with pytest.raises(Forbidden):
            verbs[act](by)


def test_cities_compare_the_levels_before_they_join(client):
    page = text_of(client.get(reverse("front:levels")))
    assert "ask and answer in the Agora" in page
    assert "Premium" in page
    assert "change the table of rights" not in page  # what is done at the desk
