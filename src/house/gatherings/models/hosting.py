"""A city's offer to host a seminar, a workshop or the summit: what it says, the talk about it, its tasks."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import PartQuerySet, Visible
from house.gatherings.models.event import Event, Mode
from house.ground.codes import short_code
from house.partners.models import Hold


class HostedKind(models.TextChoices):
    SEMINAR = "seminar", _("Seminar")
    WORKSHOP = "workshop", _("Workshop")
    SUMMIT = "summit", _("Summit")


class OfferState(models.TextChoices):
    WAITING = "waiting", _("With the foundation's office")
    ASKED = "asked", _("The office asks for more")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn by the city")
    CALLED_OFF = "called_off", _("Called off after it was accepted")


OPEN_OFFERS = (OfferState.WAITING, OfferState.ASKED)


class Side(models.TextChoices):
    CITY = "city", _("The city")
    OFFICE = "office", _("The foundation")


class OfferQuerySet(Visible, models.QuerySet["HostingOffer"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_OFFERS)

    def for_lists(self) -> Self:
        return self.select_related("city", "event")


class HostingOffer(models.Model):
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    kind = models.CharField(_("what you offer to host"), max_length=8, choices=HostedKind)
    title = models.CharField(_("working title"), max_length=200)
    about = models.TextField(_("what it would be about"), max_length=5000)
    languages = models.JSONField(_("languages"), default=list)  # BCP 47, main one first
    # When: the days that suit best, and how far they may be moved.
    starts_on = models.DateField(_("first day that suits you"))
    ends_on = models.DateField(_("last day that suits you"))
    dates_note = models.CharField(_("about the dates"), max_length=300, blank=True)
    mode = models.CharField(_("how people come"), max_length=7, choices=Mode)
    place = models.CharField(_("place"), max_length=300, blank=True)
    capacity = models.PositiveIntegerField(_("people the place holds"), null=True, blank=True)
    access = models.TextField(_("accessibility of the place"), max_length=2000, blank=True)
    budget = models.TextField(_("what the city pays"), max_length=2000, blank=True)
    in_kind = models.TextField(_("what the city brings in kind"), max_length=2000, blank=True)
    partners = models.TextField(_("partners"), max_length=2000, blank=True)
    # What it answers of the topic market: accepting the offer plans that topic.
    suggestion = models.ForeignKey(
        "gatherings.Suggestion", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("suggested topic"),
    )  # fmt: skip

    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.WAITING)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)  # of the last decision
    made_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    # The unit of the city's hosting slots that the offer keeps.
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, blank=True, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="+")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    is_demonstration = models.BooleanField(default=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["state", "made_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="gatherings_offer_ends_not_before_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OfferState.values), name="gatherings_hosting_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=HostedKind.values), name="gatherings_hosting_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(event__isnull=False),
                name="gatherings_hosting_accepted_has_its_event",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("gatherings:hosting", args=[self.code])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_OFFERS

    @property
    def days_waiting(self) -> int:
        return (timezone.now() - self.made_at).days


class HostingMessage(models.Model):
    """One word in the talk about an offer. Read by the city's people and the office, never rewritten."""

    part_of = "offer"

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    offer = models.ForeignKey(HostingOffer, models.CASCADE, related_name="+")
    side = models.CharField(max_length=6, choices=Side)
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("message"), max_length=5000)
    made_at = models.DateTimeField(default=timezone.now)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class TaskQuerySet(PartQuerySet):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def overdue(self, on: datetime.date) -> Self:
        return self.open().filter(due_on__lt=on)


class HostingTask(models.Model):
    """Something that one side does until a day."""

    part_of = "offer"

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    offer = models.ForeignKey(HostingOffer, models.CASCADE, related_name="+")
    title = models.CharField(_("what is to be done"), max_length=200)
    note = models.CharField(_("note"), max_length=500, blank=True)
    side = models.CharField(_("who does it"), max_length=6, choices=Side)
    owner = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("person"),
    )  # fmt: skip
    due_on = models.DateField(_("until"), db_index=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title

    def is_overdue(self, on: datetime.date) -> bool:
        return self.done_at is None and self.due_on < on
