import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.ground.codes import short_code


def digest_of(question: str) -> str:
    """The same for two questions that differ in case and white space only."""
    folded = " ".join(question.casefold().split())
    return hashlib.sha256(folded.encode()).hexdigest()


class PeerQuestion(models.Model):
    """A question that ALEX could not answer, kept by its asker for a room that asks her peers.

    It names the entries that lay nearest by kind and key, never by their words: whoever shows them
    asks their door again.
    """

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    asker = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    city = models.ForeignKey("vocabulary.City", models.SET_NULL, null=True, related_name="+")
    question = models.TextField(_("question"), max_length=2000)
    digest = models.CharField(max_length=64, editable=False)
    language = models.CharField(_("language"), max_length=12)
    nearest = models.JSONField(default=list)  # [{"kind": …, "pk": …}], best first
    kept_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["asker", "digest"], name="memory_question_kept_once")
        ]

    def __str__(self) -> str:
        return self.question
