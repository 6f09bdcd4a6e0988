from django.db import models

from house.access.querysets import VisibleQuerySet
from house.partners.models.partnership import Level


class Right(models.Model):
    """One cell of the table level × capability."""

    level = models.CharField(max_length=10, choices=Level)
    capability = models.CharField(max_length=40)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["level", "capability"]
        constraints = [
            models.UniqueConstraint(fields=["level", "capability"], name="partners_right_once")
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.capability}"
