"""What was imported, by whom, and what became of each document."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from house.access.querysets import PartQuerySet, VisibleQuerySet
from house.alex.models.entry import Entry
from house.ground.codes import short_code


class ImportRun(models.Model):
    """One import, or its rehearsal. Its files lie in a private folder until it is over."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of an import", "Waiting")
        RUNNING = "running", pgettext_lazy("state of an import", "Running")
        DONE = "done", pgettext_lazy("state of an import", "Done")
        FAILED = "failed", pgettext_lazy("state of an import", "Broken off")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    is_rehearsal = models.BooleanField(default=False)
    started_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    files = models.JSONField(default=list)  # names, as the person knows them
    options = models.JSONField(default=dict)
    total_bytes = models.PositiveBigIntegerField(default=0)
    done_bytes = models.PositiveBigIntegerField(default=0)
    passages = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # ImportRecord.Status → number
    problem = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)  # written while it runs
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed"]),
                name="alex_import_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("office:import_run", args=[self.code])

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def percent(self) -> int:
        if self.state == self.State.DONE:
            return 100
        return min(99, self.done_bytes * 100 // self.total_bytes) if self.total_bytes else 0


class ImportRecord(models.Model):
    """One document of a run: what became of it, and if nothing, why."""

    class Status(models.TextChoices):
        CREATED = "created", pgettext_lazy("imported document", "Created")
        UPDATED = "updated", pgettext_lazy("imported document", "Updated")
        UNCHANGED = "unchanged", pgettext_lazy("imported document", "Unchanged")
        REFUSED = "refused", pgettext_lazy("imported document", "Refused")
        LEFT = "left", pgettext_lazy("imported document", "Left alone")

    part_of = "run"
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="+")
    status = models.CharField(_("what became of it"), max_length=9, choices=Status)
    file = models.CharField(_("file"), max_length=500)
    line = models.PositiveIntegerField(_("line"), default=0)  # 0: the whole file
    source_id = models.CharField(max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    passages = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=40, blank=True)  # a code of `importing.reasons`
    facts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)  # [{"code", "facts"}]: what was put right on the way in
    # It has its own door: read it through `visible_to`.
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "status"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["created", "updated", "unchanged", "refused", "left"]),
                name="alex_import_record_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.status}"
