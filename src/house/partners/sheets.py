"""A version of the table in words and rows, for every page that shows one: the desk, the levels page."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from house.access.capabilities import CAPABILITIES, Standing
from house.partners.models import Benefit, Level, Per
from house.partners.versions import Contents, Difference


def sheet_of(
    contents: Contents,
    benefits: Iterable[Benefit],
    *,
    standings: Iterable[Standing] = Standing,
    is_public: bool = False,
) -> dict[str, Any]:
    """Rows for a table, each cell with the label of its column.

    `rights`: (capability told, [(standing, has it)]); `benefits`: (name, [(level, so many)]); `seats`.

    A public sheet leaves out what is done at the desk, and what none of the standings shown may do.
    """
    shown = list(standings)
    held = {standing: contents.of(standing) for standing in shown}
    rows = [
        (
            str(each.told),
            [(str(standing.label), each.name in held[standing]) for standing in shown],
        )
        for each in CAPABILITIES.values()
        if not is_public
        or (not each.is_hidden and any(each.name in held[standing] for standing in shown))
    ]
    return {
        "standings": [str(standing.label) for standing in shown],
        "levels": [str(level.label) for level in Level],
        "rights": rows,
        "benefits": [
            (
                _(benefit.name),  # translated where the office kept the first names
                [
                    (
                        str(level.label),
                        told_units(*contents.allowances.get((level, benefit.pk), (0, ""))),
                    )
                    for level in Level
                ],
            )
            for benefit in benefits
            if benefit.is_offered
        ],
        "seats": [(str(level.label), contents.seats.get(level, 0)) for level in Level],
    }  # fmt: skip


def told_units(units: int, per: str) -> str:
    """As in "2 a year"; a dash for none."""
    if not units:
        return "–"
    return _("%(units)s %(per)s") % {"units": units, "per": Per(per).label}


def told_difference(found: Difference, benefits: Iterable[Benefit]) -> dict[str, Any]:
    """The same in words: by standing what is gained and lost, then benefits and seats before and after."""
    names = {benefit.pk: benefit.name for benefit in benefits}
    return {
        "rights": [
            (Standing(standing).label, told_names(gained), told_names(lost))
            for standing, gained, lost in found.rights
        ],
        "allowances": [
            (names.get(benefit, benefit), Level(level).label, told_units(*old), told_units(*new))
            for level, benefit, old, new in found.allowances
        ],
        "seats": [(Level(level).label, old, new) for level, old, new in found.seats],
        "is_nothing": not found,
    }


def told_names(capabilities: Iterable[str]) -> list[str]:
    return [str(CAPABILITIES[name].told) if name in CAPABILITIES else name for name in capabilities]
