"""Units of a period that has not begun: what takes place in it is taken from it, whenever it is booked.

Only as much is granted ahead as the table in force on that day gives. When the period begins it finds its
units granted; what the period before carries over is added then (`due`).
"""

import datetime

from house.partners.ledger.due import account_for, allot_due, allowances_at, contracts_at
from house.partners.ledger.rows import lock
from house.partners.models import Account, Benefit

# every row in this file: the house keeps everybody's books by rule


def open_ahead(
    city: str, benefit: Benefit, when: datetime.datetime, at: datetime.datetime
) -> list[Account]:
    """All accounts of the benefit, locked; among them that of the period with `when` in it, granted.

    Empty where no contract runs then: a period may last longer than the contract does.
    """
    contract = contracts_at(when, [city]).get(city)
    if contract is None:
        return []
    if not benefit.is_offered:
        return lock(city, benefit.pk)
    for allowance in allowances_at(when)[contract.level]:
        if allowance.benefit_id != benefit.pk:
            continue
        period = contract.period(allowance.per)
        if contract.begins(period):
            account_for(contract, benefit, period)
            allot_due(contract, allowance, lock(city, benefit.pk), at)
    return lock(city, benefit.pk)
