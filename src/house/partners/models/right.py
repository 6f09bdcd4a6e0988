import datetime
from typing import Self

from django.db import models
from django.db.models import Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.capabilities import Standing
from house.access.querysets import PartQuerySet, Visible, VisibleQuerySet
from house.ground.codes import short_code
from house.partners.models.partnership import Level


class TableQuerySet(Visible, models.QuerySet["Table"]):
    def in_force(self, at: datetime.datetime | Value | None = None) -> Self:
        """Those that have begun, the ruling one first."""
        return self.filter(
            effective_from__lte=at or timezone.now(), withdrawn_at__isnull=True
        ).order_by("-effective_from", "-pk")


class Table(models.Model):
    """One version of what each standing may do and each level receives. Its cells never change."""

    effective_from = models.DateTimeField(_("in force from"), db_index=True)
    note = models.CharField(_("why it changes"), max_length=300, blank=True)
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    # Only a version that is not in force yet can be withdrawn.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Level → number of seats.
    seats = models.JSONField(default=dict)

    objects = TableQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_from", "-pk"]

    def __str__(self) -> str:
        return f"Table {self.pk}"


class Right(models.Model):
    """One cell of a table: standing × capability."""

    part_of = "table"

    table = models.ForeignKey(Table, models.CASCADE, related_name="+")
    standing = models.CharField(max_length=12, choices=Standing)
    capability = models.CharField(max_length=40)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["standing", "capability"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "standing", "capability"], name="partners_right_once_a_table"
            )
        ]

    def __str__(self) -> str:
        return f"{self.standing}: {self.capability}"


class Benefit(models.Model):
    """Something countable that a partnership brings. The foundation may add to them."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("what it is"), max_length=300, blank=True)
    # What may use it; empty for what the foundation hands out itself.
    capability = models.CharField(max_length=40, blank=True)
    # How many unused units of a period live on in the next one.
    carry_over = models.PositiveSmallIntegerField(_("units carried over"), default=0)
    is_offered = models.BooleanField(default=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Per(models.TextChoices):
    """The periods begin on the first day of a contract year, counted in the city's own time zone."""

    YEAR = "year", _("a year")
    QUARTER = "quarter", _("a quarter")
    MONTH = "month", _("a month")


class Allowance(models.Model):
    """One cell of a table: level × benefit, so many units in each period."""

    part_of = "table"

    table = models.ForeignKey(Table, models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+")
    units = models.PositiveSmallIntegerField()
    per = models.CharField(max_length=8, choices=Per)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["level", "benefit"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "level", "benefit"], name="partners_allowance_once_a_table"
            )
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.units} {self.benefit_id} a {self.per}"


class ExceptionQuerySet(Visible, models.QuerySet["RightException"]):
    def in_force(self, on: datetime.date | Value | None = None) -> Self:
        on = on or timezone.now().date()
        return self.filter(starts_on__lte=on, ends_on__gte=on, revoked_at__isnull=True)


class RightException(models.Model):
    """For one city or one person, for a while, otherwise than the table says; always with a reason."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    city = models.ForeignKey(
        "vocabulary.City", models.CASCADE, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        "people.Person", models.CASCADE, null=True, blank=True, related_name="+"
    )
    capability = models.CharField(max_length=40)
    is_granted = models.BooleanField(_("allowed"))
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["ends_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(city__isnull=True) ^ Q(person__isnull=True),
                name="partners_exception_for_one_city_or_person",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="partners_exception_ends"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="partners_exception_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.capability} for {self.city_id or self.person_id}"
