"""One-on-one sessions: a city's person and an expert of the foundation, at a time that is taken once."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import PartQuerySet, Visible, VisibleQuerySet
from house.ground.codes import short_code


class SessionQuerySet(Visible, models.QuerySet["Session"]):
    def coming(self, at: datetime.datetime | None = None) -> Self:
        return self.filter(state=Session.State.BOOKED, ends_at__gt=at or timezone.now())

    def over(self, at: datetime.datetime | None = None) -> Self:
        """Booked and past: nobody has said yet whether it took place."""
        return self.filter(state=Session.State.BOOKED, ends_at__lte=at or timezone.now())

    def for_lists(self) -> Self:
        return self.select_related("expert", "city", "booked_by", "topic")


class Session(models.Model):
    """A session with its time. What was asked before stands in its `Preparation`."""

    class State(models.TextChoices):
        BOOKED = "booked", _("Booked")
        HELD = "held", _("Took place")
        CANCELLED = "cancelled", _("Cancelled")
        DECLINED = "declined", _("Declined by the expert")
        CITY_ABSENT = "city_absent", _("The city did not come")
        EXPERT_ABSENT = "expert_absent", _("The expert did not come")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    # Chosen by who books, kept apart for each person: the same key books once.
    key = models.CharField(max_length=160, unique=True)
    expert = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    booked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    seat = models.ForeignKey("partners.Seat", models.SET_NULL, null=True, related_name="+")
    topic = models.ForeignKey(
        "vocabulary.Topic", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    # The expert's own zone, in which the time was offered.
    zone = models.CharField(max_length=40)
    state = models.CharField(max_length=14, choices=State, default=State.BOOKED)
    # Grows with each change of time or people, as a calendar's SEQUENCE must.
    sequence = models.PositiveSmallIntegerField(default=0)
    # How often a unit was held: each hold has a key of its own.
    holds = models.PositiveSmallIntegerField(default=0)
    hold = models.ForeignKey("partners.Hold", models.PROTECT, null=True, related_name="+")
    link = models.URLField(_("Where we meet"), max_length=500, blank=True)
    # Another time that the expert proposes; the city takes it or leaves it.
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_word = models.CharField(max_length=500, blank=True)
    # Why it was cancelled or declined, in the words of who did it.
    word = models.CharField(max_length=500, blank=True)
    ended_by_mail = models.BooleanField(default=False)
    # What became of the unit, so that nobody needs the ledger to know.
    unit = models.CharField(max_length=8, blank=True)
    # What a calendar answered last: ACCEPTED, TENTATIVE or DECLINED, with its SEQUENCE and moment.
    answer = models.CharField(max_length=10, blank=True)
    answered_sequence = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    notes = models.TextField(_("Notes for both sides"), blank=True, max_length=20_000)
    consents_city = models.BooleanField(default=False)
    consents_expert = models.BooleanField(default=False)
    offered_at = models.DateTimeField(null=True, blank=True)
    booked_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    marked_at = models.DateTimeField(null=True, blank=True)
    # When the expert was asked whether it took place, and who was reminded.
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["state", "starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meetings_session_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("meetings:session", args=[self.code])

    @property
    def length(self) -> datetime.timedelta:
        return self.ends_at - self.starts_at

    @property
    def is_booked(self) -> bool:
        return self.state == self.State.BOOKED

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()


class TakenTime(models.Model):
    """Five minutes of one person's time that a session takes. The database gives each of them away once.

    Its rows are the bar against double booking that no forgotten lock can open: SQLite has no constraint
    over ranges, so the range is laid out in ticks.
    """

    part_of = "session"

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "at"], name="meetings_time_taken_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.at}"


class Preparation(models.Model):
    """What the city wrote so that the hour is used well."""

    part_of = "session"

    session = models.OneToOneField(Session, models.CASCADE, related_name="preparation")
    goal = models.TextField(_("What should be clearer afterwards?"), max_length=2000)
    tried = models.TextField(_("What did you try already?"), max_length=5000, blank=True)
    questions = models.TextField(_("Your questions"), max_length=5000, blank=True)
    others = models.CharField(_("Who else joins, without a seat here"), max_length=300, blank=True)
    language = models.CharField(_("Language of the session"), max_length=12, default="en")

    objects = PartQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.session_id}"


class Joiner(models.Model):
    """A colleague of the same city who joins, and so sees the session."""

    part_of = "session"

    session = models.ForeignKey(Session, models.CASCADE, related_name="joiners")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="meetings_joins_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"


def _where(instance: Any, filename: str) -> str:
    return f"meetings/{instance.code}"


class SessionFile(models.Model):
    """A document for the session, kept without its metadata."""

    part_of = "session"

    code = models.CharField(max_length=16, unique=True, default=short_code, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="files")
    added_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    file = models.FileField(upload_to=_where)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class PrivateNote(models.Model):
    """What somebody notes of a session for herself alone."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    text = models.TextField(max_length=20_000)
    changed_at = models.DateTimeField(auto_now=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="meetings_one_note_each")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"
