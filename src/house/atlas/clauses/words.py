"""An answer in words: the same on the page, in files, in notices and for programs."""

from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from house.atlas.clauses.compare import Said, Verdict
from house.atlas.clauses.models import Answer, Told


def said(told: Told | None) -> str:
    """An answer as a reader sees it: a number with its unit, "Yes", "No" or "Unknown"."""
    if told is None:
        return _("Unknown")
    if told.answer == Answer.NO:
        return _("No")
    parts = [_number(told.value, told.unit)] if told.value is not None else []
    if told.day is not None:
        parts.append(date_format(told.day, "j F Y"))
    if told.words:
        parts.append(told.words)
    return ", ".join(parts) or _("Yes")


def _number(value: Decimal, unit: str) -> str:
    whole = value == value.to_integral_value()
    number = number_format(value, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=True)
    return f"{number} {unit}".strip()


def compared(told: Told | None) -> Said | None:
    if told is None:
        return None
    return Said(told.answer, told.value, told.unit, told.day, told.words)


def verdict_label(verdict: Verdict) -> str:
    return {
        Verdict.SAME: _("Same"),
        Verdict.DIFFER: _("Differ"),
        Verdict.OPEN: _("Not all known"),
        Verdict.UNKNOWN: _("Unknown of all"),
    }[verdict]
