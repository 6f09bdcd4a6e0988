import dataclasses
import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from house.notices import fanning, happenings, inbox, rhythms
from house.notices.models import Notice, Reason
from house.partners.models import Partnership
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tell(room, member):
    def happen(*numbers, kind="toy.asked", thread="", person=None):
        for number in numbers:
            thing = room.things.get(number) or room.make(f"thing-{number}", number)
            happenings.tell(
                kind, thing, key=f"{kind}:{number}:{thread}:{person}", thread=thread,
                to={(person or member.person).pk: Reason.OWN},
            )  # fmt: skip
        rhythms.keep_up()
        fanning.fan_out()

    return happen


@pytest.fixture
def hers(client, member):
    client.force_login(member.person)
    return client


def page(client, **query):
    return client.get(reverse("notices:inbox"), query).content.decode()


def shown(text):
    return [number for number in range(1, 200) if f'href="/toy/thing-{number}/"' in text]


def bell(client):
    return client.get(reverse("notices:bell")).content.decode()


def test_an_empty_inbox_teaches_what_to_follow(hers, room):
    text = page(hers)
    assert reverse("notices:settings") in text
    assert "bike sharing" in text
    assert bell(hers).strip() == ""


def test_it_shows_her_notices_by_day_newest_first_and_nobody_elses(hers, tell, neighbour):
    tell(1, 2)
    tell(3, person=neighbour.person)
    Notice.objects.filter(happening__thing=1).update(
        made_at=timezone.now() - datetime.timedelta(days=2)
    )
    text = page(hers)
    assert shown(text) == [1, 2]
    assert text.index("thing-2/") < text.index("thing-1/")
    assert text.count('class="notices__date"') == 2
    assert "2 unread notices" in bell(hers)


def test_what_belongs_to_a_thread_stands_together(hers, tell):
    tell(1, thread="toy.post:a")
    tell(2)
    tell(3, kind="toy.answered", thread="toy.post:a")
    text = page(hers)
    assert text.count('class="notices__thread"') == 2


def test_a_room_that_fails_hides_nothing_else_and_is_told_to_the_operator(
    hers, room, tell, member, client_factory, caplog
):
    kind = happenings.kind_of("toy.asked")

    def breaks_at_two(pks, viewer):
        if 2 in pks:
            raise ZeroDivisionError("what somebody wrote")
        return kind.told(pks, viewer)

    happenings.register(dataclasses.replace(kind, told=breaks_at_two))
    tell(1, 2, 3)
    tell(4, kind="toy.answered")
    assert shown(page(hers)) == [1, 3, 4]
    assert "3 unread notices" in bell(hers)
    assert caplog.text.count("could not be told: thing 2") == 1

    office = client_factory(PersonFactory(is_office=True))
    health = office.get(reverse("office:health")).content.decode()
    assert "toy.asked 2: ZeroDivisionError" in health
    assert "what somebody wrote" not in health


@pytest.mark.parametrize("lost", ["the thing", "the level"])
def test_hole_3_what_she_may_not_see_any_more_is_neither_shown_nor_counted(
    hers, room, tell, member, lost
):
    tell(1, 2)
    assert shown(page(hers)) == [1, 2]
    if lost == "the thing":
        room.hidden_from.add(member.person.pk)
    else:
        Partnership.objects.update(
            starts_on="2010-01-01", ends_on="2011-01-01", last_day="2011-02-01"
        )
    text = page(hers)
    assert shown(text) == []
    assert "Title" not in text
    assert "Mark all as read" not in text
    assert bell(hers).strip() == ""


def test_hidden_notices_do_not_empty_a_page(hers, room, tell, monkeypatch):
    import dataclasses

    tell(*range(1, 120))
    kind = happenings.kind_of("toy.asked")
    monkeypatch.setitem(
        happenings._kinds, "toy.asked",
        dataclasses.replace(
            kind, told=lambda pks, viewer: {
                pk: told for pk, told in kind.told(pks, viewer).items() if pk <= 40
            }
        ),
    )  # fmt: skip
    text = page(hers)
    assert shown(text) == list(range(11, 41))
    before = Notice.objects.get(happening__thing=11).code
    assert f"before={before}" in text
    assert shown(page(hers, before=before)) == list(range(1, 11))


def test_reading_can_be_undone(hers, tell):
    tell(1, 2)
    code = Notice.objects.get(happening__thing=1).code
    answer = hers.post(reverse("notices:read"), {"code": code}, follow=True)
    assert shown(page(hers, show="unread")) == [2]
    undo = answer.context["undo"]
    hers.post(reverse("notices:unread"), {"at": undo.isoformat()})
    assert shown(page(hers, show="unread")) == [1, 2]


def test_reading_all_leaves_what_came_since_the_page_was_made(hers, tell):
    tell(1, 2)
    seen = timezone.now().isoformat()
    tell(3)
    hers.post(reverse("notices:read"), {"all": "1", "seen": seen})
    assert shown(page(hers, show="unread")) == [3]


def test_following_the_link_marks_it_read_without_a_word(hers, tell):
    tell(1)
    code = Notice.objects.get().code
    assert hers.post(reverse("notices:read"), {"code": code, "quietly": "1"}).status_code == 204
    assert Notice.objects.get().read_at


def test_nobody_marks_anothers(hers, tell, neighbour):
    tell(1, person=neighbour.person)
    code = Notice.objects.get().code
    hers.post(reverse("notices:read"), {"code": code})
    hers.post(reverse("notices:read"), {"all": "1"})
    assert Notice.objects.get().read_at is None


@pytest.mark.parametrize(
    "typed",
    [
        "x", "2026-99-99T00:00:00+00:00", "2026-01-01T00:00:00", "", "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)  # fmt: skip
def test_nonsense_changes_nothing(hers, tell, typed):
    tell(1)
    assert hers.post(reverse("notices:unread"), {"at": typed}).status_code == 302
    assert hers.post(reverse("notices:read"), {"code": typed, "seen": typed}).status_code == 302
    assert page(hers, before=typed, section=typed, done=typed, count=typed)
    assert Notice.objects.get().read_at is None


def test_a_section_narrows_it(hers, tell):
    tell(1)
    tell(2, kind="toy.answered")
    assert shown(page(hers, section="answers")) == [2]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_many(hers, tell, rows, django_assert_num_queries):
    tell(*range(1, rows + 1))
    page(hers)
    with django_assert_num_queries(6):
        assert shown(page(hers)) == list(range(1, rows + 1))


def test_counting_ends_at_a_hundred(hers, tell, member):
    tell(*range(1, 130))
    assert inbox.count_unread(viewer_for(member.person)) == 100
    assert "100+" in bell(hers)
