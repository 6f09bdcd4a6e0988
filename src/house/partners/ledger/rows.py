"""The one place that writes to the ledger: a row, and the sums of its account."""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import one_line, shorten
from house.partners.models import Account, Hold, Movement, Seat

# every row in this file: the ledger keeps its own books; who asks was judged before

_KEY, _REASON = 100, 500
SUMS = ("granted", "held", "used", "gone")


class KeyTaken(Refused):
    """The key was used before, for something else."""

    code = "key-taken"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says besides its figures. `by` is None for what the house does by its rules."""

    key: str
    reason: str
    at: datetime.datetime
    by: Viewer | None = None
    seat: int | None = None
    hold: Hold | None = None
    undoes: Movement | None = None


def lock(city: str, benefit: str) -> list[Account]:
    """All accounts of the city's benefit, locked in one order; the soonest to end first."""
    held = Account.objects.select_for_update().filter(city=city, benefit=benefit).order_by("pk")
    return sorted(held, key=lambda account: (account.ends_at, account.pk))


def write(account: Account, kind: str, entry: Entry, **changes: int) -> Movement:
    """Add a row and its changes to the account's sums. The caller has locked the account.

    Raises `KeyTaken`; `IntegrityError` when a sum would fall below zero.
    """
    for name, change in changes.items():
        setattr(account, name, getattr(account, name) + change)
    account.save(update_fields=[*changes])
    try:
        with transaction.atomic():
            return Movement.objects.create(
                account=account,
                kind=kind,
                key=entry.key,
                reason=entry.reason,
                at=entry.at,
                actor=entry.by.person_id if entry.by else None,
                actor_seat=entry.seat,
                hold=entry.hold,
                undoes=entry.undoes,
                left_after=account.left,
                **{name: change for name, change in changes.items() if name in SUMS},
            )
    except IntegrityError as problem:
        if earlier_with(entry.key) is not None:
            raise key_taken() from problem
        raise


def own(key: str, by: Viewer) -> str:
    """The key as kept: each person has her own, so that nobody can take another's or the house's."""
    if not 0 < len(key) <= _KEY:
        raise Refused(_("The key of a request has 1 to %(most)s characters.") % {"most": _KEY})
    return f"by:{by.person_id or ''}:{key}"


def told(reason: str) -> str:
    """The reason as kept: one line of words. Raises `Refused` without any."""
    reason = one_line(reason)
    if not reason:
        raise Refused(_("Say why, or what for: the ledger keeps a reason for everything."))
    return shorten(reason, _REASON)


def earlier_with(key: str) -> Movement | None:
    return Movement.objects.select_related("account", "hold__account").filter(key=key).first()


def key_taken() -> KeyTaken:
    return KeyTaken(
        _("This was already sent once, for something else."),
        remedy=_("Open the page again, so that it takes a new key."),
    )


def repeated(entry: Entry, kind: str, account_of: tuple[str, str]) -> Movement | None:
    """The row that this very call made before; None for a new key.

    Raises `KeyTaken` when the row is another act or about something else.
    """
    earlier = earlier_with(entry.key)
    if earlier is None:
        return None
    same = (
        earlier.kind == kind
        and (earlier.account.city_id, earlier.account.benefit_id) == account_of
        and earlier.reason == entry.reason
        and (entry.hold is None or earlier.hold_id == entry.hold.pk)
        and (entry.undoes is None or earlier.undoes_id == entry.undoes.pk)
    )
    if not same:
        raise key_taken()
    return earlier


def seat_of(by: Viewer, city: str) -> Seat | None:
    """The seat from which she acts for the city."""
    if by.person_id is None:
        return None
    return Seat.objects.filter(person=by.person_id, partnership__city=city).order_by("-pk").first()
