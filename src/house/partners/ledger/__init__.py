"""The ledger of benefits: what a city was given in a period of its contract, and what became of it.

    for balance in ledger.balances(city): balance.benefit, balance.period, balance.left
    kept = ledger.hold(city, benefit, key=key, by=viewer, what_for="Heat plans")
    ledger.use(kept, key=key, by=office)      # or `refund`; the city itself may `release`

Each verb takes a `key` that its caller chose. A repeated key returns what the first call made; a key
that was used for something else is refused. Refusals are `Refused`, with what would help.
"""

from house.partners.ledger.balances import Balance, balances, balances_of, holds_of
from house.partners.ledger.due import settle
from house.partners.ledger.holds import hold, refund, release, use
from house.partners.ledger.keeping import correct, grant, undo
from house.partners.ledger.rows import KeyTaken

__all__ = [
    "Balance",
    "KeyTaken",
    "balances",
    "balances_of",
    "correct",
    "grant",
    "hold",
    "holds_of",
    "refund",
    "release",
    "settle",
    "undo",
    "use",
]
