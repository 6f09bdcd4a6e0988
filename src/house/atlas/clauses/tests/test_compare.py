"""What differs, is the same or is unknown: the rule in plain words, against the function."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.atlas.clauses.compare import Said, Verdict, kept, verdict

answers = st.one_of(
    st.none(),
    st.builds(
        Said,
        answer=st.sampled_from(["yes", "no"]),
        value=st.sampled_from([None, Decimal(30), Decimal("30.00"), Decimal(60)]),
        unit=st.sampled_from(["", "nights", "Nights ", "days"]),
        words=st.sampled_from(["", "fine", "Fine"]),
    ),
)


@given(st.lists(answers, max_size=6))
def test_the_verdict_is_the_rule_in_plain_words(told):
    known = [each for each in told if each is not None]
    different = any(one.key != other.key for one in known for other in known)
    if not known:
        expected = "unknown"
    elif different:
        expected = "differ"
    else:
        expected = "same" if len(known) == len(told) else "open"
    assert verdict(told) == expected


@given(st.lists(answers, max_size=6), st.randoms(use_true_random=False))
def test_order_changes_nothing_and_one_unknown_more_never_makes_a_difference(told, chance):
    turned = list(told)
    chance.shuffle(turned)
    assert verdict(turned) == verdict(told)
    assert (verdict([*told, None]) is Verdict.DIFFER) == (verdict(told) is Verdict.DIFFER)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Said("no"), None, "open"),  # unknown is not a no
        (Said("no"), Said("no", Decimal(3), "days"), "same"),  # beside a no, a number says nothing
        (Said("yes", Decimal(30), "nights"), Said("yes", Decimal("30.00"), "Nights"), "same"),
        (Said("yes", Decimal(30), "nights"), Said("yes", Decimal(30), "days"), "differ"),
        (Said("yes"), Said("no"), "differ"),
    ],
)
def test_pairs(one, other, expected):
    assert verdict([one, other]) == expected


def test_only_differences_keeps_the_order():
    rows = [("a", Verdict.SAME), ("b", Verdict.DIFFER), ("c", Verdict.OPEN), ("d", Verdict.DIFFER)]
    assert [row for row, _verdict in kept(rows, only_differences=True)] == ["b", "d"]
    assert kept(rows, only_differences=False) == rows
