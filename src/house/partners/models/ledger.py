"""The ledger of benefits: what was given to a city in a period of its contract, and what became of it."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from house.access.querysets import PartQuerySet, Visible
from house.ground.codes import short_code
from house.partners.models.right import Benefit, Per


class AccountQuerySet(Visible, models.QuerySet["Account"]):
    def with_left(self) -> Self:
        """Adds `left_now`: what `left` says, for filters and orders."""
        return self.annotate(left_now=F("granted") - F("held") - F("used") - F("gone"))

    def for_lists(self) -> Self:
        return self.select_related("city", "benefit")


class Account(models.Model):
    """One benefit of one city in one period. Its sums are those of its movements, kept for locking.

    Whoever moves units locks the row first; the constraints below hold even for who does not.
    """

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="+")
    per = models.CharField(max_length=8, choices=Per)
    # The first day of the period and of the one after, in the city; the moments are its midnights.
    starts_on = models.DateField()
    ends_on = models.DateField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    granted = models.PositiveSmallIntegerField(default=0)
    held = models.PositiveSmallIntegerField(default=0)
    used = models.PositiveSmallIntegerField(default=0)
    # Expired, or carried over into another period.
    gone = models.PositiveSmallIntegerField(default=0)
    # How much of what was granted the table of rights gave: the rest came by hand or was carried over.
    allotted = models.PositiveSmallIntegerField(default=0)

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["city", "benefit", "ends_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "benefit", "per", "starts_on"],
                name="partners_account_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(granted__gte=F("held") + F("used") + F("gone")),
                name="partners_account_never_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(held__gte=0) & Q(used__gte=0) & Q(gone__gte=0),
                name="partners_account_sums_never_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="partners_account_period_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.benefit_id} {self.starts_on}"

    @property
    def last_day(self) -> datetime.date:
        return self.ends_on - datetime.timedelta(days=1)

    @property
    def left(self) -> int:
        return self.granted - self.held - self.used - self.gone


class HoldQuerySet(PartQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=Hold.State.HELD)

    def for_lists(self) -> Self:
        return self.select_related("account__city", "account__benefit", "person", "seat")


class Hold(models.Model):
    """A unit kept for something: asked for by a city, then used, given back by it, or refunded to it."""

    part_of = "account"

    class State(models.TextChoices):
        HELD = "held", _("Asked for")
        USED = "used", _("Used")
        RELEASED = "released", _("Withdrawn by the city")
        REFUNDED = "refunded", _("Given back by the foundation")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    units = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    what_for = models.CharField(_("what it is for"), max_length=500)
    # Who asked. People leave; the seat stays, and the movements keep their numbers.
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    seat = models.ForeignKey("partners.Seat", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["state", "asked_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(units__gt=0), name="partners_hold_of_something")
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.what_for}"


class MovementQuerySet(PartQuerySet):
    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The ledger is append-only.")

    def update(self, **kwargs: object) -> int:
        raise TypeError("The ledger is append-only.")

    def for_statements(self) -> Self:
        """Newest first, with what a statement shows."""
        return self.select_related("account__city", "account__benefit", "hold").order_by("-pk")


class Movement(models.Model):
    """One row of the ledger: by how much each sum of the account changed. Never changed, never deleted.

    A trigger refuses changes in the database too.
    """

    part_of = "account"

    class Kind(models.TextChoices):
        GRANT = "grant", _("Granted")
        HOLD = "hold", _("Held")
        USE = "use", _("Used")
        RELEASE = "release", _("Withdrawn")
        REFUND = "refund", _("Refunded")
        EXPIRE = "expire", _("Expired")
        CARRY = "carry", _("Carried over")
        CORRECT = "correct", _("Corrected")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    # Chosen by who asks: the same key asks for the same thing, which happens once.
    key = models.CharField(max_length=160, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    granted = models.SmallIntegerField(default=0)
    held = models.SmallIntegerField(default=0)
    used = models.SmallIntegerField(default=0)
    gone = models.SmallIntegerField(default=0)
    left_after = models.PositiveSmallIntegerField()
    # Numbers, not foreign keys: a person's erasure must not rewrite history. None: the house itself.
    actor = models.BigIntegerField(null=True)
    actor_seat = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField(db_index=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")

    objects = MovementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="partners_movement_has_a_reason"),
            models.CheckConstraint(condition=~Q(key=""), name="partners_movement_has_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.account_id}"

    def save(self, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The ledger is append-only.")
        super().save(**kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        raise TypeError("The ledger is append-only.")

    @property
    def change(self) -> int:
        """By how much it changed what is left."""
        return self.granted - self.held - self.used - self.gone
