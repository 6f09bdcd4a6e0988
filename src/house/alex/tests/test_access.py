"""Who sees what: the filter against the rule in plain words, over drawn viewers and shelves."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from house.access.audience import Audience
from house.access.candour import Candour
from house.access.viewer import VISITOR, Viewer
from house.alex.models import (
    Attachment,
    Contact,
    Draft,
    DraftCopy,
    Entry,
    FailuresShown,
    FreshnessAsk,
    ReviewNote,
    State,
    Transcript,
    Version,
)
from house.alex.tests.texts import looking
from house.partners.models import Circle
from tests.factories import CityFactory, EntryFactory, PersonFactory, SeatFactory, VersionFactory

pytestmark = pytest.mark.django_db
CITIES, CIRCLES = ["aaa", "bbb"], ["ring"]


def may_read(viewer, entry):
    """The rule in plain words, kept apart from the SQL that implements it."""
    if viewer.person_id and entry.author_id == viewer.person_id:
        return True
    offered = entry.state != "draft" and entry.audience != "private"
    if (viewer.is_curator or viewer.is_office) and offered:
        return True
    if entry.state not in {"published", "review_due"}:
        return False
    return {
        "public": True,
        "alliance": viewer.is_member or viewer.is_staff,
        "city": viewer.is_member and entry.city_id in viewer.city_ids,
        "circle": entry.circle_id in viewer.circle_ids,
        "private": False,
    }[entry.audience]


def may_read_version(viewer, entry, version):
    """Where the entry is seen, by those who were the version's readers in its time."""
    if not may_read(viewer, entry):
        return False
    if viewer.person_id and entry.author_id == viewer.person_id:
        return True
    if viewer.is_curator or viewer.is_office:
        return version.audience != "private"
    return {
        "public": True,
        "alliance": viewer.is_member or viewer.is_staff,
        "city": viewer.is_member and version.city_id in viewer.city_ids,
        "circle": version.circle_id in viewer.circle_ids,
        "private": False,
    }[version.audience]


@pytest.fixture
def world():
    for code in CITIES:
        CityFactory(code=code)
    Circle.objects.create(code="ring", name="Ring")
    return [PersonFactory() for _ in range(2)]


viewers = st.builds(
    lambda who, cities, circles, member, **staff: (
        who,
        Viewer(
            city_ids=frozenset(cities) if member else frozenset(),
            circle_ids=frozenset(circles),
            is_member=member and bool(cities),
            capabilities=frozenset(
                {"alex.review"} if staff["is_office"] or staff["is_curator"] else ()
            ),
            **staff,
        ),
    ),
    who=st.sampled_from([None, 0, 1]),
    cities=st.sets(st.sampled_from(CITIES)),
    circles=st.sets(st.sampled_from(CIRCLES)),
    member=st.booleans(),
    is_office=st.booleans(),
    is_curator=st.booleans(),
    is_expert=st.booleans(),
)
shelves = st.lists(
    st.tuples(
        st.sampled_from(State.values),
        st.sampled_from(Audience.values),
        st.sampled_from(CITIES),
        st.sampled_from([0, 1]),
        st.sampled_from(Candour.values),
        st.sampled_from(Audience.values),
    ),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=viewers, shelf=shelves)
def test_visible_to_is_the_rule_in_plain_words(world, drawn, shelf):
    who, viewer = drawn
    if who is not None:
        facts = {name: getattr(viewer, name) for name in Viewer.__dataclass_fields__}
        viewer = Viewer(**{**facts, "person_id": world[who].pk})
    with transaction.atomic():
        entries, versions = [], []
        for ordinal, (state, audience, city, author, candour, earlier) in enumerate(shelf):
            entry = EntryFactory(
                state=state,
                slug=f"e{ordinal}",
                audience=audience,
                city_id=city,
                circle_id="ring",
                author=world[author],
                candour=candour,
                shown_city=None,
            )
            entries.append(entry)
            if entry.current:
                old = VersionFactory(entry=entry, number=2, audience=earlier)
                versions += [(entry, entry.current), (entry, old)]
        seen = {entry.pk for entry in Entry.objects.visible_to(viewer)}
        read = {version.pk for version in Version.objects.visible_to(viewer)}
        transaction.set_rollback(True)

    assert seen == {entry.pk for entry in entries if may_read(viewer, entry)}
    assert read == {v.pk for entry, v in versions if may_read_version(viewer, entry, v)}


@pytest.fixture
def entry(member):
    """A public entry with one of everything inside that readers must not see."""
    made = EntryFactory(author=member.person, city=member.city)
    told = {"entry": made}
    Draft.objects.create(**told, content={})
    DraftCopy.objects.create(**told, content={}, digest="x", written_at=made.created_at)
    ReviewNote.objects.create(**told, text="Not yet.", side="reviewer")
    FailuresShown.objects.create(**told, version=made.current, digest="x")
    FreshnessAsk.objects.create(**told, due_on=made.created_at.date())
    Attachment.objects.create(**told, name="new.pdf", size=1, digest="x")
    Transcript.objects.create(**told, language="en", digest="x")
    return made


INSIDE = [Draft, DraftCopy, ReviewNote, FailuresShown, FreshnessAsk, Attachment, Transcript]


@pytest.mark.parametrize("model", INSIDE, ids=lambda model: model.__name__)
def test_readers_see_nothing_of_the_inside(entry, member, neighbour, model):
    assert Entry.objects.visible_to(VISITOR).get() == entry
    assert not model.objects.visible_to(VISITOR).exists()
    assert not model.objects.visible_to(looking(neighbour)).exists()
    assert model.objects.visible_to(looking(member)).exists()


def test_a_curator_sees_a_draft_only_once_it_is_handed_in(entry, curator):
    assert not Draft.objects.visible_to(looking(curator)).exists()
    Draft.objects.update(state="submitted", submitted_at=entry.created_at)
    assert Draft.objects.visible_to(looking(curator)).exists()


def test_the_holder_of_the_owning_seat_sees_the_inside(entry, member):
    seat = SeatFactory(partnership=member.seat.partnership)
    entry.owner_seat = seat
    entry.save()
    assert [m.objects.visible_to(looking(seat.person)).count() for m in INSIDE] == [1] * 7


def test_files_are_seen_once_the_current_version_lists_them(entry):
    Attachment.objects.update(is_current=True)
    assert Attachment.objects.visible_to(VISITOR).count() == 1
    Entry.objects.update(state=State.WITHDRAWN)
    assert not Attachment.objects.visible_to(VISITOR).exists()


@pytest.mark.parametrize(
    ("candour", "told"), [("person", 1), ("city", 1), ("described", 0), ("sealed", 0)]
)
def test_contacts_are_told_only_where_the_city_is(member, candour, told):
    made = EntryFactory(author=member.person, city=member.city, candour=candour)
    Contact.objects.create(entry=made, person=PersonFactory())
    assert Contact.objects.visible_to(VISITOR).count() == told


@pytest.mark.parametrize("rows", [1, 3])
def test_cards_cost_two_queries(rows, django_assert_num_queries):
    for _ in range(rows):
        EntryFactory(city=CityFactory())
    with django_assert_num_queries(2):
        for card in Entry.objects.visible_to(VISITOR).published().for_cards():
            assert str(card.shown_city)
            assert list(card.topics.all()) == []


def test_a_page_costs_three_queries(member, django_assert_num_queries):
    EntryFactory(author=member.person, city=member.city, owner_seat=member.seat)
    with django_assert_num_queries(3):
        entry = Entry.objects.visible_to(VISITOR).for_page().get()
        entry.credit()
        assert entry.current.title
        assert entry.owner_seat.person.name
        assert entry.owner_seat.partnership.city.name
