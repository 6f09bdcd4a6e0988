"""Whom a post was put to, with the asker's consent, and what became of it."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.agora.models.answer import Answer
from house.agora.models.post import Post
from house.ground.codes import short_code


class Route(models.Model):
    """One post on its way to people: the first three, then the next, then an expert of the foundation."""

    class State(models.TextChoices):
        ASKING = "asking", _("Peers are asked")
        EXPERT = "expert", _("An expert is asked")
        DONE = "done", _("Answered or settled")
        STUCK = "stuck", _("Nobody is left to ask")

    post = models.OneToOneField(Post, models.CASCADE, related_name="+")
    state = models.CharField(max_length=6, choices=State, default=State.ASKING)
    # Her consent reaches further than the first three: the house may ask the next by itself.
    goes_on = models.BooleanField(_("ask the next when nobody answers"), default=True)
    # Whom she took off the list: never proposed for this post again.
    without = models.JSONField(default=list)
    begun_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asking", "expert", "done", "stuck"]),
                name="agora_route_state_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.state}"


class Invitation(models.Model):
    """One person is asked to answer one post. She, who asked, and the office know of it."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        ACCEPTED = "accepted", _("Will answer")
        ANSWERED = "answered", _("Answered")
        PASSED_ON = "passed_on", _("Passed on to a colleague")
        DECLINED = "declined", _("Can't this time")
        LAPSED = "lapsed", _("No answer in time")
        SETTLED = "settled", _("No longer needed")

    OPEN = (State.ASKED, State.ACCEPTED)
    # What the type checker does not see.
    post_id: int
    person_id: int

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    # What speaks for her, as she may read it: nothing that follows from an asker who is hidden.
    reasons = models.JSONField(default=list)
    went_on = models.BooleanField(default=False)  # to the foundation: peers could not answer
    passed_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.ForeignKey(Answer, models.SET_NULL, null=True, blank=True, related_name="+")
    # Hers and the house's: the asker is not told why.
    why_not = models.CharField(_("why not"), max_length=300, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateTimeField()
    changed_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["person", "-asked_at"]),
            models.Index(
                fields=["answer_by"],
                condition=Q(state__in=["asked", "accepted"]),
                name="agora_invitations_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["post", "person"], name="agora_invited_once"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class Willingness(models.Model):
    """How often somebody wants to be asked; who has no row is asked at most twice a month."""

    USUAL = 2

    person = models.OneToOneField(
        "people.Person", models.CASCADE, primary_key=True, related_name="+"
    )
    per_month = models.PositiveSmallIntegerField(_("invitations a month, at most"), default=USUAL)
    away_until = models.DateField(_("not before"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(per_month__lte=30), name="agora_willing_at_most_daily"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.per_month}"

    def is_away(self, on: datetime.date) -> bool:
        return self.away_until is not None and on < self.away_until
