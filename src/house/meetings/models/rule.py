"""What becomes of a unit when something does not take place as booked. Data, which the office edits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet


class Case(models.TextChoices):
    CITY_EARLY = "city_early", _("The city cancels in time")
    CITY_LATE = "city_late", _("The city cancels late")
    EXPERT = "expert", _("The expert cancels or declines")
    EXPERT_NO_SHOW = "expert_no_show", _("The expert does not come")
    MEMBER_NO_SHOW = "member_no_show", _("The city does not come")
    UNMARKED = "unmarked", _("Nobody says whether it took place")
    VISIT_EARLY = "visit_early", _("The city takes a visit back in time")
    VISIT_LATE = "visit_late", _("The city takes a visit back late")
    VISIT_OURS = "visit_ours", _("The foundation declines or takes back a visit")


class Outcome(models.TextChoices):
    RELEASED = "released", _("The unit goes back to the city")
    REFUNDED = "refunded", _("The unit is given back by the foundation")
    USED = "used", _("The unit is used")


# (what becomes of the unit, the number that the case turns on, in its own measure)
DEFAULTS: dict[str, tuple[str, int]] = {
    Case.CITY_EARLY: (Outcome.RELEASED, 24),  # hours before the session
    Case.CITY_LATE: (Outcome.USED, 0),
    Case.EXPERT: (Outcome.REFUNDED, 0),
    Case.EXPERT_NO_SHOW: (Outcome.REFUNDED, 0),
    Case.MEMBER_NO_SHOW: (Outcome.USED, 0),
    Case.UNMARKED: (Outcome.USED, 7),  # days after the session
    Case.VISIT_EARLY: (Outcome.RELEASED, 14),  # days before the visit
    Case.VISIT_LATE: (Outcome.USED, 0),
    Case.VISIT_OURS: (Outcome.REFUNDED, 0),
}


class UnitRule(models.Model):
    """What the office decided for a case; where it decided nothing, `DEFAULTS` counts."""

    case = models.CharField(max_length=16, choices=Case, primary_key=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    number = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["case"]

    def __str__(self) -> str:
        return f"{self.case}: {self.outcome}"
