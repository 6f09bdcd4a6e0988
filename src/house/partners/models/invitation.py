import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible
from house.ground.codes import short_code
from house.partners.models.seat import Seat

LASTS = datetime.timedelta(days=14)


class InvitationQuerySet(Visible, models.QuerySet["Invitation"]):
    def unanswered(self) -> Self:
        """Neither accepted nor withdrawn; some of these may have expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def pending(self, now: datetime.datetime | None = None) -> Self:
        """Those that can still be accepted, or approved first."""
        open_still = Q(expires_at__isnull=True) | Q(expires_at__gt=now or timezone.now())
        return self.unanswered().filter(open_still)


class Invitation(models.Model):
    """One address is asked to take one seat. The token of its mail is kept only as a digest."""

    class State(models.TextChoices):
        WAITS = "waits", _("Waits for the foundation")
        SENT = "sent", _("Sent")
        EXPIRED = "expired", _("Expired")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    words = models.TextField(_("a word to her"), max_length=600, blank=True)
    # Who sits there until it is accepted, when the seat is handed to a successor.
    replaces = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    invited_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    # The address is outside the city's verified domains: the office looks first.
    needs_approval = models.BooleanField(default=False)
    approved_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    # SHA-256 of the token in the mail; a new mail voids the old one. Empty until a mail has gone.
    digest = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="partners_one_invitation_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="partners_invitation_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.code}"

    @property
    def state(self) -> "Invitation.State":
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        if self.needs_approval and not self.approved_at:
            return self.State.WAITS
        if self.expires_at and self.expires_at <= timezone.now():
            return self.State.EXPIRED
        return self.State.SENT
