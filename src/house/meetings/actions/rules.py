"""The office decides what becomes of units."""

from django.db import transaction

from house.access import journal
from house.access.viewer import Viewer
from house.meetings.models import DEFAULTS, UnitRule
from house.meetings.rules import rulings
from house.partners import rights

# every row in this file: after the office's right was asked


@transaction.atomic
def change_rules(wanted: dict[str, tuple[str, int]], *, by: Viewer) -> int:
    """Case → (outcome, number). Counts from now on; what was decided stays. How many changed."""
    rights.require(by, "office.ledger")
    now = rulings()
    changed = {
        case: value
        for case, value in wanted.items()
        if case in DEFAULTS and value != (now[case].outcome, now[case].number)
    }
    for case, (outcome, number) in changed.items():
        row, _is_new = UnitRule.objects.update_or_create(
            case=case, defaults={"outcome": outcome, "number": number}
        )
        journal.record("session.rule", row, by=by, facts={"outcome": outcome, "number": number})
    return len(changed)
