"""Who comes, as those see it who look after an event of some hundred people."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from house.gatherings import actions
from house.gatherings.models import Registration, SessionPlace
from house.gatherings.tests.making import make_event
from house.partners.viewing import viewer_for
from tests.factories import CityFactory, PersonFactory

pytestmark = pytest.mark.django_db


def fill(event, count, *, waiting=0, city=None):
    """So many who have a place and so many who wait, in the order of their numbers."""
    now, made = timezone.now(), []
    for number in range(count + waiting):
        made.append(
            Registration(
                event=event,
                person=PersonFactory(name=f"Zo\u00eb Nr{number:03}"),
                city=city,
                seat="online",
                state="confirmed" if number < count else "waiting",
                queued_at=now + datetime.timedelta(seconds=number),
            )
        )
    Registration.objects.bulk_create(made)


def page_of(client, event, **asked):
    answer = client.get(reverse("gatherings:event_people", args=[event.slug]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("count", [1, 3, 60])
def test_a_page_of_those_who_come_asks_the_same_of_the_records_however_many_they_are(
    client, office, count, django_assert_num_queries
):
    event = make_event()
    fill(event, count, city=CityFactory())
    client.force_login(office)
    page_of(client, event)
    with django_assert_num_queries(16):
        page_of(client, event)
    with django_assert_num_queries(18):  # those who were found are counted by themselves
        page_of(client, event, name="nr000")


def test_six_hundred_are_paged_and_paper_and_table_hold_all(client, office):
    event = make_event()
    fill(event, 580, waiting=20, city=CityFactory(name="Harlem"))
    client.force_login(office)

    first, last, paper = (
        page_of(client, event, **asked) for asked in ({}, {"page": 12}, {"all": 1})
    )

    assert first.count("<tr id=") == 50
    assert len(first) < 120_000
    assert 'Have a place <span class="quiet numbers">580</span>' in first
    assert "Harlem (580)" in first
    assert 'Wait, in order <span class="quiet numbers">20</span>' in last
    assert last.count("<tr id=") == 50
    assert paper.count("<tr id=") == 600
    table = client.get(reverse("gatherings:event_people_table", args=[event.slug, "csv"]))
    assert len(list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))) == 601


def test_somebody_is_found_by_name_and_checked_in_where_she_was_found(client, office):
    event = make_event()
    fill(event, 60)
    client.force_login(office)

    page = page_of(client, event, name="zoe nr055")

    assert page.count("<tr id=") == 1
    found = Registration.objects.get(person__name__endswith="055")
    address = reverse("gatherings:check_in", args=[event.slug, found.code])
    assert f'action="{address}?name=zoe+nr055"' in page
    back = client.post(f"{address}?name=zoe+nr055", {"came": "yes"})
    assert back.url.endswith(f"/manage/people/?name=zoe+nr055#person-{found.code}")
    assert "Nobody who comes or waits is found by this." in page_of(client, event, name="Nobody")


def test_who_chose_a_session_is_found_by_it_and_stands_in_the_table(client, office, member):
    event, by = make_event(kind="summit"), viewer_for(office)
    session = actions.save_session(
        event, by=by, title="Night trains", starts_at=event.starts_at, minutes=30, takes_places=True
    )
    actions.publish_programme(event, by=by)
    fill(event, 3)
    first, second, _third = Registration.objects.order_by("pk")
    session.refresh_from_db()
    SessionPlace.objects.create(session=session, registration=first)
    SessionPlace.objects.create(session=session, registration=second, is_waiting=True)
    client.force_login(office)

    page = page_of(client, event, session=session.code)
    table = client.get(reverse("gatherings:event_people_table", args=[event.slug, "csv"]))

    assert page.count("<tr id=") == 2
    assert page.count("waits for a place") == 1
    assert table.content.decode("utf-8-sig").count("Night trains") == 1
