import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible, VisibleQuerySet
from house.ground.codes import short_code
from house.groups.models.group import Group

OPENS_BEFORE = datetime.timedelta(minutes=15)


class MeetingQuerySet(Visible, models.QuerySet["Meeting"]):
    def standing(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def coming(self, now: datetime.datetime | None = None) -> Self:
        return self.standing().filter(ends_at__gte=now or timezone.now()).order_by("starts_at")

    def past(self, now: datetime.datetime | None = None) -> Self:
        return self.standing().filter(ends_at__lt=now or timezone.now()).order_by("-starts_at")


class Meeting(models.Model):
    """A date on which a group talks. Its link is for members, and only around the hour."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=160)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    zone = models.CharField(_("time zone"), max_length=40, default="UTC")  # IANA
    join_url = models.CharField(_("link to join"), max_length=500, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    agenda = models.TextField(_("agenda"), max_length=8000, blank=True)
    minutes = models.TextField(_("minutes"), max_length=40_000, blank=True)
    minutes_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    minutes_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["group", "starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="groups_meeting_runs_forward"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="groups_meeting_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("groups:meeting", args=[self.group.code, self.code])

    @property
    def own_start(self) -> datetime.datetime:
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def own_end(self) -> datetime.datetime:
        return self.ends_at.astimezone(ZoneInfo(self.zone))

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    def is_over(self, now: datetime.datetime | None = None) -> bool:
        return self.ends_at < (now or timezone.now())

    def is_joinable(self, now: datetime.datetime | None = None) -> bool:
        """From a quarter of an hour before it begins until it ends."""
        if self.is_cancelled or not self.join_url:
            return False
        return self.starts_at - OPENS_BEFORE <= (now or timezone.now()) <= self.ends_at


class MeetingAnswer(models.Model):
    """Whether a member comes, said on the page or from her calendar."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Comes")
        TENTATIVE = "tentative", _("Perhaps")
        DECLINED = "declined", _("Can't come")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    answer = models.CharField(max_length=9, choices=Answer)
    sequence = models.PositiveIntegerField(default=0)  # of the meeting that was answered
    answered_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="groups_one_answer_each"),
            models.CheckConstraint(
                condition=Q(answer__in=["accepted", "tentative", "declined"]),
                name="groups_meeting_answer_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.answer}"
