"""Who comes, who waits and who was offered a place; and who chose which session."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible, VisibleQuerySet
from house.gatherings.models.event import Event, SeatKind
from house.gatherings.models.programme import Session
from house.ground.codes import short_code


class RegistrationState(models.TextChoices):
    CONFIRMED = "confirmed", _("Has a place")
    WAITING = "waiting", _("Waits for a place")
    OFFERED = "offered", _("Was offered a place")
    LAPSED = "lapsed", _("Did not take the offered place in time")
    CANCELLED = "cancelled", _("Does not come")


# A place that is offered is kept until its deadline.
HOLDING = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)


class RegistrationQuerySet(Visible, models.QuerySet["Registration"]):
    def holding(self) -> Self:
        return self.filter(state__in=HOLDING)

    def coming(self) -> Self:
        return self.filter(state=RegistrationState.CONFIRMED)

    def in_line(self) -> Self:
        """Those who wait, the first in line first."""
        return self.filter(state=RegistrationState.WAITING).order_by("queued_at", "pk")

    def live(self) -> Self:
        return self.filter(state__in=[*HOLDING, RegistrationState.WAITING])


class Registration(models.Model):
    """One person at one event. Coming again uses the same row, at the end of the line."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    # For which she came: what the hosts' list and the calendar of a city go by.
    city = models.ForeignKey(
        "vocabulary.City", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    seat = models.CharField(_("how you come"), max_length=7, choices=SeatKind)
    state = models.CharField(max_length=9, choices=RegistrationState)
    queued_at = models.DateTimeField(default=timezone.now)  # her place in the line
    offered_at = models.DateTimeField(null=True, blank=True)
    offer_until = models.DateTimeField(null=True, blank=True)
    offers = models.PositiveIntegerField(default=0)  # how many she was made
    changed_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)
    # Grows with each turn, so that each letter about a turn is sent once.
    turn = models.PositiveIntegerField(default=0)
    answers = models.JSONField(default=dict, blank=True)  # {code of a question: text}
    needs = models.TextField(_("what you need"), max_length=1000, blank=True)
    is_beyond = models.BooleanField(default=False)  # given by the office beside the line
    came_at = models.DateTimeField(null=True, blank=True)
    came_by = models.CharField(max_length=6, blank=True)  # "host" or "self"
    # The event as she knew it when it went out of her sight: a letter tells her that and nothing newer.
    knew = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    # The last answer from her calendar that was heeded: older ones change nothing.
    answered_at = models.DateTimeField(null=True, blank=True)
    answered = models.CharField(max_length=9, blank=True)  # ACCEPTED, TENTATIVE or DECLINED

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["event", "seat", "state", "queued_at"]),
            models.Index(fields=["person", "state"]),
            models.Index(
                fields=["offer_until"],
                condition=Q(state="offered"),
                name="gatherings_offers_by_deadline",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="gatherings_registered_once"),
            models.CheckConstraint(
                condition=Q(state__in=RegistrationState.values),
                name="gatherings_registration_state_known",
            ),
            models.CheckConstraint(
                condition=Q(seat__in=SeatKind.values), name="gatherings_registration_seat_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offer_until__isnull=False),
                name="gatherings_offer_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=Q(came_by__in=["", "host", "self"]), name="gatherings_came_by_known"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_coming(self) -> bool:
        return self.state == RegistrationState.CONFIRMED

    @property
    def is_live(self) -> bool:
        return self.state in {*HOLDING, RegistrationState.WAITING}


class SessionPlace(models.Model):
    """That somebody chose a session; waiting where it was full."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="+")
    is_waiting = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "registration"], name="gatherings_session_chosen_once"
            )
        ]
        indexes = [models.Index(fields=["session", "is_waiting", "made_at"])]

    def __str__(self) -> str:
        return f"{self.session_id} {self.registration_id}"
