"""The demonstration's contracts: one that ends soon, one in its grace, one whose level will change."""

import datetime

from django.utils import timezone

from house.partners.actions import partnerships as acts
from house.partners.models import Level, Partnership, PartnershipChange
from house.partners.viewing import operator

# every row in this file: an operator seeds a demonstration

_ENDS_SOON, _IN_GRACE, _RISES = "bcn", "dal", "nrw"


def seed_terms() -> None:
    """Of partnerships that nobody has changed since they were seeded."""
    today = timezone.now().date()
    for code, days in ((_ENDS_SOON, 40), (_IN_GRACE, -1)):
        for partnership in _untouched(code):
            acts.end(
                partnership,
                ends_on=max(today + datetime.timedelta(days=days), partnership.starts_on),
                grace_days=30,
                reason="The term that was signed (demonstration)",
                by=operator(),
            )
    for partnership in _untouched(_RISES):
        acts.plan_level(
            partnership,
            level=Level.PARTNER,
            on=today + datetime.timedelta(days=30),
            reason="The council wants to take part in the seminars (demonstration)",
            by=operator(),
        )


def _untouched(code: str) -> list[Partnership]:
    changed = PartnershipChange.objects.values("partnership")
    return list(
        Partnership.objects.filter(city=code, is_demonstration=True, ends_on=None).exclude(
            pk__in=changed
        )
    )
