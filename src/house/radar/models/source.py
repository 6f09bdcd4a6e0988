"""Where the radar looks: feeds of others, how each of them fares, and how politely their hosts are asked."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible, VisibleQuerySet
from house.ground.codes import short_code


class Standing(models.TextChoices):
    ACTIVE = "active", _("Read")
    PAUSED = "paused", _("Paused")
    GONE = "gone", _("Gone for good")


class SourceQuerySet(Visible, models.QuerySet["Source"]):
    def due(self, now: datetime.datetime) -> Self:
        """The longest waiting first. Demonstrations have no address to ask."""
        waiting = self.filter(standing=Standing.ACTIVE, is_demonstration=False, next_at__lte=now)
        return waiting.order_by("next_at", "pk")


class Source(models.Model):
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    name = models.CharField(_("name"), max_length=200)
    # As somebody gave it, or as a lasting redirect changed it.
    url = models.CharField(_("address of the feed"), max_length=500, unique=True)
    site = models.CharField(_("address of its site"), max_length=500, blank=True)
    # What its items are in where letters don't tell; empty: not known.
    language = models.CharField(_("language"), max_length=12, blank=True)
    city = models.ForeignKey(
        "vocabulary.City",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("city"),
    )
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.ACTIVE)
    is_demonstration = models.BooleanField(default=False)
    added_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    # What the other side said last time, to ask whether it changed.
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    next_at = models.DateTimeField(default=timezone.now, db_index=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    brought_at = models.DateTimeField(null=True, blank=True)  # something new, the last time
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    trouble = models.CharField(max_length=300, blank=True)  # why it failed, in plain words

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=["active", "paused", "gone"]),
                name="radar_source_standing_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("radar:source_edit", args=[self.code])

    @property
    def fares(self) -> str:
        """One word for the eye: "good", "failing", "paused", "gone", "new" or "demonstration"."""
        if self.is_demonstration:
            return "demonstration"
        if self.standing != Standing.ACTIVE:
            return self.standing
        if self.failures:
            return "failing"
        return "good" if self.succeeded_at else "new"


class Host(models.Model):
    """One machine of others: what its robots.txt says (kept a day), and not before when it is asked again."""

    name = models.CharField(max_length=260, primary_key=True)  # scheme://host:port
    robots = models.TextField(blank=True)
    robots_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
