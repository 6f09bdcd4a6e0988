"""The programme of an event: what is being planned, and the versions of it that were published.

Days, tracks, rooms and sessions are the desk's working copy; readers see the last `ProgrammeVersion`.
"""

import datetime
import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from house.access.querysets import PartQuerySet, VisibleQuerySet
from house.gatherings.models.event import Event
from house.ground.codes import short_code


class Day(models.Model):
    """A day of a programme, which may end after midnight."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    date = models.DateField(_("day"))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "date"], name="gatherings_day_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="gatherings_day_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return str(self.date)


class Track(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    name = models.CharField(_("name"), max_length=120)
    colour = models.CharField(_("colour"), max_length=7, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="gatherings_track_once")
        ]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    guid = models.UUIDField(default=uuid.uuid4)
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    name = models.CharField(_("name"), max_length=120)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="gatherings_room_once")
        ]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """One item of a programme, as it is planned now. What readers are told of it stands in the version."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    guid = models.UUIDField(default=uuid.uuid4)
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    kind = models.CharField(_("sort of session"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=300)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    abstract = models.TextField(_("in short"), max_length=20_000, blank=True)
    description = models.TextField(_("description"), max_length=50_000, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)  # BCP 47
    track = models.ForeignKey(
        Track, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("track")
    )
    room = models.ForeignKey(
        Room, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("room")
    )
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(24 * 60)]
    )
    links = models.JSONField(_("links"), default=list, blank=True)  # [{url, title}]
    licence = models.CharField(_("licence of the recording"), max_length=120, blank=True)
    do_not_record = models.BooleanField(_("is not recorded"), default=False)
    takes_places = models.BooleanField(_("people choose this session"), default=False)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    is_public = models.BooleanField(default=False, editable=False)  # stands in the last version
    is_dropped = models.BooleanField(default=False, editable=False)  # not in the next one any more
    external_id = models.CharField(max_length=60, blank=True)  # the number of an imported one
    origin_url = models.URLField(max_length=400, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "guid"], name="gatherings_session_guid_once"),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=24 * 60),
                name="gatherings_session_has_a_length",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Reads the event: join it."""
        return reverse("gatherings:session", args=[self.event.slug, self.code])

    @property
    def ends_at(self) -> datetime.datetime:
        return self.starts_at + datetime.timedelta(minutes=self.minutes)


class Consent(models.TextChoices):
    ASKED = "asked", _("Was asked")
    GIVEN = "given", _("May be named")
    DECLINED = "declined", _("Is not to be named")


class Speaker(models.Model):
    """Who speaks: a person of the house once she agrees to be named, or somebody from outside."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)  # of somebody from outside
    role = models.CharField(_("role"), max_length=160, blank=True)
    consent = models.CharField(max_length=8, choices=Consent, default=Consent.ASKED)
    external_id = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(person__isnull=False),
                name="gatherings_speaks_once",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ProgrammeVersion(models.Model):
    """What readers were told from a moment on. Never changed; names persons of the house by no word.

    `content` holds days, tracks, rooms and sessions; a speaker of the house stands in it by the code
    of her `Speaker` row, so that her name goes where she takes her consent back.
    """

    part_of = "event"
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    note = models.CharField(_("what changed"), max_length=500, blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"], name="gatherings_version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.number}"

    def save(self, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A published programme is never changed.")
        super().save(**kwargs)


class ScheduleFile(models.Model):
    """A schedule that somebody chose to take in, kept until she confirms what it would change."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    given_by = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
