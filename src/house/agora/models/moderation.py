"""Reports, what a moderator decided, and the appeal of who wrote it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.agora.models.answer import Answer, Comment, Helped
from house.agora.models.post import Post
from house.agora.models.said import Said
from house.ground.codes import short_code

_OPEN = ["waiting", "appealed"]


class Case(models.Model):
    """One thing that was reported, from the first report to the last word."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a decision")
        KEPT = "kept", _("Left as it is")
        HIDDEN = "hidden", _("Taken out of sight")
        APPEALED = "appealed", _("Its author appeals")
        RESTORED = "restored", _("Put back after an appeal")
        FINAL = "final", _("Stays out of sight after an appeal")

    post_id: int
    decided_by_id: int | None
    settled_by_id: int | None

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="+")
    helped = models.ForeignKey(Helped, models.CASCADE, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    opened_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_why = models.TextField(blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(state__in=_OPEN, answer=None, comment=None, helped=None),
                name="agora_case_open_once_a_post",
            ),
            *(
                models.UniqueConstraint(
                    fields=[part],
                    condition=Q(state__in=_OPEN),
                    name=f"agora_case_open_once_a_{part}",
                )
                for part in ("answer", "comment", "helped")
            ),
            # Whoever took it out of sight does not judge the appeal.
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True) | ~Q(settled_by=models.F("decided_by")),
                name="agora_case_appeal_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.state}"

    @property
    def thing(self) -> Said:
        return self.answer or self.comment or self.helped or self.post


class Report(models.Model):
    """One person's report. Who reported is told to nobody but herself."""

    class Why(models.TextChoices):
        NAMES = "names", _("It names a person or a city that should not be named")
        UNKIND = "unkind", _("It is unkind to somebody")
        WRONG = "wrong", _("It is dangerous or false")
        RIGHTS = "rights", _("It uses words or pictures of others without their leave")
        ELSEWHERE = "elsewhere", _("It does not belong here, or is advertising")
        OTHER = "other", _("Something else")

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    reporter = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    why = models.CharField(_("what is wrong with it"), max_length=9, choices=Why)
    text = models.TextField(_("in your words"), blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "reporter"], name="agora_reported_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.why}"
