"""What the office does by hand: give more, correct, take a row back."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.partners.ledger.due import account_for, contracts_at, period_for_grants, settle
from house.partners.ledger.holds import keep_only
from house.partners.ledger.rows import Entry, lock, own, repeated, told, write
from house.partners.models import Account, Benefit, Hold, Movement
from house.vocabulary.models import City

# every row in this file: each verb judges who asks before it touches a row

Kind = Movement.Kind


def grant(
    city: City,
    benefit: Benefit,
    *,
    units: int,
    key: str,
    by: Viewer,
    reason: str,
    at: datetime.datetime | None = None,
) -> Movement:
    """Give units beyond the table, in the city's running period."""
    keep_only(by)
    at = at or timezone.now()
    if units < 1:
        raise Refused(_("Grant at least one unit."), remedy=_("To take away, correct an account."))
    settle([city.pk], at=at)
    contract = contracts_at(at, [city.pk]).get(city.pk)
    if contract is None:
        raise Refused(
            _("No partnership of this city runs now."),
            remedy=_("Open or extend its partnership first."),
        )
    with transaction.atomic():
        lock(city.pk, benefit.pk)
        entry = Entry(own(key, by), told(reason), at, by)
        earlier = repeated(entry, Kind.GRANT, (city.pk, benefit.pk))
        if earlier is not None:
            return earlier
        account = account_for(contract, benefit, period_for_grants(contract, benefit, at))
        made = write(account, Kind.GRANT, entry, granted=units)
        _note("grant", account, by, reason, units)
    return made


def correct(
    account: Account,
    *,
    units: int,
    key: str,
    by: Viewer,
    reason: str,
    at: datetime.datetime | None = None,
) -> Movement:
    """Add units to an account, or take what is left of it."""
    keep_only(by)
    at = at or timezone.now()
    settle([account.city_id], at=at)
    with transaction.atomic():
        account = _locked(account)
        entry = Entry(own(key, by), told(reason), at, by)
        earlier = repeated(entry, Kind.CORRECT, (account.city_id, account.benefit_id))
        if earlier is not None:
            return earlier
        _still_open(account, at)
        if units == 0:
            raise Refused(_("A correction of nothing."), remedy=_("Say how many, such as -1 or 1."))
        _enough(account, -units)
        made = write(account, Kind.CORRECT, entry, granted=units)
        _note("correct", account, by, reason, units)
    return made


# What becomes of a hold when the row that decided it is taken back.
_BEFORE = {"held": Hold.State.HELD, "used": Hold.State.USED}


def undo(
    row: Movement, *, key: str, by: Viewer, reason: str, at: datetime.datetime | None = None
) -> Movement:
    """Take a row back by its opposite. Both stay in the ledger."""
    keep_only(by)
    at = at or timezone.now()
    settle([row.account.city_id], at=at)
    with transaction.atomic():
        account = _locked(row.account)
        entry = Entry(own(key, by), told(reason), at, by, hold=row.hold, undoes=row)
        earlier = repeated(entry, Kind.CORRECT, (account.city_id, account.benefit_id))
        if earlier is not None:
            return earlier
        _check_undoable(row)
        _still_open(account, at)
        _enough(account, row.change)
        opposite = {
            name: -change
            for name in ("granted", "held", "used", "gone")
            if (change := getattr(row, name))
        }
        if row.hold_id is not None:
            _put_back(row)
        made = write(account, Kind.CORRECT, entry, **opposite)
        _note("undo", account, by, reason, made.change)
    return made


def may_undo(row: Movement) -> bool:
    """Only what somebody did: not what the house did by its rules, nor an undoing."""
    by_hand = row.actor is not None and row.undoes_id is None
    return by_hand and row.kind not in {Kind.HOLD, Kind.EXPIRE, Kind.CARRY}


def _check_undoable(row: Movement) -> None:
    if not may_undo(row):
        raise Refused(
            _("This row can't be taken back."), remedy=_("Correct the account, or decide the hold.")
        )
    if Movement.objects.filter(undoes=row).exists():
        raise Refused(_("This row was taken back already."))


def _put_back(row: Movement) -> None:
    kept = Hold.objects.select_for_update().get(pk=row.hold_id)
    last = Movement.objects.filter(hold=kept, kind__in=(Kind.USE, Kind.RELEASE, Kind.REFUND))
    if (
        last.exclude(pk__in=Movement.objects.filter(undoes__hold=kept).values("undoes")).latest(
            "pk"
        )
        != row
    ):
        raise Refused(
            _("Something was decided about this since."), remedy=_("Take the newer row back first.")
        )
    before = next(name for name in _BEFORE if getattr(row, name) < 0)
    kept.state, kept.decided_at, kept.answer = _BEFORE[before], None, ""
    kept.save(update_fields=["state", "decided_at", "answer"])


def _locked(account: Account) -> Account:
    accounts = lock(account.city_id, account.benefit_id)
    return next(each for each in accounts if each.pk == account.pk)


def _still_open(account: Account, at: datetime.datetime) -> None:
    if account.ends_at <= at:
        raise Refused(
            _("This period is over: its account is closed."),
            remedy=_("Grant units in the running period instead."),
        )


def _enough(account: Account, units: int) -> None:
    if units > account.left:
        raise Refused(
            _("Only %(left)s left: the balance can't go below zero.") % {"left": account.left},
            remedy=_("Give back what is held or used first."),
        )


def _note(act: str, account: Account, by: Viewer, reason: str, units: int) -> None:
    facts = {"city": account.city_id, "benefit": account.benefit_id, "units": units}
    journal.record(f"ledger.{act}", account, by=by, reason=reason, facts=facts)
