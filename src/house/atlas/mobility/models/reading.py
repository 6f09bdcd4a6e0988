from typing import Any

from django.db import models
from django.utils import timezone

from house.access.querysets import VisibleQuerySet


class FeedReading(models.Model):
    """What the feeds of one system said when they were asked, or were given as files."""

    system = models.CharField(max_length=120)  # its id in the list
    read_at = models.DateTimeField(default=timezone.now)
    url = models.CharField(max_length=500, blank=True)  # empty: from files
    answered = models.BooleanField()
    said: Any = models.JSONField(default=dict)  # reading.gbfs.Reading
    problem = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    took_ms = models.PositiveIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-read_at", "-pk"]
        indexes = [models.Index(fields=["system", "-read_at"])]

    def __str__(self) -> str:
        return f"{self.system} {self.read_at:%Y-%m-%d}"
