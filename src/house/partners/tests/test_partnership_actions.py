import datetime

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from house.access.models import JournalRow
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.partners.actions import partnerships as acts
from house.partners.models import Level, Partnership, PartnershipChange
from house.partners.viewing import operator, viewer_for
from tests.factories import CityFactory, PartnershipFactory, SeatFactory

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.now().date() + datetime.timedelta(days=days)


def running(**facts):
    facts = {"starts_on": day(-300), "ends_on": day(60), "last_day": day(90)} | facts
    return PartnershipFactory(**facts)


def acted():
    return list(JournalRow.objects.order_by("pk").values_list("act", flat=True))


def test_opening_records_the_change_and_the_last_day(office):
    opened = acts.open_partnership(
        CityFactory(), level="partner", starts_on=day(0), ends_on=day(365), grace_days=20,
        reason="Signed at the summit", by=viewer_for(office),
    )  # fmt: skip

    change = PartnershipChange.objects.get()
    assert (opened.level, opened.last_day) == ("partner", day(385))
    assert (change.act, change.level, change.effective_on, change.made_by) == (
        "opened", "partner", day(0), office,
    )  # fmt: skip
    row = JournalRow.objects.get()
    assert (row.act, row.reason, row.person_id) == (
        "partnership.opened", "Signed at the summit", office.pk,
    )  # fmt: skip


def test_opening_twice_gives_the_same_partnership():
    city = CityFactory()
    facts = {"level": "partner", "starts_on": day(0), "ends_on": day(365)}
    first = acts.open_partnership(city, **facts, by=operator())
    again = acts.open_partnership(city, **facts, by=operator())
    assert first == again
    assert acted() == ["partnership.opened"]


@pytest.mark.parametrize(
    ("starts", "ends", "clash"),
    [
        (-10, 10, True),
        (90, None, True),  # the last day of the other's grace
        (91, None, False),
        (-400, -301, "over"),
        (-400, 10, True),
        (-400, None, True),
    ],
)
def test_a_city_has_one_partnership_at_a_time(starts, ends, clash):
    city = running().city
    facts = {"starts_on": day(starts), "ends_on": None if ends is None else day(ends)}
    if not clash:
        acts.open_partnership(city, level="partner", **facts, by=operator())
        return
    with pytest.raises(Refused) as refused:
        acts.open_partnership(city, level="partner", **facts, by=operator())
    assert ("over before" if clash == "over" else city.name) in refused.value.message


@pytest.mark.parametrize(
    ("start", "end", "grace"),
    [
        ("0202-01-01", None, 30),
        ("2206-01-01", None, 30),
        ("2026-01-01", "2025-12-31", 30),
        ("2026-01-01", "9999-12-31", 30),
        ("2026-01-01", None, 366),
        ("2026-01-01", None, -1),
    ],
)
def test_nonsense_terms_are_refused_in_plain_words(start, end, grace):
    with pytest.raises(Refused) as refused:
        acts.open_partnership(
            CityFactory(), level="partner", starts_on=datetime.date.fromisoformat(start),
            ends_on=end and datetime.date.fromisoformat(end), grace_days=grace, by=operator(),
        )  # fmt: skip
    assert refused.value.message.endswith((".", "!"))
    assert not Partnership.objects.exists()


def test_a_level_planned_for_today_counts_at_once_and_in_the_column():
    seat = SeatFactory(partnership=running(level="associate"))
    assert not viewer_for(seat.person).can("alex.write")

    acts.plan_level(seat.partnership, level="partner", on=day(0), reason="Paid", by=operator())

    assert viewer_for(seat.person).can("alex.write")
    assert Partnership.objects.get().level == "partner"
    assert PartnershipChange.objects.get(act="level").applied_at


def test_a_level_planned_for_later_waits_for_its_day():
    partnership = running(level="associate")
    change = acts.plan_level(partnership, level="premium", on=day(5), by=operator())

    assert Partnership.objects.get().level == "associate"
    assert [partnership.find_level(day(n)) for n in (0, 4, 5, 6)] == [
        "associate", "associate", "premium", "premium",
    ]  # fmt: skip
    assert change.applied_at is None


def test_the_past_keeps_its_level_after_a_change():
    partnership = running(level="associate")
    acts.plan_level(partnership, level="premium", on=day(0), by=operator())
    assert partnership.find_level(day(-1)) == "associate"


def test_planning_the_same_twice_is_one_plan_and_another_level_that_day_is_refused():
    partnership = running(level="associate")
    first = acts.plan_level(partnership, level="premium", on=day(5), by=operator())
    assert acts.plan_level(partnership, level="premium", on=day(5), by=operator()) == first
    with pytest.raises(Refused, match="another level is planned"):
        acts.plan_level(partnership, level="partner", on=day(5), by=operator())


@pytest.mark.parametrize(
    ("on", "says"), [(-1, "from today on"), (61, "ends before"), (36500, "can't be meant")]
)
def test_a_level_can_t_change_on_a_day_that_makes_no_sense(on, says):
    with pytest.raises(Refused, match=says):
        acts.plan_level(running(level="associate"), level="premium", on=day(on), by=operator())


def test_a_level_that_stands_already_is_no_change():
    with pytest.raises(Refused, match="already"):
        acts.plan_level(running(level="premium"), level="premium", on=day(3), by=operator())


def test_a_withdrawn_plan_never_comes():
    partnership = running(level="associate")
    change = acts.plan_level(partnership, level="premium", on=day(5), by=operator())
    acts.take_back(change, by=operator())
    acts.take_back(change, by=operator())
    assert partnership.find_level(day(9)) == "associate"
    assert acted() == ["partnership.level", "partnership.taken_back"]


def test_a_level_that_has_begun_can_t_be_withdrawn():
    change = acts.plan_level(running(), level="premium", on=day(0), by=operator())
    with pytest.raises(Refused, match="has begun"):
        acts.take_back(change, by=operator())


@pytest.mark.parametrize("verb", [acts.extend, acts.renew])
def test_a_later_end_moves_the_last_day_once(verb):
    partnership = running()
    change = verb(partnership, ends_on=day(400), by=operator())
    assert verb(partnership, ends_on=day(400), by=operator()) == change
    partnership.refresh_from_db()
    assert (partnership.ends_on, partnership.last_day) == (day(400), day(430))

    acts.take_back(change, by=operator())
    partnership.refresh_from_db()
    assert (partnership.ends_on, partnership.last_day) == (day(60), day(90))


def test_a_renewal_follows_without_a_gap_also_in_the_grace():
    partnership = running(ends_on=day(-5), last_day=day(25))
    change = acts.renew(partnership, ends_on=day(360), by=operator())
    assert change.effective_on == day(-4)
    with pytest.raises(Refused, match="close the city at once"):
        acts.take_back(
            PartnershipChange.objects.create(
                partnership=partnership, act="extended", effective_on=day(0), ends_on=day(370),
                was={"ends_on": day(-60).isoformat(), "grace_days": 30},
            ),
            by=operator(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"ends_on": None, "last_day": None}, "no end"),
        ({"ends_on": day(-40), "last_day": day(-10)}, "is over"),
        ({"ends_on": day(500), "last_day": day(530)}, "already"),
    ],
)
def test_what_can_t_last_longer_says_why(facts, says):
    with pytest.raises(Refused, match=says):
        acts.extend(running(**facts), ends_on=day(400), by=operator())


def test_an_end_closes_after_its_grace_and_can_be_reopened_until_then():
    seat = SeatFactory(partnership=running())
    change = acts.end(
        seat.partnership, ends_on=day(0), grace_days=3, reason="The council left", by=operator()
    )
    seat.partnership.refresh_from_db()
    assert (seat.partnership.ends_on, seat.partnership.last_day) == (day(0), day(3))
    assert viewer_for(seat.person).is_member

    acts.take_back(change, by=operator())
    seat.partnership.refresh_from_db()
    assert (seat.partnership.ends_on, seat.partnership.last_day) == (day(60), day(90))


def test_an_end_at_once_closes_now_and_stays():
    seat = SeatFactory(partnership=running())
    change = acts.end(
        seat.partnership, ends_on=day(-1), grace_days=0, reason="Breach", by=operator()
    )
    assert not viewer_for(seat.person).is_member
    with pytest.raises(Refused, match="is over"):
        acts.take_back(change, by=operator())


@pytest.mark.parametrize(
    ("ends", "grace", "reason", "says"),
    [
        (-2, 0, "x", "yesterday at the earliest"),
        (61, 0, "x", "extend it"),
        (5, 0, " ", "Say why"),
        (5, 400, "x", "grace"),
    ],
)
def test_an_end_that_makes_no_sense_says_why(ends, grace, reason, says):
    with pytest.raises(Refused) as refused:
        acts.end(running(), ends_on=day(ends), grace_days=grace, reason=reason, by=operator())
    assert says in f"{refused.value.message} {refused.value.remedy}"


def test_seats_of_its_own_and_back_to_the_level_s():
    partnership = running()
    change = acts.set_seats(partnership, seats=40, reason="A large city", by=operator())
    assert acts.set_seats(partnership, seats=40, by=operator()) is None
    assert Partnership.objects.get().seats == 40
    acts.take_back(change, by=operator())
    assert Partnership.objects.get().seats is None


def test_only_the_latest_change_of_dates_can_be_taken_back():
    partnership = running()
    first = acts.extend(partnership, ends_on=day(100), by=operator())
    acts.extend(partnership, ends_on=day(200), by=operator())
    with pytest.raises(Refused, match="later builds on this"):
        acts.take_back(first, by=operator())


def test_taking_an_end_back_is_refused_once_another_partnership_took_the_time():
    partnership = running()
    change = acts.end(partnership, ends_on=day(0), grace_days=3, reason="x", by=operator())
    acts.open_partnership(partnership.city, level="premium", starts_on=day(4), by=operator())
    with pytest.raises(Refused, match="has a partnership"):
        acts.take_back(change, by=operator())


def test_notes_of_two_writers_are_both_kept():
    partnership = running()
    acts.note(partnership, notes="Call in May", seen="", by=operator())
    with pytest.raises(Refused, match="Somebody else"):
        acts.note(partnership, notes="Call in June", seen="", by=operator())
    assert Partnership.objects.get().notes == "Call in May"
    assert all("May" not in str(row.facts) for row in JournalRow.objects.all())


@pytest.mark.parametrize(
    "verb",
    [
        lambda p, by: acts.open_partnership(p.city, level="partner", starts_on=day(500), by=by),
        lambda p, by: acts.plan_level(p, level="premium", on=day(1), by=by),
        lambda p, by: acts.extend(p, ends_on=day(100), by=by),
        lambda p, by: acts.renew(p, ends_on=day(100), by=by),
        lambda p, by: acts.end(p, ends_on=day(1), grace_days=1, reason="x", by=by),
        lambda p, by: acts.set_seats(p, seats=1, by=by),
        lambda p, by: acts.note(p, notes="x", seen="", by=by),
        lambda p, by: acts.take_back(PartnershipChange(partnership=p, act="level"), by=by),
    ],
    ids=["open", "level", "extend", "renew", "end", "seats", "note", "take back"],
)
def test_only_the_office_acts(verb, member):
    partnership = running()
    for by in (viewer_for(member.person), Viewer()):
        with pytest.raises(Forbidden):
            verb(partnership, by)
    assert acted() == []


@given(
    first=st.sampled_from(Level.values),
    history=st.lists(
        st.tuples(
            st.sampled_from(["plan", "withdraw", "clock"]),
            st.sampled_from(Level.values),
            st.integers(0, 6),
        ),
        max_size=8,
    ),
)
@settings(max_examples=60, deadline=None)
def test_the_level_of_any_day_is_a_plain_model_s(first, history):
    """The model: a list of (day, level); the last of the latest begun day rules."""
    from django.db import transaction

    with transaction.atomic():
        partnership = running(level=first)
        model, made = [(-300, first)], []
        for step, level, at in history:
            if step == "plan":
                there = [(when, what) for when, what in model if when == at]
                on_day = [
                    what for when, what in sorted(model, key=lambda row: row[0]) if when <= at
                ]
                if (at > 0 and there) or on_day[-1] == level:
                    continue
                made.append(
                    (at, acts.plan_level(partnership, level=level, on=day(at), by=operator()))
                )
                model.append((at, level))
            elif step == "withdraw" and any(when > 0 for when, _ in made):
                when, change = next(row for row in made if row[0] > 0)
                acts.take_back(change, by=operator())
                made.remove((when, change))
                model.remove((when, change.level))
            elif step == "clock":
                acts.apply_begun(partnership)
        ruled = [
            [what for when, what in sorted(model, key=lambda row: row[0]) if when <= at][-1]
            for at in range(-2, 8)
        ]
        asked = [partnership.find_level(day(at)) for at in range(-2, 8)]
        listed = [
            Partnership.objects.with_level(day(at)).get(pk=partnership.pk).level_now
            for at in range(-2, 8)
        ]
        column = Partnership.objects.get(pk=partnership.pk).level
        transaction.set_rollback(True)

    assert asked == listed == ruled
    assert column == ruled[2]
