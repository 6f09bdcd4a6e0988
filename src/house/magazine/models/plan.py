from django.db import models
from django.db.models import Q

from house.access.querysets import VisibleQuerySet


class Plan(models.Model):
    """What the editor made of the house's proposal for one month: names of things, in order.

    `picked` and `dropped` are lists of [kind, key]; `before` holds what they were, the last act last.
    """

    month = models.DateField(unique=True)
    picked = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    before = models.JSONField(default=list)
    issue = models.ForeignKey(
        "magazine.Issue", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="magazine_plan_of_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
