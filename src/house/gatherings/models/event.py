"""What people come to: a seminar, a workshop, a digital meeting or a summit, and the series it stands in."""

import datetime
import zoneinfo
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.access.querysets import PartQuerySet, Visible, VisibleQuerySet
from house.ground.codes import short_code
from house.people.models import known_time_zone


class Kind(models.TextChoices):
    SEMINAR = "seminar", _("Seminar")
    WORKSHOP = "workshop", _("Workshop")
    MEETING = "meeting", _("Digital meeting")
    SUMMIT = "summit", _("Summit")


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Announced")
    CANCELLED = "cancelled", _("Cancelled")
    DONE = "done", _("Has taken place")


# What its audience sees; a draft is seen by those who prepare it.
OUT = (State.PUBLISHED, State.CANCELLED, State.DONE)


class Mode(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    BOTH = "both", _("On site and online")


class SeatKind(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")


class Series(models.Model):
    """Events that belong together, such as the yearly summits. Its end is a day, never open."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what it is about"), max_length=2000, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    is_demonstration = models.BooleanField(default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title


class EventQuerySet(Visible, models.QuerySet["Event"]):
    def out(self) -> Self:
        """Without drafts: what was announced, cancelled or has taken place."""
        return self.filter(state__in=OUT)

    def coming(self, at: datetime.datetime | None = None) -> Self:
        """Announced and not over yet, the next first."""
        return self.filter(state=State.PUBLISHED, ends_at__gt=at or timezone.now()).order_by(
            "starts_at", "pk"
        )

    def past(self, at: datetime.datetime | None = None) -> Self:
        """Over, the last first."""
        return self.filter(state__in=OUT, ends_at__lte=at or timezone.now()).order_by(
            "-starts_at", "-pk"
        )

    def between(self, since: datetime.datetime, until: datetime.datetime) -> Self:
        return self.filter(starts_at__lt=until, ends_at__gt=since)

    def for_cards(self) -> Self:
        """Everything a card of a list reads, in two queries."""
        return self.select_related("host_city", "series").prefetch_related("topics")

    def for_page(self) -> Self:
        return self.select_related("host_city", "series", "city", "circle").prefetch_related(
            "topics"
        )


class Event(models.Model):
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.SEMINAR)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("what happens there"), max_length=20_000, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)  # BCP 47, main one first
    topics = models.ManyToManyField("vocabulary.Topic", related_name="+", blank=True)
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("series")
    )

    # When and where. `zone` is that of the place; moments are UTC.
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    zone = models.CharField(_("time zone"), max_length=40, validators=[known_time_zone])
    host_city = models.ForeignKey(
        "vocabulary.City", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("host city"),
    )  # fmt: skip
    place = models.CharField(_("place"), max_length=300, blank=True)
    mode = models.CharField(_("how people come"), max_length=7, choices=Mode, default=Mode.ONLINE)
    # Empty means as many as come.
    seats_on_site = models.PositiveIntegerField(_("places on site"), null=True, blank=True)
    seats_online = models.PositiveIntegerField(_("places online"), null=True, blank=True)

    # The four columns of the door. `city` is whose own event it is; `host_city` is where it takes place.
    audience = models.CharField(
        _("audience"), max_length=8, choices=Audience, default=Audience.ALLIANCE
    )
    city = models.ForeignKey(
        "vocabulary.City", models.PROTECT, null=True, blank=True, related_name="+"
    )
    circle = models.ForeignKey(
        "partners.Circle", models.PROTECT, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    # Registration.
    takes_registrations = models.BooleanField(_("people register"), default=True)
    registration_from = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_until = models.DateTimeField(_("registration closes"), null=True, blank=True)
    offer_hours = models.PositiveSmallIntegerField(_("hours to take an offered place"), default=48)

    # How it stands. `sequence` grows with each change of time or place: calendars go by it.
    sequence = models.PositiveIntegerField(default=0)
    programme = models.PositiveIntegerField(default=0)  # number of the version that readers see
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(_("reason"), max_length=500, blank=True)
    source_url = models.URLField(
        max_length=400, blank=True
    )  # where a fact of the archive comes from
    is_demonstration = models.BooleanField(default=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["state", "starts_at"]),
            models.Index(fields=["host_city", "starts_at"]),
            models.Index(fields=["starts_at", "ends_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="gatherings_event_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="gatherings_event_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="gatherings_event_state_known"
            ),
            models.CheckConstraint(
                condition=Q(mode__in=Mode.values), name="gatherings_event_mode_known"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="gatherings_event_audience_known"
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.CITY) | Q(city__isnull=False),
                name="gatherings_event_of_a_city_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.CIRCLE) | Q(circle__isnull=False),
                name="gatherings_event_of_a_circle_names_it",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | Q(published_at__isnull=False),
                name="gatherings_event_out_was_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("gatherings:event", args=[self.slug])

    @property
    def is_out(self) -> bool:
        return self.state in OUT

    @property
    def language(self) -> str:
        """The main one of its languages."""
        return str(self.languages[0]) if self.languages else "en"

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_coming(self) -> bool:
        """Announced and not over yet."""
        return self.state == State.PUBLISHED and not self.is_over

    @property
    def tz(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.zone)

    @property
    def seat_kinds(self) -> tuple[SeatKind, ...]:
        """The ways in which somebody can come."""
        if self.mode == Mode.BOTH:
            return (SeatKind.ON_SITE, SeatKind.ONLINE)
        return (SeatKind(self.mode),)

    def seats(self, kind: str) -> int | None:
        """How many places there are of a kind; None for as many as come."""
        return self.seats_on_site if kind == SeatKind.ON_SITE else self.seats_online

    @property
    def is_open_for_registration(self) -> bool:
        now = timezone.now()
        return (
            self.state == State.PUBLISHED
            and self.takes_registrations
            and now < (self.registration_until or self.starts_at)
            and (self.registration_from is None or now >= self.registration_from)
        )


class Organiser(models.Model):
    """A person who looks after an event beside the office: sees who comes, edits it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="gatherings_organiser_once")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.person_id}"


class Question(models.Model):
    """Asked at registration. The answers are read by those who look after the event."""

    part_of = "event"
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    text = models.CharField(_("question"), max_length=300)
    is_needed = models.BooleanField(_("must be answered"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class JoinLink(models.Model):
    """Where to enter online. Beside the event, so that no list, export or search reads it by accident.

    Without a person it is everybody's; `{person}` in it becomes the code of who enters.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    person = models.ForeignKey(
        "people.Person", models.CASCADE, null=True, blank=True, related_name="+"
    )
    url = models.URLField(_("address"), max_length=1000)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"], name="gatherings_one_link_a_person"
            ),
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(person__isnull=True),
                name="gatherings_one_link_for_all",
            ),
        ]

    def __str__(self) -> str:
        return f"link of {self.event_id}"
