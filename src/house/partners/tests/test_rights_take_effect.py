"""A right that is edited counts at once and everywhere: nothing that a process remembers outlives it."""

import datetime
import re
from pathlib import Path
from unittest import mock

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

import house
from house.partners import rights, tasks
from house.partners.actions import rights as actions
from house.partners.models import JoinRequest, Level, Seat
from house.partners.versions import Contents, contents_of, table_at
from house.partners.viewing import operator, viewer_for
from house.people.tokens import issue_token
from house.retrieval import outbox
from tests.factories import EntryFactory, SeatFactory

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def lay(*, without=(), given=(), at=None):
    """A version that differs from the one in force in these cells."""
    now = contents_of(table_at())
    return actions.lay_table(
        Contents((now.cells - set(without)) | set(given), now.allowances, now.seats),
        effective_from=at,
        note="A trial",
        known=actions.state_of_versions(),
        by=operator(),
    )


READING = [(level, "alex.read") for level in Level.values]


@pytest.fixture
def ways(client_factory, settings, member, neighbour):
    """Each way by which a member reads an entry of another city, warm from a first look."""
    settings.EMBEDDINGS_URL = "none"
    entry = EntryFactory(
        title="The zzcanary", audience="alliance", city=neighbour.city, author=neighbour.person,
        fields={"challenge": "<p>The zzcanary sang.</p>"},
    )  # fmt: skip
    outbox.touch("entry", entry.pk)
    outbox.drain()
    browser = client_factory(member.person)
    headers = {"Authorization": f"Bearer {issue_token(member.person)}"}

    def look():
        pages = {
            "page": browser.get(entry.get_absolute_url()),
            "list": browser.get(reverse("alex:entry_list")),
            "search": browser.get(reverse("front:search"), {"q": "zzcanary sang"}),
            "api": browser.get(reverse("api:entry", args=[entry.slug]), headers=headers),
            "api search": browser.get(reverse("api:find"), {"q": "zzcanary"}, headers=headers),
        }
        return {name for name, answer in pages.items() if b"The zzcanary" in answer.content}

    everywhere = {"page", "list", "search", "api", "api search"}
    assert look() == everywhere
    return look


def test_a_right_taken_closes_pages_search_and_api_at_once(ways):
    lay(without=READING)
    assert ways() == set()


def test_a_right_given_back_opens_them_again_at_once(ways):
    lay(without=READING)
    lay(given=READING)
    assert len(ways()) == 5


def test_a_version_counts_from_its_moment_on_and_not_before(ways):
    """No clock has to run, and no process to be started again."""
    moment = timezone.now() + HOUR
    lay(without=READING, at=moment)
    assert len(ways()) == 5
    with mock.patch("django.utils.timezone.now", return_value=moment - datetime.timedelta(seconds=1)):  # fmt: skip
        assert len(ways()) == 5
    with mock.patch("django.utils.timezone.now", return_value=moment):
        assert ways() == set()


def test_mail_is_judged_when_it_is_sent(member):
    speaker = SeatFactory(partnership=member.seat.partnership, kind=Seat.Kind.COORDINATOR).person
    asked = [
        JoinRequest.objects.create(
            city=member.city, email=f"{name}@example.org", name=name, title="Planner"
        )
        for name in ("first", "second")
    ]
    tasks.tell_coordinators.call(asked[0].pk)
    assert [to for each in mail.outbox for to in each.to] == [speaker.email]

    lay(without=[("coordinator", "partnership.manage")])
    tasks.tell_coordinators.call(asked[1].pk)

    assert len(mail.outbox) == 1


def test_nothing_has_to_be_told_to_other_processes(member):
    """What a process keeps are cells of a version, which never change; which one rules is asked anew.

    So no code of the house clears that memory, and a second process needs no word from the first.
    """
    sources = Path(house.__file__).parent.rglob("*.py")
    clearing = [
        str(file)
        for file in sources
        if "tests" not in file.parts and re.search(r"KEPT\.(clear|pop)", file.read_text())
    ]
    assert clearing == []
    before = viewer_for(member.person).table
    kept = rights.cells(before)

    lay(without=[("partner", "agora.write")])

    assert not viewer_for(member.person).can("agora.write")
    assert viewer_for(member.person).table != before
    assert rights.cells(before) is kept  # a page that began under the old version ends under it
