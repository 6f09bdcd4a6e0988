from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.ground.codes import short_code


class Incoming(models.Model):
    """That a mail came in, and what became of it: once for each mail, however often it is delivered.

    Never what it said. What its sender has to look at stands in a `HeldReply`.
    """

    class State(models.TextChoices):
        POSTED = "posted", _("Posted as an answer")
        ANSWERED = "answered", _("Answer to an invitation")
        HELD = "held", _("Waits for its sender")
        REFUSED = "refused", _("Refused")
        IGNORED = "ignored", _("Written by a machine")
        BOUNCE = "bounce", _("Report of a mail that came back")

    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.state} {self.key[:12]}"


class HeldReply(models.Model):
    """A mail that the house would not act on by itself: its sender reads it, mends it, presses the button."""

    class Why(models.TextChoices):
        UNPROVEN = "unproven", _("the mail servers could not prove that it came from you")
        EMPTY = "empty", _("nothing of your own was found in it")
        UNSURE = "unsure", _("it was not clear where your own words end")
        UNREADABLE = "unread", _("it could not be read to the end")
        EXPIRED = "expired", _("the address that it went to is out of date")
        NO_THING = "nothing", _("it did not say what it answers")
        GONE = "gone", _("what it answers is not there for you any more")
        REFUSED = "refused", _("it could not be posted")
        MANY = "many", _("very many mails came from you in a short time")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40, blank=True)
    thing = models.BigIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    # What the house took for her own words, and all that came.
    text = models.TextField(_("your answer"), blank=True)
    original = models.TextField(blank=True)
    why = models.CharField(max_length=8, choices=Why)
    detail = models.CharField(max_length=300, blank=True)
    # An answer to an invitation instead: UID, answer, number and moment, as her calendar wrote them.
    calendar = models.JSONField(default=dict, blank=True)
    # The mail as it came, under `incoming/held/`; its files are read from it when she posts.
    file = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=64)
    held_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    posted = models.CharField(max_length=200, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "-id"])]

    def __str__(self) -> str:
        return self.code
