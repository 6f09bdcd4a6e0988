from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet


class Urgency(models.IntegerChoices):
    """What goes first when much waits."""

    LETTER = 0
    NOTICE = 1
    DIGEST = 2


class Letter(models.Model):
    """A mail to one person about one thing, waiting to be built and sent, or what became of it.

    While it is being sent `claim` names the process that does; see `delivery`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        WITHHELD = "withheld", _("Not sent")
        REFUSED = "refused", _("Refused by the mail server")

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    thing = models.BigIntegerField()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.LETTER)
    posted_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=24, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "posted_at"]),
            models.Index(
                fields=["urgency", "not_before", "id"],
                condition=Q(state="waiting"),
                name="notices_letters_waiting",
            ),
            models.Index(fields=["claim"], condition=Q(state="sending"), name="notices_claimed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending", "sent", "withheld", "refused"]),
                name="notices_letter_state_known",
            )
        ]

    def __str__(self) -> str:
        return self.key
