from django.db import models

from house.access.querysets import VisibleQuerySet


class Threshold(models.Model):
    """A number that the office may change. `partners.thresholds` knows them all."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.PositiveIntegerField()

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
