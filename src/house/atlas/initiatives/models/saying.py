"""What people outside say: a suggestion, and an initiative's own answer to "still true?"."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from house.access.querysets import VisibleQuerySet
from house.atlas.initiatives.models.initiative import Initiative


class Decision(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("a suggestion", "Accepted")
    REFUSED = "refused", pgettext_lazy("a suggestion", "Refused")


class Suggestion(models.Model):
    """Who suggested an initiative, and what was decided. Curators alone see it; the address goes in time."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="+")
    email = models.EmailField(_("your e-mail"), blank=True)
    note = models.TextField(_("anything we should know"), max_length=1000, blank=True)
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    decided_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=["", *Decision.values]),
                name="initiatives_decision_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.decision}"


class Answer(models.TextChoices):
    TRUE = "true", pgettext_lazy("answer of an initiative", "Still true")
    CHANGED = "changed", pgettext_lazy("answer of an initiative", "Changed")
    GONE = "gone", pgettext_lazy("answer of an initiative", "No longer there")


class Ask(models.Model):
    """Asked once a year: "still true?", of the initiative itself, at the address that it published."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    due_on = models.DateField()
    # SHA-256 of the secret in the mail's link; made when the mail goes, so that no table holds the secret.
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    # The address that the letter went to, as `asking.bound` keeps it: its link ends with that address.
    sent_to = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    words = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Set by a curator who put right what the initiative said has changed.
    dealt_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "due_on"], name="initiatives_asked_once_a_date"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", *Answer.values]), name="initiatives_answer_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.due_on}"
