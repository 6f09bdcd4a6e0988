import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible


class Level(models.TextChoices):
    ASSOCIATE = "associate", _("Associate")
    PARTNER = "partner", _("Partner")
    PREMIUM = "premium", _("Premium")


RANK = {"": 0, Level.ASSOCIATE: 1, Level.PARTNER: 2, Level.PREMIUM: 3}


class PartnershipQuerySet(Visible, models.QuerySet["Partnership"]):
    def running(self, on: datetime.date | None = None) -> Self:
        """Begun, and not beyond the end of its grace."""
        on = on or timezone.now().date()
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=on), starts_on__lte=on)


class Partnership(models.Model):
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(default=30)
    # The end with grace, kept as a column because the two databases add days to dates differently.
    last_day = models.DateField(null=True, blank=True, editable=False)
    is_demonstration = models.BooleanField(default=False)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["city", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="partners_level_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="partners_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, last_day__isnull=True)
                | Q(last_day__gte=F("ends_on")),
                name="partners_last_day_follows_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.level}"
