from typing import Any

from django.db import models
from django.utils import timezone


class JournalQuerySet(models.QuerySet["JournalRow"]):
    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The journal is append-only.")

    def update(self, **kwargs: object) -> int:
        raise TypeError("The journal is append-only.")


class JournalRow(models.Model):
    """One act: who did what to which thing, when and why. Never changed, never deleted.

    The database refuses both by triggers, and `chain.verify` finds what went round them.
    """

    # Its place in the chain, from 1 without a gap; the key may have gaps where a transaction was undone.
    number = models.BigIntegerField(unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    act = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    # A number, not a foreign key: a person's erasure must not rewrite history.
    person_id = models.BigIntegerField(null=True, db_index=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)

    objects = JournalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "object_id"])]

    def __str__(self) -> str:
        return f"{self.act} {self.kind} {self.object_id}"

    def save(self, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The journal is append-only.")
        super().save(**kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        raise TypeError("The journal is append-only.")
