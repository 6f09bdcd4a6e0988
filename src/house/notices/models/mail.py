from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.ground.codes import short_code


class Mail(models.Model):
    """That a message went to one receiver, and what became of it. Never what it said."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Will be tried again")
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Refused by the mail server")
        WITHHELD = "withheld", _("Not sent")
        BOUNCED = "bounced", _("Came back")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    message_id = models.CharField(max_length=200, db_index=True)
    # The address goes when the person is erased, and with the row after ninety days.
    to = models.CharField(max_length=254, blank=True)
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.SENT)
    error = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "refused", "withheld", "bounced"]),
                name="notices_mail_state_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class Suppression(models.Model):
    """An address that gave a hard bounce: nothing more is sent there by itself until the office clears it."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    address = models.CharField(max_length=254)
    person = models.ForeignKey(
        "people.Person", models.CASCADE, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(Lower("address"), name="notices_one_suppression_an_address")
        ]

    def __str__(self) -> str:
        return self.code
