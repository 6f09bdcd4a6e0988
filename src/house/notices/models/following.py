import datetime

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.ground.codes import short_code


class Subscription(models.Model):
    """What a person follows; `happenings.follow` tells the forms of a target."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    target = models.CharField(max_length=200, db_index=True)
    is_muted = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "target"], name="notices_followed_once")
        ]

    def __str__(self) -> str:
        return self.target


class Pace(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NONE = "none", _("Not by mail: I look into the house")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


def _hour(name: object, **facts: object) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(name, validators=[MaxValueValidator(23)], **facts)


class Rhythm(models.Model):
    """When mail about what happened may reach a person: hours and days of her own zone.

    `next_digest_at` is kept for the worker, which asks for whom the moment has come; `zone` is the zone
    it was reckoned in, so that a move is noticed.
    """

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="+")
    pace = models.CharField(
        _("mail about what happened"), max_length=7, choices=Pace, default=Pace.DAILY
    )
    weekday = models.PositiveSmallIntegerField(
        _("day of the weekly digest"), choices=Weekday, default=Weekday.MONDAY
    )
    hour = _hour(_("hour of the digest"), default=8)
    quiet_from = _hour(_("quiet from"), null=True, blank=True, default=20)
    quiet_until = _hour(_("quiet until"), null=True, blank=True, default=7)
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("back on"), null=True, blank=True)
    zone = models.CharField(max_length=40, default="UTC")
    next_digest_at = models.DateTimeField(null=True, blank=True, db_index=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hour__lt=24) & Q(weekday__lt=7), name="notices_hours_are_hours"
            ),
            models.CheckConstraint(
                condition=Q(away_until__isnull=True)
                | Q(away_from__isnull=True)
                | Q(away_until__gte=models.F("away_from")),
                name="notices_back_after_leaving",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.pace}"

    def is_away(self, day: datetime.date) -> bool:
        """From the first day of her absence to the day before she is back."""
        if self.away_from is None:
            return False
        return self.away_from <= day and (self.away_until is None or day < self.away_until)


class How(models.TextChoices):
    """How a person wants one kind of happening, whatever her rhythm."""

    OFF = "off", _("Not at all")
    INBOX = "inbox", _("In the house only")
    DIGEST = "digest", _("In the digest")
    AT_ONCE = "at_once", _("By mail at once")


class Choice(models.Model):
    """What a person chose for one kind; where there is none, her rhythm holds."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    how = models.CharField(max_length=7, choices=How)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notices_one_choice_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.how}"
