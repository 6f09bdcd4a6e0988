"""What the table of rights gives to each city now, and what has run out.

The rules, in one place:
- A period's units come at once, at the first look at or after its first midnight in the city. A period
  in which neither anybody looked nor the worker ran gives nothing afterwards.
- A change of level in mid-period: more is added at once; what was given is never taken back, less counts
  from the next period. Where the rhythm changes too (1 a year, 1 a quarter), what began in the new
  rhythm's running period counts towards its units, so that nothing is given twice.
- In its days of grace a partnership keeps what it has; no period begins after its end.
- What takes place in a period to come takes its unit from that period, which is granted ahead (`ahead`).
- Unused units expire with their period, or at once when no partnership runs any more. As many as the
  benefit carries over go into the next period of the same rhythm.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from house.partners.ledger.rows import Entry, earlier_with, write
from house.partners.models import (
    Account,
    Allowance,
    Benefit,
    Movement,
    Partnership,
    Per,
    Table,
    level_on,
)
from house.partners.periods import Period, midnight, period_of, today_in

# every row in this file: the house keeps everybody's books by rule; a reader's own come through the door

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Contract:
    """A city's running partnership, seen from its own today."""

    city: str
    time_zone: str
    origin: datetime.date
    ends_on: datetime.date | None
    level: str
    today: datetime.date

    def period(self, per: str, day: datetime.date | None = None) -> Period:
        return period_of(self.origin, per, day or self.today)

    def begins(self, period: Period) -> bool:
        """Does the contract still run when the period begins?"""
        return self.ends_on is None or period.starts_on <= self.ends_on


@dataclass(frozen=True, slots=True)
class Due:
    contract: Contract
    benefit: Benefit
    period: Period
    units: int


def contracts_at(
    at: datetime.datetime, cities: Collection[str] | None = None
) -> dict[str, Contract]:
    """Of each city with a running partnership, by its own date. One query."""
    utc = at.astimezone(datetime.UTC).date()
    days = (utc - _DAY, utc, utc + _DAY)  # any city's today is one of these
    rows = Partnership.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=days[0]), starts_on__lte=days[2]
    ).annotate(
        **{f"level_{number}": level_on("pk", "level", day) for number, day in enumerate(days)}
    )
    if cities is not None:
        rows = rows.filter(city__in=cities)
    found = {}
    # A city that renewed by a new contract is reckoned by the newer one.
    for row in rows.select_related("city").order_by("starts_on", "pk"):
        today = today_in(row.city.time_zone, at)
        if row.starts_on <= today and (row.last_day is None or today <= row.last_day):
            level = getattr(row, f"level_{days.index(today)}")
            found[row.city_id] = Contract(
                row.city_id, row.city.time_zone, row.starts_on, row.ends_on, level, today
            )
    return found


def allowances_at(at: datetime.datetime) -> dict[str, list[Allowance]]:
    """Level → what the version in force gives. One query."""
    ruling = Table.objects.in_force(at).values("pk")[:1]
    found = defaultdict(list)
    for row in Allowance.objects.filter(table=ruling, units__gt=0).select_related("benefit"):
        found[row.level].append(row)
    return found


def settle(cities: Collection[str] | None = None, *, at: datetime.datetime | None = None) -> int:
    """Grant what is due, carry over, and let run out what is over. Returns how many rows it wrote.

    Asks three queries and writes nothing where all is settled: readers call it for the cities they
    show, the worker once a day for all.
    """
    at = at or timezone.now()
    contracts, allowances = contracts_at(at, cities), allowances_at(at)
    due, over = _unsettled(at, cities, contracts, allowances)
    written = 0
    for city in sorted({each.contract.city for each in due} | {each.city_id for each in over}):
        written += _settle_city(city, at, contracts.get(city), allowances)
    return written


@transaction.atomic
def _settle_city(
    city: str,
    at: datetime.datetime,
    contract: Contract | None,
    allowances: dict[str, list[Allowance]],
) -> int:
    contracts = {city: contract} if contract else {}
    for each in _unsettled(at, [city], contracts, allowances)[0]:
        account_for(each.contract, each.benefit, each.period)
    # Looked at again under the lock of all accounts: another process may have settled them in between.
    list(Account.objects.select_for_update().filter(city=city).order_by("pk"))
    due, _over = _unsettled(at, [city], contracts, allowances)
    written = 0
    for each in due:
        account = account_for(each.contract, each.benefit, each.period)
        written += _carry_into(account, each.benefit, at) + _allot(account, each.units, at)
    _due, over = _unsettled(at, [city], contracts, allowances)
    return written + sum(_carry_on(account, at) + expire(account, at) for account in over)


def allot_due(
    contract: Contract, allowance: Allowance, accounts: list[Account], at: datetime.datetime
) -> None:
    """Grant what one allowance still owes for the contract's period, which may lie ahead of `at`."""
    for each in _due_to(contract, [allowance], accounts):
        _allot(account_for(each.contract, each.benefit, each.period), each.units, at)


def _unsettled(
    at: datetime.datetime,
    cities: Collection[str] | None,
    contracts: dict[str, Contract],
    allowances: dict[str, list[Allowance]],
) -> tuple[list[Due], list[Account]]:
    """What is due and not yet granted, and the accounts with units that have run out."""
    rows = Account.objects.with_left().filter(Q(left_now__gt=0) | Q(ends_at__gt=at - 366 * _DAY))
    if cities is not None:
        rows = rows.filter(city__in=cities)
    accounts: dict[str, list[Account]] = defaultdict(list)
    for account in rows:
        accounts[account.city_id].append(account)
    due = [
        each
        for contract in contracts.values()
        for each in _due_to(contract, allowances[contract.level], accounts[contract.city])
    ]
    over = [
        account
        for city, held in accounts.items()
        for account in held
        if account.left > 0 and (account.ends_at <= at or city not in contracts)
    ]
    return due, over


def _due_to(
    contract: Contract, allowances: Iterable[Allowance], accounts: list[Account]
) -> list[Due]:
    found = []
    for allowance in allowances:
        period = contract.period(allowance.per)
        if not allowance.benefit.is_offered or not contract.begins(period):
            continue
        same = [each for each in accounts if each.benefit_id == allowance.benefit_id]
        # What another rhythm gave since this period began counts towards it.
        elsewhere = sum(
            each.allotted for each in same if each.per != period.per and each.starts_on in period
        )
        allotted = sum(
            each.allotted
            for each in same
            if (each.per, each.starts_on) == (period.per, period.starts_on)
        )
        if allotted < allowance.units - elsewhere:
            found.append(
                Due(contract, allowance.benefit, period, allowance.units - elsewhere - allotted)
            )
    return found


def account_for(contract: Contract, benefit: Benefit, period: Period) -> Account:
    """The account of the period, opened and locked."""
    made, _is_new = Account.objects.get_or_create(
        city_id=contract.city,
        benefit=benefit,
        per=period.per,
        starts_on=period.starts_on,
        defaults={
            "ends_on": period.ends_on,
            "begins_at": midnight(period.starts_on, contract.time_zone),
            "ends_at": midnight(period.ends_on, contract.time_zone),
        },
    )
    return Account.objects.select_for_update().get(pk=made.pk)


def _allot(account: Account, units: int, at: datetime.datetime) -> int:
    total = account.allotted + units
    entry = Entry(f"allot:{account.code}:{total}", _("Granted by the table of rights"), at)
    write(account, Movement.Kind.GRANT, entry, granted=units, allotted=units)
    return 1


def _carry_into(account: Account, benefit: Benefit, at: datetime.datetime) -> int:
    """What the period before leaves, as far as the benefit carries over."""
    before = (
        Account.objects.select_for_update()
        .filter(city=account.city_id, benefit=benefit, per=account.per, ends_on=account.starts_on)
        .first()
    )
    units = min(before.left, benefit.carry_over) if before else 0
    if before is None or not units:
        return 0
    move(before, account, units, Entry(f"carry:{before.code}", _("Carried over by rule"), at))
    return 2


def _carry_on(before: Account, at: datetime.datetime) -> int:
    """Into the following period, where that was granted ahead and so carried nothing when it began."""
    if before.ends_at > at or not before.benefit.carry_over:
        return 0
    following = Account.objects.filter(
        city=before.city_id, benefit=before.benefit_id, per=before.per, starts_on=before.ends_on
    ).first()
    if following is None or earlier_with(f"carry:{before.code}:out") is not None:
        return 0
    written = _carry_into(following, before.benefit, at)
    before.refresh_from_db()
    return written


def move(source: Account, target: Account, units: int, entry: Entry) -> None:
    """From a period that is over into another: a row in each."""
    for account, side, change in (
        (source, "out", {"gone": units}),
        (target, "in", {"granted": units}),
    ):
        write(account, Movement.Kind.CARRY, replace(entry, key=f"{entry.key}:{side}"), **change)


def expire(account: Account, at: datetime.datetime) -> int:
    """What is left runs out. The caller has locked the account and knows that it is over."""
    left = account.left
    if left <= 0:
        return 0
    # Units may come back to a period that is over and run out again: the total tells the rows apart.
    entry = Entry(f"expire:{account.code}:{account.gone + left}", _("The period is over"), at)
    write(account, Movement.Kind.EXPIRE, entry, gone=left)
    return 1


def period_for_grants(contract: Contract, benefit: Benefit, at: datetime.datetime) -> Period:
    """The running period in which a unit given by hand counts: the table's rhythm, else the contract year."""
    for allowance in allowances_at(at)[contract.level]:
        if allowance.benefit_id == benefit.pk:
            return contract.period(allowance.per)
    return contract.period(Per.YEAR)


def open_now(accounts: Iterable[Account], at: datetime.datetime) -> list[Account]:
    return [account for account in accounts if account.begins_at <= at < account.ends_at]
