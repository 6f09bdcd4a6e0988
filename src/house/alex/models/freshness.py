from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible
from house.alex.models.entry import Entry
from house.ground.codes import short_code


class FreshnessAskQuerySet(Visible, models.QuerySet["FreshnessAsk"]):
    def current(self) -> Self:
        """About the date that stands now: a new version begins a new term and lets old questions rest."""
        return self.filter(due_on=F("entry__review_by"))


class FreshnessAsk(models.Model):
    """One question "is this still true?", sent once for each review-by date."""

    class Answer(models.TextChoices):
        STILL_TRUE = "still_true", _("Still true")
        CHANGED = "changed", _("It has changed")
        ENDED = "ended", _("It has ended")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    due_on = models.DateField()
    asked_at = models.DateTimeField(auto_now_add=True)
    sent_to = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    objects = FreshnessAskQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "due_on"], name="alex_ask_once_a_due_date"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="alex_ask_answer_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", "still_true", "changed", "ended"]),
                name="alex_ask_answer_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} due {self.due_on}"
