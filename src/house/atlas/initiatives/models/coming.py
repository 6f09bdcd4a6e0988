"""How initiatives come in from files: one run, which can be taken back whole."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from house.access.querysets import VisibleQuerySet
from house.atlas.initiatives.models.initiative import Initiative, Layer
from house.ground.codes import short_code


class RunState(models.TextChoices):
    LOOKED_AT = "looked", pgettext_lazy("state of an import", "Looked at")
    DONE = "done", pgettext_lazy("state of an import", "Done")
    UNDONE = "undone", pgettext_lazy("state of an import", "Taken back")


class Run(models.Model):
    """A file, how it was read, and what became of it. The file itself lies in a private folder until then."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    state = models.CharField(max_length=6, choices=RunState, default=RunState.LOOKED_AT)
    layer = models.ForeignKey(Layer, models.PROTECT, related_name="+")
    started_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    file = models.CharField(max_length=160)  # its name, as the person knows it
    # {"columns": {field: column}, "kinds": {word: notation}, "kind": notation, "language", …}
    options = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    skipped = models.JSONField(default=list)  # [{"row", "name", "reason"}], the first of them
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RunState.values), name="initiatives_run_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("initiatives:import_run", args=[self.code])


class Renewal(models.Model):
    """What an initiative said before a run renewed it, kept for a while so that the run can be taken back."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="+")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)  # column → value, of what the run changed
    # Columns of their own, so that contacts can be erased here too: empty where the run changed none.
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "initiative"], name="initiatives_renewed_once_a_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.initiative_id}"
