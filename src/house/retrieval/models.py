from django.db import models
from django.utils import timezone


class Passage(models.Model):
    """The stored text that hits, quotes and links point to.

    It has no audience of its own: whoever reads one has opened its document through a door first.
    A passage whose text stays keeps its key, so links and vectors stay too.
    """

    kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    ordinal = models.PositiveIntegerField()
    external_id = models.CharField(max_length=255, db_index=True)
    title = models.TextField(blank=True)
    heading = models.TextField(blank=True)
    text = models.TextField()
    language = models.CharField(max_length=16, blank=True)
    anchor = models.CharField(max_length=255, blank=True)
    page = models.PositiveIntegerField(null=True, blank=True)
    start = models.FloatField(null=True, blank=True)
    end = models.FloatField(null=True, blank=True)
    speaker = models.CharField(max_length=255, blank=True)
    digest = models.BigIntegerField(db_index=True)

    class Meta:
        ordering = ["kind", "object_id", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "external_id"], name="retrieval_passage_named_once"
            )
        ]

    def __str__(self) -> str:
        return self.external_id

    @property
    def thing(self) -> tuple[str, int]:
        return self.kind, self.object_id


class OutboxRow(models.Model):
    """A thing that changed and is to be indexed anew; written with the change itself."""

    kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    touched_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(
        default=timezone.now
    )  # a failed attempt waits longer each time
    problem = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
