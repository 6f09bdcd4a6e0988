"""From what rooms tell to a draft of an issue: only what readers may see, quoted letter by letter."""

import datetime
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from house.access.viewer import VISITOR
from house.alex.models import Entry
from house.ground.errors import Forbidden, Refused
from house.magazine.actions.planning import change_plan, make_issue, stands_in
from house.magazine.models import Article, Issue, Plan
from house.magazine.planning import bounds, month_of, moved, proposal_for, rows_moved, tellable
from house.magazine.reading import open_cards
from house.memory import tellers
from house.memory.tellers import opening
from house.partners.viewing import viewer_for
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db
TEXT = "<p>Begin with the repair shop. Then ask who pays in the third year.</p>"


@pytest.fixture
def month():
    return timezone.localdate().replace(day=1)


@pytest.fixture
def entries(member, neighbour):
    """One of each audience, published this month."""
    made = {}
    for name, facts in {
        "public": {"audience": "public"},
        "alliance": {"audience": "alliance"},
        "city": {"audience": "city", "city": member.city},
        "private": {"audience": "private", "author": member.person},
        "sealed": {
            "audience": "alliance",
            "candour": "sealed",
            "author": neighbour.person,
            "city": neighbour.city,
        },
    }.items():
        made[name] = EntryFactory(
            title=f"A zz{name} tale", fields={"differently": TEXT}, state="published",
            **{"city": member.city, **facts},
        )  # fmt: skip
        Entry.objects.filter(pk=made[name].pk).update(published_at=timezone.now())
    return made


def titles(rows):
    return {row.thing.title for row in rows}


def test_the_proposal_holds_what_a_plain_reader_may_see_whoever_looks(entries, month, curator):
    told = proposal_for(month, viewer_for(curator))
    assert titles(told.proposed) == {"A zzpublic tale", "A zzalliance tale", "A zzsealed tale"}
    by_title = {row.thing.title: row for row in told.proposed}
    assert by_title["A zzpublic tale"].is_public
    assert not by_title["A zzalliance tale"].is_public
    sealed = by_title["A zzsealed tale"]
    assert sealed.cities == ()
    assert sealed.thing.credit == "A city of the alliance"
    assert all(row.reasons for row in told.proposed)


def test_each_count_opens_exactly_its_rows(entries, month, member, curator, client):
    for viewer, expected in (
        (viewer_for(member.person), 5),
        (viewer_for(curator), 4),
        (VISITOR, 1),
    ):
        counts = {sort: count for sort, _label, count in moved(month, viewer)}
        assert counts == {"new": len(rows_moved(month, "new", viewer))}
        assert counts["new"] == expected
    client.force_login(member.person)
    page = client.get(reverse("magazine:moved_rows", args=["new"]), {"month": f"{month:%Y-%m}"})
    assert page.content.decode().count("row__title") == 5


def test_an_issue_is_drafts_that_quote_their_source(entries, month, curator):
    by = viewer_for(curator)
    for name in ("alliance", "public"):
        change_plan(month, "pick", ("entry", entries[name].pk), by=by)
    issue = make_issue(month, "What came of it", by=by)

    assert not issue.live
    first, second = Article.objects.filter(issue=issue).order_by("position")
    assert (first.title, first.audience) == ("A zzalliance tale", "members")
    assert (second.title, second.audience) == ("A zzpublic tale", "public")
    quote = first.body[0].value["text"]
    assert quote == "Begin with the repair shop. Then ask who pays in the third year."
    assert quote in first.teaser
    assert first.body[1].value["path"] == entries["alliance"].get_absolute_url()
    assert [first.live, second.live] == [False, False]
    with pytest.raises(Refused):
        make_issue(month, "Twice", by=by)


def test_every_quote_stands_in_its_source(entries, month):
    for thing in tellable(month, tellers.reader()).values():
        assert stands_in(thing.quote, thing)
        assert not stands_in(thing.quote + " And more.", thing)


def test_acts_are_ordered_taken_back_and_repeated_without_harm(entries, month, curator):
    by = viewer_for(curator)
    one, two = (("entry", entries[name].pk) for name in ("public", "alliance"))
    for act, name, expected in (
        ("pick", one, [one]), ("pick", two, [one, two]), ("pick", two, [one, two]), ("up", two, [two, one]),
        ("up", two, [two, one]), ("drop", one, [two]), ("undo", None, [two, one]), ("undo", None, [one, two]),
    ):  # fmt: skip
        plan = change_plan(month, act, name, by=by)
        assert plan.picked == [list(each) for each in expected], act
    with pytest.raises(Refused):
        change_plan(month, "burn", one, by=by)


def test_who_does_not_edit_changes_nothing(entries, month, member):
    with pytest.raises(Forbidden):
        change_plan(month, "pick", ("entry", entries["public"].pk), by=viewer_for(member.person))
    assert not Plan.objects.exists()


def test_what_was_withdrawn_since_is_counted_and_not_told(entries, month, curator):
    by = viewer_for(curator)
    change_plan(month, "pick", ("entry", entries["public"].pk), by=by)
    Entry.objects.filter(pk=entries["public"].pk).update(audience="private", author=curator)
    told = proposal_for(month, by)
    assert (told.picked, told.gone) == ([], 1)
    with pytest.raises(Refused):
        make_issue(month, "Empty", by=by)


def test_what_was_typed_is_kept_where_no_issue_can_be_made(client, curator, month):
    client.force_login(curator)
    answer = client.post(
        reverse("magazine:plan_issue"), {"month": f"{month:%Y-%m}", "title": "Kept words"}
    )
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Issue.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_proposal_asks_a_fixed_number_of_questions(
    django_assert_max_num_queries, entries, month, curator, rows
):
    keep = list(entries.values())[:rows]
    Entry.objects.exclude(pk__in=[entry.pk for entry in keep]).update(
        published_at=timezone.now() - datetime.timedelta(days=99)
    )
    viewer = viewer_for(curator)
    with django_assert_max_num_queries(40):
        proposal_for(month, viewer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", "One. Two."),
        ("A word " * 60, ("A word " * 60)[:300].rpartition(" ")[0]),
        ("Short", "Short"),
        ("“Said.” Then more.", "“Said.” Then more."),
    ],
)
def test_an_opening_is_the_text_letter_by_letter(text, expected):
    assert opening(text) == expected
    assert opening(text) in text


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("2026-02", (2026, 2)), ("nonsense", None), ("2026-99", None), ("9999-12", None), ("0001-01", None),
        ("99999999999-1", None), ("²026-1", None), ("-", None),
    ],
)  # fmt: skip
def test_a_month_is_read_from_the_address(asked, first):
    found = month_of(asked)
    assert found.day == 1
    assert first is None or (found.year, found.month) == first
    since, until = bounds(found)
    assert 28 <= (until - since).days <= 31


@pytest.mark.parametrize("asked", ["9999-12", "0001-01", "99999999999-1"])
def test_a_month_beyond_the_calendar_is_no_error(client, curator, asked):
    client.force_login(curator)
    for address in (reverse("magazine:plan"), reverse("magazine:moved_rows", args=["new"])):
        assert client.get(address, {"month": asked}).status_code == 200


@pytest.mark.parametrize("name", ["", "entry:", "entry:²", f"entry:{'9' * 5000}", "entry:-1"])
def test_a_choice_of_nothing_is_refused_in_words(client, curator, name):
    client.force_login(curator)
    told = {"month": "2026-02", "act": "pick", "name": name}
    assert client.post(reverse("magazine:plan_act"), told).status_code == 409


def test_a_card_is_found_by_an_address_in_any_letters(curator, member):
    entry = EntryFactory(
        title="Räume für alle", slug="räume-für-alle", audience="alliance", state="published"
    )
    path = entry.get_absolute_url()
    assert "%C3%A4" in path
    for address in (path, unquote(path)):
        assert open_cards([address], viewer_for(member.person))[address].title == entry.title
        assert open_cards([address], VISITOR) == {}
