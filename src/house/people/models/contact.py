from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible, VisibleQuerySet
from house.ground.codes import short_code


class ContactMessageQuerySet(Visible, models.QuerySet["ContactMessage"]):
    def for_list(self) -> Self:
        return self.select_related("sender", "receiver").order_by("-sent_at", "-pk")


class ContactMessage(models.Model):
    """What one person wrote to another through the house; kept for a year, so that abuse can be traced."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    sender = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    receiver = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("message"), max_length=5000)
    # Her own choice, each time: answers then go straight to her address.
    shows_address = models.BooleanField(_("reply to my address"), default=False)
    sent_at = models.DateTimeField(auto_now_add=True)
    # Empty while it waits for the worker, and for ever when the receiver had muted the sender.
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_muted = models.BooleanField(default=False, editable=False)

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["sender", "sent_at"]),
            models.Index(fields=["receiver", "sent_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sender=models.F("receiver")), name="people_message_goes_to_another"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Mute(models.Model):
    """`person` gets no more messages from `muted`, who is not told."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    muted = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "muted"], name="people_muted_once"),
            models.CheckConstraint(
                condition=~Q(person=models.F("muted")), name="people_mutes_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} mutes {self.muted_id}"
