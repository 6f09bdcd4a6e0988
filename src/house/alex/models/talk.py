"""What curator and author say to each other, and what an author was shown."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.alex.models.entry import Entry
from house.alex.models.version import Version


class ReviewNote(models.Model):
    """One utterance of a review. Never shown to readers of the entry."""

    class Kind(models.TextChoices):
        NOTE = "note", _("Note")
        REFUSAL = "refusal", _("Sent back")
        WITHDRAWAL = "withdrawal", _("Withdrawn")

    class Side(models.TextChoices):
        AUTHOR = "author", _("The author")
        REVIEWER = "reviewer", _("The reviewer")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    # Shown as the side, never as the name, where the entry's candour hides its author.
    side = models.CharField(max_length=8, choices=Side)
    writer = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NOTE)
    text = models.TextField()
    anchor = models.CharField(max_length=60, blank=True)  # the field it is about
    made_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="alex_note_says_something"),
            models.CheckConstraint(
                condition=Q(side__in=["author", "reviewer"]), name="alex_note_side_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.kind}"


class FailuresShown(models.Model):
    """The failed attempts nearest to a version, as its author saw them before "best practice"."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    shown = models.JSONField(default=list)  # [{"code", "version"}] of the entries, nearest first
    digest = models.CharField(max_length=64)
    shown_to = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    shown_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.version_id}: {len(self.shown)}"
