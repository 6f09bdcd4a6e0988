"""What the office decided for each case of cancelling and not coming; `models.rule` holds the defaults."""

import datetime
from dataclasses import dataclass

from house.meetings.models import DEFAULTS, Case, UnitRule

# every row in this file: everybody may know the rules


@dataclass(frozen=True, slots=True)
class Ruling:
    case: str
    outcome: str
    number: int

    @property
    def label(self) -> str:
        return str(Case(self.case).label)


def rulings() -> dict[str, Ruling]:
    kept = {row.case: (row.outcome, row.number) for row in UnitRule.objects.all()}
    return {case: Ruling(case, *kept.get(case, default)) for case, default in DEFAULTS.items()}


def city_cancels(starts_at: datetime.datetime, at: datetime.datetime) -> Ruling:
    """In time or late, by the hours that the office set."""
    found = rulings()
    early = found[Case.CITY_EARLY]
    in_time = starts_at - at >= datetime.timedelta(hours=early.number)
    return early if in_time else found[Case.CITY_LATE]


def city_takes_back(day: datetime.date | None, today: datetime.date) -> Ruling:
    """A visit without a day can always be taken back."""
    found = rulings()
    early = found[Case.VISIT_EARLY]
    in_time = day is None or (day - today).days >= early.number
    return early if in_time else found[Case.VISIT_LATE]
