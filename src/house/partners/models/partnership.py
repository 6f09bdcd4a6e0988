import datetime
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible
from house.ground.codes import short_code


class Level(models.TextChoices):
    ASSOCIATE = "associate", _("Associate")
    PARTNER = "partner", _("Partner")
    PREMIUM = "premium", _("Premium")


RANK = {"": 0, Level.ASSOCIATE: 1, Level.PARTNER: 2, Level.PREMIUM: 3}


class PartnershipQuerySet(Visible, models.QuerySet["Partnership"]):
    def running(self, on: datetime.date | Value | None = None) -> Self:
        """Begun, and not beyond the end of its grace."""
        on = on or timezone.now().date()
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=on), starts_on__lte=on)

    def with_level(self, on: datetime.date | None = None) -> Self:
        """Adds `level_now`: a change of level counts from its date, whether or not a clock has run."""
        return self.annotate(level_now=level_on("pk", "level", on))


def level_on(partnership: str, level: str, on: datetime.date | Value | None = None) -> Coalesce:
    """The level by the changes that have begun, else the column; from any query that knows both.

    The column alone can't answer for another day: it mirrors the changes up to the last time a clock ran.
    """
    changed = PartnershipChange.objects.filter(
        partnership=OuterRef(partnership),
        act__in=(PartnershipChange.Act.OPENED, PartnershipChange.Act.LEVEL),
        effective_on__lte=on or timezone.now().date(),
        withdrawn_at__isnull=True,
    ).order_by("-effective_on", "-pk")
    return Coalesce(Subquery(changed.values("level")[:1]), F(level))


class Partnership(models.Model):
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(default=30)
    # The end with grace, kept as a column because the two databases add days to dates differently.
    last_day = models.DateField(null=True, blank=True, editable=False)
    is_demonstration = models.BooleanField(default=False)
    # Instead of the number that the table gives its level.
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    notes = models.TextField(blank=True)

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

    def find_level(self, on: datetime.date | None = None) -> str:
        """The level on any day, past or to come; of today unless said."""
        # every row: the partnership itself, which the caller has
        found = Partnership.objects.filter(pk=self.pk).with_level(on)
        level: str = found.values_list("level_now", flat=True).get()
        return level


class ChangeQuerySet(Visible, models.QuerySet["PartnershipChange"]):
    def standing(self) -> Self:
        """Those that nobody took back."""
        return self.filter(withdrawn_at__isnull=True)

    def planned(self, on: datetime.date | None = None) -> Self:
        """Changes of level whose day has not come, the next one first."""
        return (
            self.standing()
            .filter(act=PartnershipChange.Act.LEVEL, effective_on__gt=on or timezone.now().date())
            .order_by("effective_on", "pk")
        )


class PartnershipChange(models.Model):
    """What happened to a partnership, and what is planned for it."""

    class Act(models.TextChoices):
        OPENED = "opened", _("Opened")
        LEVEL = "level", _("Level changed")
        EXTENDED = "extended", _("Extended")
        RENEWED = "renewed", _("Renewed")
        ENDED = "ended", _("Ended")
        SEATS = "seats", _("Seats changed")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    act = models.CharField(max_length=10, choices=Act)
    effective_on = models.DateField()
    level = models.CharField(max_length=10, choices=Level, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    # The dates and the number of seats before it, so that it can be taken back.
    was = models.JSONField(default=dict, blank=True)
    # When the partnership's own columns took it over.
    applied_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_on", "-pk"]
        indexes = [models.Index(fields=["partnership", "act", "effective_on"])]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.act} {self.effective_on}"
