from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.ground.codes import short_code


class Reason(models.TextChoices):
    """Why somebody is told; completes "You get this because …"."""

    NAMED = "named", _("you were named")
    INVITED = "invited", _("you were invited to answer")
    OWN = "own", _("it is about something of yours")
    HELPED = "helped", _("you helped with it")
    THREAD = "thread", _("you follow the thread")
    TOPIC = "topic", _("you follow its topic")
    CITY = "city", _("you follow its city")
    KIND = "kind", _("you follow everything of this kind")
    SEARCH = "search", _("it matches a search that you saved")


class Happening(models.Model):
    """Something that happened to a thing of a room. What it says is asked of the room, for each receiver."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40, db_index=True)
    thing = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    topics = models.JSONField(default=list)
    # May be named with the thing; a city that candour hides never stands here.
    city = models.ForeignKey(
        "vocabulary.City", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    thread = models.CharField(max_length=60, blank=True)
    fanned_out_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(fanned_out_at__isnull=True),
                name="notices_not_fanned_out",
            )
        ]

    def __str__(self) -> str:
        return self.key


class Due(models.TextChoices):
    """What a notice waits for beside being read in the house."""

    NEW = "new", _("to be settled")
    AT_ONCE = "at_once", _("a mail of its own")
    DIGEST = "digest", _("the next digest")
    NOTHING = "", _("nothing")


class Notice(models.Model):
    """That one person is told of one happening, and why.

    `letter` is the mail that carries it: written before that mail is sent, so that no other carries it again.
    """

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    happening = models.ForeignKey(Happening, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    reason = models.CharField(max_length=8, choices=Reason)
    is_direct = models.BooleanField(default=False)
    due = models.CharField(max_length=7, choices=Due, default=Due.NEW, blank=True)
    letter = models.ForeignKey(
        "notices.Letter", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Too many at once within an hour: it went from a mail of its own to the digest, which says so.
    is_folded = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "happening"], name="notices_told_once")
        ]
        indexes = [
            models.Index(fields=["person", "-id"]),
            models.Index(
                fields=["person"], condition=Q(read_at__isnull=True), name="notices_unread"
            ),
            models.Index(fields=["due", "person"], condition=~Q(due=""), name="notices_due"),
        ]

    def __str__(self) -> str:
        return self.code
