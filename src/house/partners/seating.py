"""How many seats a partnership has, and how many are free. Whoever creates a seat asks here first.

A seat without a person is taken all the same: it waits for a successor, not for a new colleague.
"""

import datetime

from django.utils.translation import gettext as _

from house.ground.errors import Refused
from house.partners.models import Partnership, Seat, Table

# every row in this file: a number that names nobody


def seats_by_level(on: datetime.datetime | None = None) -> dict[str, int]:
    """Level → number of seats, by the table of rights in force."""
    seats: dict[str, int] = Table.objects.in_force(on).values_list("seats", flat=True).first() or {}
    return seats


def number_of_seats(partnership: Partnership) -> int:
    """The partnership's own number if it has one, else what its level of today brings."""
    if partnership.seats is not None:
        return partnership.seats
    return seats_by_level().get(level_of(partnership), 0)


def level_of(partnership: Partnership) -> str:
    """The level of today, also of a partnership that was loaded without it."""
    known: str | None = getattr(partnership, "level_now", None)
    return partnership.find_level() if known is None else known


def seats_left(partnership: Partnership) -> int:
    """Below zero when the number was lowered: nobody loses a seat by that, nobody gets a new one."""
    return number_of_seats(partnership) - Seat.objects.filter(partnership=partnership).count()


def require_seat(partnership: Partnership, *, promised: int = 0) -> None:
    """Raise `Refused` unless one more seat can be made; `promised` are those that invitations hold.

    Call it in the transaction that makes the seat, with the partnership's row locked: two who ask at once
    must not both get the last one.
    """
    if seats_left(partnership) - promised < 1:
        raise Refused(
            _("All seats of this partnership are taken."),
            remedy=_("Free a seat, hand one over, or ask the foundation for more."),
        )
