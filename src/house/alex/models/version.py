from typing import Any, Never, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible, VisibleQuerySet
from house.alex.models.entry import DoorColumns, Entry, Outcome


class VersionQuerySet(Visible, models.QuerySet["Version"]):
    """Made and read, never changed: `alex` lays triggers for the same rule in the database."""

    def update(self, **kwargs: object) -> Never:
        raise TypeError("A version never changes.")

    def delete(self) -> Never:
        raise TypeError("A version is never deleted.")

    def bulk_update(self, *args: object, **kwargs: object) -> Never:
        raise TypeError("A version never changes.")

    def newest_first(self) -> Self:
        return self.order_by("-number")


class Version(DoorColumns):
    """What an entry said from the moment it was published so.

    It keeps the audience of its own time: widening an entry later does not open what it said before.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    topics = models.JSONField(default=list)  # slugs
    places = models.JSONField(default=list)
    period_from = models.DateField(null=True, blank=True)
    period_until = models.DateField(null=True, blank=True)
    fields = models.JSONField(default=dict)  # {key of kinds.Field: value}
    # Of imported documents: [{"heading", "html", "external_id", "page", "start", "end", "speaker",
    # "language"}]
    sections = models.JSONField(default=list)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    outcome_why = models.TextField(blank=True)
    outcome_evidence = models.TextField(blank=True)
    sources = models.JSONField(default=list)  # [{"label", "url", "licence"}]
    attachments = models.JSONField(default=list)  # codes
    licence = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)  # SHA-256 of all the above
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    restored_from = models.PositiveIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = VersionQuerySet.as_manager()

    class Meta(DoorColumns.Meta):
        abstract = False
        ordering = ["entry", "number"]
        constraints = [
            *DoorColumns.Meta.constraints,
            models.UniqueConstraint(fields=["entry", "number"], name="alex_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="alex_version_counts_from_one"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="alex_version_outcome_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="alex_version_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def save(self, **kwargs: Any) -> None:  # type: ignore[override]
        if not self._state.adding:
            raise TypeError("A version never changes.")
        super().save(**kwargs)

    def delete(self, **kwargs: Any) -> Never:  # type: ignore[override]
        raise TypeError("A version is never deleted.")


class ReviewState(models.TextChoices):
    WRITING = "writing", _("Being written")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")


class Draft(models.Model):
    """The one text of an entry that is being written or reviewed. Gone once it is published.

    `content` is what `content.tidy` made: the text with the settings (audience, candour, contacts)
    that take effect when it is published. `revision` counts saves, so that nobody overwrites unseen.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="draft")
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    based_on = models.PositiveIntegerField(
        null=True, blank=True
    )  # number of the version it revises
    state = models.CharField(max_length=9, choices=ReviewState, default=ReviewState.WRITING)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewer = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReviewState.values), name="alex_draft_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.WRITING) | Q(submitted_at__isnull=False),
                name="alex_draft_submitted_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}, revision {self.revision}"


class DraftCopy(models.Model):
    """What a save would have overwritten, when two wrote at once. Kept until the draft is published."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    keys = models.JSONField(default=list)  # where it differs from what was kept as the draft
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "digest"], name="alex_copy_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} of {self.written_at:%Y-%m-%d %H:%M}"
