"""The foundation opens, changes, extends and ends partnerships.

Each verb runs in one transaction with the partnership's row locked, may be repeated, leaves a change in the
partnership's history and a row in the journal.
"""

import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.partners import ledger, rights, terms
from house.partners.models import Level, Partnership, PartnershipChange
from house.vocabulary.models import City

# every row in this file: who acts here was judged first, and acts for every city

Act = PartnershipChange.Act
CAPABILITY = "office.partnerships"
_DATES = frozenset({Act.EXTENDED, Act.RENEWED, Act.ENDED})


@transaction.atomic
def open_partnership(
    city: City,
    *,
    level: str,
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
    grace_days: int = terms.GRACE_DAYS,
    reason: str = "",
    is_demonstration: bool = False,
    by: Viewer,
) -> Partnership:
    """Begin a partnership. Opening the same one again gives the one that is there."""
    rights.require(by, CAPABILITY)
    City.objects.select_for_update().get(pk=city.pk)  # of two who open at once, one waits and sees
    terms.check_term(starts_on, ends_on, grace_days)
    terms.check_level(level)
    facts = {"level": level, "starts_on": starts_on, "ends_on": ends_on}
    same = Partnership.objects.filter(city=city, **facts, grace_days=grace_days).first()
    if same is not None:
        return same
    last_day = terms.last_day_of(ends_on, grace_days)
    terms.check_alone(city, starts_on, last_day)
    partnership = Partnership.objects.create(
        city=city,
        **facts,
        grace_days=grace_days,
        last_day=last_day,
        is_demonstration=is_demonstration,
    )
    change = PartnershipChange.objects.create(
        partnership=partnership,
        act=Act.OPENED,
        effective_on=starts_on,
        level=level,
        ends_on=ends_on,
        reason=reason,
        made_by_id=by.person_id,
        applied_at=timezone.now(),
    )
    _note(change, by)
    _settle(partnership)
    return partnership


@transaction.atomic
def plan_level(
    partnership: Partnership, *, level: str, on: datetime.date, reason: str = "", by: Viewer
) -> PartnershipChange:
    """From that day on the partnership has this level. A plan for today counts at once."""
    rights.require(by, CAPABILITY)
    partnership = _locked(partnership)
    terms.check_level(level)
    terms.check_day_of_change(partnership, on)
    plans = PartnershipChange.objects.standing().filter(
        partnership=partnership, act=Act.LEVEL, effective_on=on
    )
    there = plans.order_by("-pk").first()
    if there is not None and there.level == level:
        return there
    if there is not None and on > _today():
        raise Refused(
            _("For that day another level is planned already."),
            remedy=_("Withdraw that plan first."),
        )
    if level == partnership.find_level(on):
        raise Refused(_("The partnership has this level on that day already."))
    _remember_opening(partnership)
    change = PartnershipChange.objects.create(
        partnership=partnership,
        act=Act.LEVEL,
        effective_on=on,
        level=level,
        reason=reason,
        made_by_id=by.person_id,
    )
    _note(change, by)
    if on <= _today():
        _mirror(partnership)
    return change


@transaction.atomic
def extend(
    partnership: Partnership, *, ends_on: datetime.date, reason: str = "", by: Viewer
) -> PartnershipChange:
    """The same term lasts longer."""
    rights.require(by, CAPABILITY)
    partnership = _locked(partnership)
    if same := _already(partnership, Act.EXTENDED, ends_on):
        return same
    terms.check_later_end(partnership, ends_on)
    return _change_dates(
        partnership, Act.EXTENDED, ends_on=ends_on, effective_on=_today(), reason=reason, by=by
    )


@transaction.atomic
def renew(
    partnership: Partnership, *, ends_on: datetime.date, reason: str = "", by: Viewer
) -> PartnershipChange:
    """A new term follows the one that ends, without a gap, also while the grace runs."""
    rights.require(by, CAPABILITY)
    partnership = _locked(partnership)
    if same := _already(partnership, Act.RENEWED, ends_on):
        return same
    terms.check_later_end(partnership, ends_on)
    begins = (partnership.ends_on or ends_on) + datetime.timedelta(days=1)
    return _change_dates(
        partnership, Act.RENEWED, ends_on=ends_on, effective_on=begins, reason=reason, by=by
    )


@transaction.atomic
def end(
    partnership: Partnership, *, ends_on: datetime.date, grace_days: int, reason: str, by: Viewer
) -> PartnershipChange:
    """The partnership ends on that day, earlier than was agreed; its grace follows."""
    rights.require(by, CAPABILITY)
    partnership = _locked(partnership)
    same = _already(partnership, Act.ENDED, ends_on)
    if same and partnership.grace_days == grace_days:
        return same
    terms.check_end(partnership, ends_on, grace_days, reason)
    return _change_dates(
        partnership,
        Act.ENDED,
        ends_on=ends_on,
        effective_on=ends_on,
        grace_days=grace_days,
        reason=reason,
        by=by,
    )


@transaction.atomic
def set_seats(
    partnership: Partnership, *, seats: int | None, reason: str = "", by: Viewer
) -> PartnershipChange | None:
    """A number of its own, or `None` for what its level brings. Nobody who sits loses her seat."""
    rights.require(by, CAPABILITY)
    partnership = _locked(partnership)
    if partnership.seats == seats:
        return None
    terms.check_seats(seats)
    was = partnership.seats
    partnership.seats = seats
    partnership.save(update_fields=["seats"])
    change = PartnershipChange.objects.create(
        partnership=partnership,
        act=Act.SEATS,
        effective_on=_today(),
        reason=reason,
        made_by_id=by.person_id,
        was={"seats": was},
        applied_at=timezone.now(),
    )
    _note(change, by, seats=seats)
    return change


@transaction.atomic
def note(partnership: Partnership, *, notes: str, seen: str, by: Viewer) -> Partnership:
    """Replace the foundation's own notes; `seen` is what stood there when the writer began."""
    rights.require(by, CAPABILITY)
    partnership = _locked(partnership)
    if partnership.notes == notes:
        return partnership
    if partnership.notes != seen:
        raise Refused(
            _("Somebody else changed these notes while you wrote."),
            remedy=_("Your text is kept below: join the two, then save."),
        )
    partnership.notes = notes
    partnership.save(update_fields=["notes"])
    # The text stays out of the journal: more people read it than may read the notes.
    journal.record("partnership.noted", partnership, by=by)
    return partnership


@transaction.atomic
def take_back(change: PartnershipChange, *, reason: str = "", by: Viewer) -> PartnershipChange:
    """Withdraw a plan, or undo the latest change of dates or seats while the city still stands inside."""
    rights.require(by, CAPABILITY)
    partnership = _locked(change.partnership)
    change = PartnershipChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.withdrawn_at is not None:
        return change
    if problem := why_not_take_back(change, partnership):
        raise Refused(problem)
    if change.act in _DATES:
        partnership.ends_on = _date(change.was["ends_on"])
        partnership.grace_days = change.was["grace_days"]
        partnership.last_day = terms.last_day_of(partnership.ends_on, partnership.grace_days)
        terms.check_alone(
            partnership.city, partnership.starts_on, partnership.last_day, but=partnership
        )
        partnership.save(update_fields=["ends_on", "grace_days", "last_day"])
        _settle(partnership)
    elif change.act == Act.SEATS:
        partnership.seats = change.was["seats"]
        partnership.save(update_fields=["seats"])
    change.withdrawn_at = timezone.now()
    change.save(update_fields=["withdrawn_at"])
    journal.record(
        "partnership.taken_back",
        partnership,
        by=by,
        reason=reason,
        facts={"change": change.code, "act": change.act},
    )
    return change


def why_not_take_back(change: PartnershipChange, partnership: Partnership) -> str:
    """Empty when the change can be taken back, else the reason why it can't."""
    today = _today()
    if change.act == Act.LEVEL:
        begun = change.effective_on <= today
        return _("This level has begun. Plan another one instead.") if begun else ""
    if change.act not in _DATES | {Act.SEATS}:
        return _("This can't be taken back.")
    kind = _DATES if change.act in _DATES else {Act.SEATS}
    later = PartnershipChange.objects.standing().filter(
        partnership=partnership, act__in=kind, pk__gt=change.pk
    )
    if later.exists():
        return _("Something later builds on this. Take that back first.")
    if change.act == Act.SEATS:
        return ""
    if partnership.last_day is not None and partnership.last_day < today:
        return _("The partnership is over. Open a new one instead.")
    last_day = terms.last_day_of(_date(change.was["ends_on"]), change.was["grace_days"])
    if last_day is not None and last_day < today:
        return _("That would close the city at once. End the partnership instead.")
    return ""


@transaction.atomic
def apply_begun(partnership: Partnership) -> bool:
    """Mirror the changes of level whose day has come into the columns. By the clock: nobody acts here."""
    return _mirror(_locked(partnership))


def _mirror(partnership: Partnership) -> bool:
    today = _today()
    begun = PartnershipChange.objects.standing().filter(
        partnership=partnership, act=Act.LEVEL, effective_on__lte=today, applied_at=None
    )
    if not begun.update(applied_at=timezone.now()):
        return False
    partnership.level = partnership.find_level(today)
    partnership.save(update_fields=["level"])
    _settle(partnership)
    return True


def _settle(partnership: Partnership) -> None:
    """The city's benefits follow at once; a reader of the ledger would settle them otherwise."""
    transaction.on_commit(partial(ledger.settle, [partnership.city_id]))


def _change_dates(
    partnership: Partnership,
    act: str,
    *,
    ends_on: datetime.date,
    effective_on: datetime.date,
    grace_days: int | None = None,
    reason: str,
    by: Viewer,
) -> PartnershipChange:
    was = {
        "ends_on": partnership.ends_on.isoformat() if partnership.ends_on else None,
        "grace_days": partnership.grace_days,
    }
    grace_days = partnership.grace_days if grace_days is None else grace_days
    last_day = terms.last_day_of(ends_on, grace_days)
    terms.check_alone(partnership.city, partnership.starts_on, last_day, but=partnership)
    partnership.ends_on, partnership.grace_days = ends_on, grace_days
    partnership.last_day = last_day
    partnership.save(update_fields=["ends_on", "grace_days", "last_day"])
    change = PartnershipChange.objects.create(
        partnership=partnership,
        act=act,
        effective_on=effective_on,
        ends_on=ends_on,
        reason=reason,
        made_by_id=by.person_id,
        was=was,
        applied_at=timezone.now(),
    )
    _note(change, by, was=was, grace_days=grace_days)
    _settle(partnership)
    return change


def _already(
    partnership: Partnership, act: str, ends_on: datetime.date
) -> PartnershipChange | None:
    """The change that did the very same, when it is the one that stands."""
    latest = (
        PartnershipChange.objects.standing()
        .filter(partnership=partnership, act__in=_DATES)
        .order_by("-pk")
        .first()
    )
    is_same = latest and latest.act == act and latest.ends_on == ends_on == partnership.ends_on
    return latest if is_same else None


def _remember_opening(partnership: Partnership) -> None:
    """Before the column changes for the first time: else nobody could tell how it began."""
    if not PartnershipChange.objects.filter(partnership=partnership, act=Act.OPENED).exists():
        PartnershipChange.objects.create(
            partnership=partnership,
            act=Act.OPENED,
            effective_on=partnership.starts_on,
            level=Level(partnership.level),
            applied_at=timezone.now(),
        )


def _locked(partnership: Partnership) -> Partnership:
    return (
        Partnership.objects.select_for_update(of=("self",))
        .select_related("city")
        .get(pk=partnership.pk)
    )


def _note(change: PartnershipChange, by: Viewer, **facts: object) -> None:
    told = {
        "change": change.code,
        "on": change.effective_on.isoformat(),
        "level": change.level,
        "ends_on": change.ends_on.isoformat() if change.ends_on else None,
    }
    journal.record(
        f"partnership.{change.act}",
        change.partnership,
        by=by,
        reason=change.reason,
        facts={key: value for key, value in (told | facts).items() if value not in ("", None)},
    )


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _today() -> datetime.date:
    return timezone.now().date()
