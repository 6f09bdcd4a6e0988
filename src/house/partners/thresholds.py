"""Numbers that the office may change, each with how it begins."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access import journal
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.partners import rights
from house.partners.models import Threshold

# every row in this file: each number is the same for everybody who reads what it decides


@dataclass(frozen=True, slots=True)
class Known:
    name: str
    label: str | Promise
    begins: int
    lowest: int = 1
    highest: int = 730


QUIET_DAYS = Known("quiet-days", gettext_lazy("Days without a sign of life"), 60)
RENEWAL_DAYS = Known("renewal-days", gettext_lazy("Days before a partnership ends"), 60)


def value_of(known: Known) -> int:
    kept = Threshold.objects.filter(pk=known.name).values_list("value", flat=True).first()
    return known.begins if kept is None else kept


@transaction.atomic
def change_threshold(known: Known, value: int, *, by: Viewer) -> None:
    rights.require(by, "office.ledger")
    if not known.lowest <= value <= known.highest:
        raise Refused(
            _("A number of days between %(lowest)s and %(highest)s.")
            % {"lowest": known.lowest, "highest": known.highest}
        )
    before = value_of(known)
    if value != before:
        kept, _new = Threshold.objects.update_or_create(pk=known.name, defaults={"value": value})
        facts = {"from": before, "to": value}
        journal.record("threshold.changed", kept, by=by, facts=facts)
