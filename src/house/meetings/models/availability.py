"""When an expert may be booked: her hours, what changes them, and what keeps her busy elsewhere."""

from typing import Self
from urllib.parse import urlsplit

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible, VisibleQuerySet
from house.ground.codes import short_code
from house.people.models.person import known_time_zone


class AvailabilityQuerySet(Visible, models.QuerySet["Availability"]):
    def open(self) -> Self:
        """Of those who still work for the foundation and let themselves be booked."""
        works = Q(person__is_expert=True) | Q(person__is_office=True)
        return self.filter(works, is_open=True, person__is_active=True)

    def for_cards(self) -> Self:
        return (
            self.select_related("person").prefetch_related("topics").order_by("person__name", "pk")
        )

    def due(self) -> Self:
        """Those whose calendar elsewhere is to be read again."""
        return self.exclude(busy_url="").filter(busy_next_at__lte=timezone.now())


class Availability(models.Model):
    """One expert's terms. `code` names her pages; her hours are rows of their own."""

    class Calendar(models.TextChoices):
        ICS = "ics", _("A calendar's address (ICS)")
        CALDAV = "caldav", _("A CalDAV calendar")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    person = models.OneToOneField("people.Person", models.CASCADE, related_name="+")
    is_open = models.BooleanField(_("Cities may book me"), default=False)
    about = models.TextField(_("What cities may ask me"), max_length=1000, blank=True)
    topics = models.ManyToManyField(
        "vocabulary.Topic", related_name="+", blank=True, verbose_name=_("topics")
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    zone = models.CharField(
        _("My time zone"), max_length=40, default="UTC", validators=[known_time_zone]
    )
    # Minutes, such as [30, 60].
    lengths = models.JSONField(_("lengths of a session"), default=list)
    before = models.PositiveSmallIntegerField(
        _("Free minutes before"), default=0, validators=[MaxValueValidator(240)]
    )
    after = models.PositiveSmallIntegerField(
        _("Free minutes after"), default=15, validators=[MaxValueValidator(240)]
    )
    notice_hours = models.PositiveSmallIntegerField(
        _("Notice in hours"), default=24, validators=[MaxValueValidator(24 * 60)]
    )
    horizon_days = models.PositiveSmallIntegerField(
        _("Days ahead"), default=60, validators=[MaxValueValidator(365)]
    )
    most_per_day = models.PositiveSmallIntegerField(_("Most sessions a day"), default=3)
    most_per_week = models.PositiveSmallIntegerField(_("Most sessions a week"), default=8)
    join_link = models.URLField(_("Where we meet"), max_length=500, blank=True)
    # A secret: whoever knows it may read her calendar. Pages show `busy_masked`.
    busy_url = models.CharField(max_length=1000, blank=True)
    busy_kind = models.CharField(max_length=6, choices=Calendar, default=Calendar.ICS)
    busy_user = models.CharField(max_length=200, blank=True)
    busy_password = models.CharField(max_length=200, blank=True)
    busy_next_at = models.DateTimeField(null=True, blank=True, db_index=True)
    busy_read_at = models.DateTimeField(null=True, blank=True)
    busy_failures = models.PositiveSmallIntegerField(default=0)
    busy_problem = models.CharField(max_length=300, blank=True)

    objects = AvailabilityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "availabilities"

    def __str__(self) -> str:
        return self.code

    @property
    def busy_masked(self) -> str:
        """Enough to know which calendar it is, too little to read it."""
        if not self.busy_url:
            return ""
        host = urlsplit(self.busy_url).hostname or "…"
        return f"{host}/…{self.busy_url[-3:]}"


class WeeklyHours(models.Model):
    """Each week on one day from one hour to another, by the clocks of a zone. Until midnight is 00:00."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    availability = models.ForeignKey(Availability, models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    zone = models.CharField(_("time zone"), max_length=40, validators=[known_time_zone])

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "begins", "pk"]

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins}–{self.ends}"


class DayChange(models.Model):
    """A day unlike the others: off, whole or in part, or with hours in addition."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    availability = models.ForeignKey(Availability, models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    is_off = models.BooleanField(default=True)
    # None and None: the whole day.
    begins = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("to"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["day", "begins", "pk"]

    def __str__(self) -> str:
        return f"{self.day}"


class Busy(models.Model):
    """When an expert is busy elsewhere. Of her calendar nothing else is kept: neither titles nor places."""

    availability = models.ForeignKey(Availability, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meetings_busy_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at}–{self.ends_at}"
