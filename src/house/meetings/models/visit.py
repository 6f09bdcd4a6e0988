"""A full-day visit: what the city asks for, what the foundation plans hour by hour, and what came of it."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import PartQuerySet, Visible, VisibleQuerySet
from house.ground.codes import short_code


class Format(models.TextChoices):
    PRESENTATION = "presentation", _("Presentation")
    ROUND_TABLE = "round_table", _("Round table")
    WORKSHOP = "workshop", _("Workshop")
    SITE_VISIT = "site_visit", _("Site visit")
    ONE_ON_ONE = "one_on_one", _("One-on-one")
    BREAK = "break", _("Break or meal")


class VisitQuerySet(Visible, models.QuerySet["Visit"]):
    def open(self) -> Self:
        return self.filter(state__in=Visit.OPEN)

    def for_lists(self) -> Self:
        return self.select_related("city", "asked_by", "lead")


class Visit(models.Model):
    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        TALKING = "talking", _("Being talked about")
        PLANNED = "planned", _("Day chosen, programme being planned")
        SHARED = "shared", _("Programme with the city")
        AGREED = "agreed", _("Programme agreed")
        HELD = "held", _("Took place")
        CANCELLED = "cancelled", _("Taken back")
        DECLINED = "declined", _("Declined by the foundation")

    OPEN = ("asked", "talking", "planned", "shared", "agreed")
    DATED = ("planned", "shared", "agreed")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    key = models.CharField(max_length=160, unique=True)
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    seat = models.ForeignKey("partners.Seat", models.SET_NULL, null=True, related_name="+")
    # Who of the foundation looks after it.
    lead = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    goals = models.TextField(_("What should the day bring?"), max_length=5000)
    teams = models.TextField(_("Which teams would meet us?"), max_length=2000)
    formats = models.JSONField(_("Formats"), default=list)
    # ISO dates that the city proposed, the best first.
    days = models.JSONField(default=list)
    languages = models.JSONField(_("Languages"), default=list)
    access_needs = models.TextField(_("Access needs"), max_length=1000, blank=True)
    contact_name = models.CharField(_("Who answers questions about the day"), max_length=120)
    contact_way = models.CharField(_("How to reach her or him"), max_length=200)
    place = models.CharField(_("Where the day begins"), max_length=200, blank=True)
    day = models.DateField(_("Day"), null=True, blank=True)
    zone = models.CharField(max_length=40)
    sequence = models.PositiveSmallIntegerField(default=0)
    holds = models.PositiveSmallIntegerField(default=0)
    hold = models.ForeignKey("partners.Hold", models.PROTECT, null=True, related_name="+")
    unit = models.CharField(max_length=8, blank=True)
    word = models.CharField(max_length=500, blank=True)
    report = models.TextField(_("What came of the day"), max_length=20_000, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    # Grows with each save of the programme, so that of two who write at once the later looks first.
    revision = models.PositiveIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("meetings:visit", args=[self.code])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def proposed(self) -> list[datetime.date]:
        return [datetime.date.fromisoformat(day) for day in self.days]


class VisitWord(models.Model):
    """One turn of the talk between the city and the foundation about a visit."""

    part_of = "visit"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="+")
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    text = models.TextField(max_length=5000)
    at = models.DateTimeField(default=timezone.now)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.at}"


class ProgrammeRow(models.Model):
    """One row of the programme as it is being planned. The city sees none until a version is shared."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="+")
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    format = models.CharField(_("format"), max_length=12, choices=Format)
    title = models.CharField(_("title"), max_length=160)
    team = models.CharField(_("team"), max_length=160, blank=True)
    people = models.CharField(_("people"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    notes = models.CharField(_("notes"), max_length=500, blank=True)
    # Minutes on the way after this row.
    travel = models.PositiveSmallIntegerField(_("minutes on the way afterwards"), default=0)
    # People of the house: they get the row in their calendars.
    members = models.ManyToManyField("people.Person", related_name="+", blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")), name="meetings_row_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Programme(models.Model):
    """A version of the programme as it was shared with the city. Never changed."""

    part_of = "visit"

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Agreed")
        CHANGES = "changes", _("Changes asked for")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    day = models.DateField()
    # As the rows were: {"begins", "ends", "format", "title", …, "members": [numbers of persons]}.
    rows = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True)
    shared_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answer_word = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="meetings_programme_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.number}"
