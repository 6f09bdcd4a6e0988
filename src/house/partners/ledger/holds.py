"""A city asks for a unit; the foundation says that it was used, or gives it back."""

import datetime
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.partners import rights
from house.partners.ledger.ahead import open_ahead
from house.partners.ledger.due import (
    allowances_at,
    contracts_at,
    expire,
    move,
    open_now,
    settle,
)
from house.partners.ledger.owners import owner_of
from house.partners.ledger.rows import Entry, lock, own, repeated, seat_of, told, write
from house.partners.models import Account, Benefit, Hold, Movement
from house.vocabulary.models import City

# every row in this file: each verb judges who asks before it touches a row

State, Kind = Hold.State, Movement.Kind


class NoneLeft(Refused):
    """The period's units are held or used."""

    code = "none-left"


def hold(
    city: City,
    benefit: Benefit,
    *,
    key: str,
    by: Viewer,
    what_for: str,
    units: int = 1,
    at: datetime.datetime | None = None,
    when: datetime.datetime | None = None,
) -> Hold:
    """Keep a unit of the running period for something; the soonest to expire is taken first.

    `when` says that it takes place at another moment: the unit is taken from the period of that moment,
    also from one that has not begun. Raises `Forbidden`; `NoneLeft` with the day the next unit comes;
    `KeyTaken`. A refusal leaves nothing behind: the same key may be tried again.
    """
    require_use(by, city.pk, benefit)
    at = at or timezone.now()
    settle([city.pk], at=at)
    seat = seat_of(by, city.pk)
    with transaction.atomic():
        accounts = lock(city.pk, benefit.pk)
        moment = at if when is None else when
        entry = Entry(own(key, by), told(what_for), at, by, seat.pk if seat else None)
        earlier = repeated(entry, Kind.HOLD, (city.pk, benefit.pk))
        if earlier is not None and earlier.hold is not None:
            return earlier.hold
        if moment > at:
            accounts = open_ahead(city.pk, benefit, moment, at)
        account = next((each for each in open_now(accounts, moment) if each.left >= units), None)
        if account is None:
            raise _none_left(city, benefit, accounts, moment)
        kept = Hold.objects.create(
            account=account, units=units, what_for=entry.reason, person_id=by.person_id, seat=seat
        )
        write(account, Kind.HOLD, replace(entry, hold=kept), held=units)
    return kept


def use(
    kept: Hold, *, key: str, by: Viewer, reason: str = "", at: datetime.datetime | None = None
) -> Hold:
    """It took place: the unit is spent."""
    keep_only(by)
    entry = Entry(own(key, by), reason or _("It took place"), at or timezone.now(), by)
    return _decide(kept, Kind.USE, State.USED, entry)


def refund(
    kept: Hold, *, key: str, by: Viewer, reason: str, at: datetime.datetime | None = None
) -> Hold:
    """The foundation gives the unit back, also a used one; from a period that is over into the running."""
    keep_only(by)
    return _decide(
        kept,
        Kind.REFUND,
        State.REFUNDED,
        Entry(own(key, by), told(reason), at or timezone.now(), by),
    )


def release(
    kept: Hold,
    *,
    key: str,
    by: Viewer,
    reason: str,
    at: datetime.datetime | None = None,
    owner: str = "",
) -> Hold:
    """The city does not want it after all. What comes back to a period that is over expires with it.

    What a room keeps for a thing of its own, only that room releases: it says so by `owner`.
    """
    require_use(by, kept.account.city_id, kept.account.benefit)
    found = owner_of(kept)
    if found is not None and found.name != owner:
        raise Refused(
            _("This unit is kept for something that is booked."),
            remedy=_("Cancel it there: %(page)s") % {"page": found.page(kept.pk)},
        )
    return _decide(
        kept,
        Kind.RELEASE,
        State.RELEASED,
        Entry(own(key, by), told(reason), at or timezone.now(), by),
    )


def _decide(kept: Hold, kind: str, state: str, entry: Entry) -> Hold:
    at, by = entry.at, entry.by
    city, benefit = kept.account.city_id, kept.account.benefit_id
    settle([city], at=at)
    seat = seat_of(by, city) if by else None
    with transaction.atomic():
        accounts = lock(city, benefit)
        kept = Hold.objects.select_for_update().get(pk=kept.pk)
        entry = replace(entry, seat=seat.pk if seat else None, hold=kept)
        if repeated(entry, kind, (city, benefit)) is not None:
            return kept
        _check_turn(kept, kind)
        account = next(each for each in accounts if each.pk == kept.account_id)
        given_up = "held" if kept.state == State.HELD else "used"
        changes = {given_up: -kept.units}
        if kind == Kind.USE:
            changes["used"] = kept.units
        write(account, kind, entry, **changes)
        if kind == Kind.REFUND:
            _bring_into_the_running_period(account, accounts, kept, entry)
        if account.ends_at <= at:
            expire(account, at)
        kept.state, kept.decided_at, kept.answer = state, at, entry.reason[:300]
        kept.save(update_fields=["state", "decided_at", "answer"])
        if by is not None and kind != Kind.RELEASE:
            journal.record(f"ledger.{kind}", kept, by=by, reason=entry.reason)
    return kept


def _check_turn(kept: Hold, kind: str) -> None:
    """Only what is held can be used or withdrawn; what was used can still be refunded."""
    may = {State.HELD} if kind != Kind.REFUND else {State.HELD, State.USED}
    if kept.state not in may:
        raise Refused(
            _("This was decided already: %(state)s.") % {"state": kept.get_state_display()},
            remedy=_("Undo that first, in the city's statement."),
        )


def _bring_into_the_running_period(
    account: Account, accounts: list[Account], kept: Hold, entry: Entry
) -> None:
    if account.ends_at > entry.at or not contracts_at(entry.at, [account.city_id]):
        return
    running = open_now(accounts, entry.at)
    if running:
        move(account, running[0], kept.units, replace(entry, key=f"{entry.key}:moved"))


def require_use(by: Viewer, city: str, benefit: Benefit) -> None:
    """Raise `Forbidden` unless she may ask for this benefit on behalf of the city."""
    if by.can("office.ledger"):
        return
    # A benefit without a capability is handed out by the foundation alone.
    rights.require(by, benefit.capability or "office.ledger")
    if city not in by.city_ids:
        raise Forbidden(
            _("You have no seat in this city's partnership."),
            remedy=_("Ask a colleague there to do it."),
        )


def keep_only(by: Viewer) -> None:
    rights.require(by, "office.ledger")


def _none_left(
    city: City, benefit: Benefit, accounts: list[Account], at: datetime.datetime
) -> NoneLeft:
    contract = contracts_at(at, [city.pk]).get(city.pk)
    allowances = allowances_at(at)[contract.level] if contract else []
    allowance = next((row for row in allowances if row.benefit_id == benefit.pk), None)
    running = open_now(accounts, at)
    if not running and allowance is None:
        return NoneLeft(
            _("Your city's partnership holds none of these: %(benefit)s.")
            % {"benefit": benefit.name},
            remedy=_("Ask the foundation."),
        )
    message = _("Everything of this period is asked for or used: %(benefit)s.") % {
        "benefit": benefit.name
    }
    if contract and allowance:
        following = contract.period(allowance.per, contract.period(allowance.per).ends_on)
        if contract.begins(following):
            day = date_format(following.starts_on, "j F Y")
            return NoneLeft(
                message,
                remedy=_("The next unit comes on %(day)s. Sooner: ask the foundation.")
                % {"day": day},
            )
    return NoneLeft(message, remedy=_("Ask the foundation."))
