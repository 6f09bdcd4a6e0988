from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.ground.codes import short_code


class PeopleAct(models.Model):
    """What the office did to several persons at once, with what was before: so that it can be undone."""

    class Act(models.TextChoices):
        SUSPEND = "suspend", _("Suspend")
        REINSTATE = "reinstate", _("Reinstate")
        GIVE_OFFICE = "give_office", _("Take into the office")
        TAKE_OFFICE = "take_office", _("Take out of the office")
        GIVE_CURATOR = "give_curator", _("Make a curator")
        TAKE_CURATOR = "take_curator", _("No longer a curator")
        GIVE_EXPERT = "give_expert", _("Make an expert")
        TAKE_EXPERT = "take_expert", _("No longer an expert")
        END_SESSIONS = "end_sessions", _("End all sessions")
        SEND_HELP = "send_help", _("Send help with signing in")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    act = models.CharField(max_length=12, choices=Act)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300)
    # {key of a person: what the changed field held before}; numbers only, so an erasure leaves it true.
    before = models.JSONField(default=dict)
    undone_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.code}"


class RevealQuerySet(VisibleQuerySet):
    def with_things(self) -> Self:
        """What a line about it reads of what was written, in one query."""
        return self.select_related("entry", "post", "answer__post")


class Reveal(models.Model):
    """Two office people ask together who a sealed author is. One asks with a reason, another one agrees.

    It is about an entry of ALEX, or a post or an answer of the Agora: exactly one of them. The author's
    name is never a column of this: it is read by those two, while it is open.
    """

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    entry = models.ForeignKey("alex.Entry", models.CASCADE, null=True, related_name="+")
    post = models.ForeignKey("agora.Post", models.CASCADE, null=True, related_name="+")
    answer = models.ForeignKey("agora.Answer", models.CASCADE, null=True, related_name="+")
    # Whose name it is about: so that she sees on her own page what was done with it.
    author = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    reason = models.TextField()
    asked_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    lapses_at = models.DateTimeField()
    agreed_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    # Each of the two reads the name once.
    read_by_asker_at = models.DateTimeField(null=True)
    read_by_other_at = models.DateTimeField(null=True)

    objects = RevealQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=models.F("asked_by")),
                name="office_reveal_takes_two",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="office_reveal_has_a_reason"),
            models.CheckConstraint(
                condition=Q(entry__isnull=False, post__isnull=True, answer__isnull=True)
                | Q(entry__isnull=True, post__isnull=False, answer__isnull=True)
                | Q(entry__isnull=True, post__isnull=True, answer__isnull=False),
                name="office_reveal_is_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        """Of what it is about; an answer goes by its post. Behind `with_things()`."""
        whole = self.entry or self.post or (self.answer.post if self.answer else None)
        return whole.title if whole else self.code

    @property
    def url(self) -> str:
        thing = self.entry or self.post or self.answer
        return thing.get_absolute_url() if thing else ""
