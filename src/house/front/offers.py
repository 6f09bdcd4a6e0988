"""What each level brings, as the table of rights has it today."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from house.access.capabilities import CAPABILITIES
from house.access.viewer import VISITOR
from house.front.invitation import PROMISES_OF_LEVELS
from house.partners.models import Allowance, Level, Table
from house.partners.rights import cells


@dataclass(frozen=True, slots=True)
class Offer:
    level: str
    name: str
    promise: str
    # What the level below does not have; the first says that it has the rest.
    benefits: list[str]


def offers() -> list[Offer]:
    table = Table.objects.visible_to(VISITOR).in_force().first()
    if table is None:
        return []
    allowed = cells(table.pk)
    units: dict[str, dict[str, str]] = {level: {} for level in Level.values}
    for row in (
        Allowance.objects.visible_to(VISITOR)
        .filter(table=table, units__gt=0, benefit__is_offered=True)
        .select_related("benefit")
    ):
        units[row.level][row.benefit_id] = _("%(benefit)s: %(units)d %(per)s") % {
            "benefit": _(row.benefit.name),
            "units": row.units,
            "per": row.get_per_display(),
        }
    made = []
    below: frozenset[str] = frozenset()
    below_units: dict[str, str] = {}
    for level, promise in zip(Level, PROMISES_OF_LEVELS, strict=True):
        benefits = []
        if made:
            benefits.append(_("Everything in %(level)s") % {"level": made[-1].name})
        benefits += [
            capfirst(str(capability.told))
            for name, capability in CAPABILITIES.items()
            if name in allowed[level] - below and not capability.is_hidden
        ]
        benefits += [
            text for benefit, text in units[level].items() if below_units.get(benefit) != text
        ]
        if seats := table.seats.get(level):
            benefits.append(ngettext("%(seats)d seat", "%(seats)d seats", seats) % {"seats": seats})
        made.append(Offer(level, str(level.label), str(promise), benefits))
        below, below_units = allowed[level], units[level]
    return made
