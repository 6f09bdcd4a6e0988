"""The judge against a plain model: drawn tables, standings and exceptions."""

import datetime
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from house.access.capabilities import Standing
from house.partners import rights
from house.partners.models import Right, RightException, Table
from house.partners.versions import contents_of, holders
from house.partners.viewing import viewer_for
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db
ASKED = ("alex.read", "agora.write", "partnership.manage", "office.rights")
RANK = ["associate", "partner", "premium"]
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Version:
    """`begins` in days from now; of two that begin at once the later laid one rules."""

    begins: int
    is_withdrawn: bool
    cells: frozenset


@dataclass(frozen=True)
class Place:
    """A seat: of which city, at which level, of what kind; `days` since the partnership ended."""

    city: str
    level: str
    kind: str
    runs: bool


@dataclass(frozen=True)
class Exempt:
    """`whom`: "she", one of her cities, or a city that is not hers."""

    whom: str
    capability: str
    is_granted: bool
    when: str


@pytest.fixture(autouse=True)
def forget_versions():
    yield
    rights.KEPT.clear()


cells = st.frozensets(st.tuples(st.sampled_from(Standing.values), st.sampled_from(ASKED)))
versions = st.lists(
    st.builds(Version, st.sampled_from([-3, -2, -1, 1]), st.booleans(), cells), max_size=3
)
places = st.lists(
    st.builds(
        Place,
        st.sampled_from(["aaa", "bbb"]),
        st.sampled_from(RANK),
        st.sampled_from(["member", "contact", "coordinator"]),
        st.booleans(),
    ),
    max_size=2,
    unique_by=lambda place: place.city,
)
exempts = st.lists(
    st.builds(
        Exempt,
        st.sampled_from(["she", "aaa", "bbb", "another"]),
        st.sampled_from(ASKED),
        st.booleans(),
        st.sampled_from(["now", "over", "coming", "revoked"]),
    ),
    max_size=4,
)
flags = st.fixed_dictionaries(
    {name: st.booleans() for name in ("is_office", "is_curator", "is_expert", "is_active")}
)


def may(capability, laid, sits, works, exempted):
    """The rule in plain words, kept apart from the queries that implement it."""
    if not works["is_active"]:
        return False
    # Of two that begin at once the one laid last rules; equal ones are told apart by their place.
    begun = [
        (each.begins, place, each)
        for place, each in enumerate(laid)
        if each.begins < 0 and not each.is_withdrawn
    ]
    ruling = max(begun, key=lambda told: told[:2])[2] if begun else None
    running = [place for place in sits if place.runs]
    standings = {place.kind for place in running if place.kind != "member"}
    if running:
        standings.add(max((place.level for place in running), key=RANK.index))
    standings |= {name for name in ("office", "curator", "expert") if works[f"is_{name}"]}
    hers = {"she"} | {place.city for place in running}
    standing = [
        each
        for each in exempted
        if each.when == "now" and each.whom in hers and each.capability == capability
    ]
    if any(not each.is_granted for each in standing):
        return False  # what is taken from one is taken, whatever else is given
    if standing:
        return True
    return ruling is not None and any((each, capability) in ruling.cells for each in standings)


def build(laid, sits, works, exempted):
    now, today = timezone.now(), timezone.now().date()
    Table.objects.all().delete()
    for each in laid:
        table = Table.objects.create(
            effective_from=now + each.begins * DAY,
            withdrawn_at=now if each.is_withdrawn else None,
        )
        Right.objects.bulk_create(
            Right(table=table, standing=standing, capability=name) for standing, name in each.cells
        )
    person = PersonFactory(**works)
    for place in sits:
        ended = {} if place.runs else {"ends_on": today - 2 * DAY, "last_day": today - DAY}
        partnership = PartnershipFactory(
            city=CityFactory(code=place.city), level=place.level, **ended
        )
        SeatFactory(partnership=partnership, person=person, kind=place.kind)
    times = {"now": (0, 0), "over": (-3, -1), "coming": (1, 3), "revoked": (-1, 1)}
    for each in exempted:
        begins, ends = times[each.when]
        whom = {"person": person} if each.whom == "she" else {"city": CityFactory(code=each.whom)}
        RightException.objects.create(
            **whom, capability=each.capability, is_granted=each.is_granted, reason="Why",
            starts_on=today + begins * DAY, ends_on=today + ends * DAY,
            revoked_at=now if each.when == "revoked" else None,
        )  # fmt: skip
    return person


@given(laid=versions, sits=places, works=flags, exempted=exempts)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_judge_is_the_rule_in_plain_words(laid, sits, works, exempted):
    with transaction.atomic():
        rights.KEPT.clear()
        person = build(laid, sits, works, exempted)
        viewer = viewer_for(person)
        found = {name: rights.decide(viewer, name) for name in ASKED}
        # The preview of a version judges by the same rule: else it would promise what does not come.
        ruling = Table.objects.in_force().first()
        promised = {
            name
            for holder in holders()
            if holder.person.pk == person.pk
            for name in holder.can(contents_of(ruling))
        }
        transaction.set_rollback(True)
    expected = {name for name in ASKED if may(name, laid, sits, works, exempted)}

    assert {name for name, decision in found.items() if decision.allowed} == expected
    assert promised == expected
    assert all(decision.reason for decision in found.values() if not decision.allowed)
