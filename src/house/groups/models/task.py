import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible
from house.ground.codes import short_code
from house.groups.models.group import Group


class TaskQuerySet(Visible, models.QuerySet["Task"]):
    def open(self) -> Self:
        return self.filter(done_at__isnull=True)

    def for_list(self) -> Self:
        """Open ones first, the next due on top, those without a date after them."""
        return self.select_related("owner", "owner__city").order_by(
            F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"
        )


class Task(models.Model):
    """Something that one member does for all."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    title = models.CharField(_("task"), max_length=200)
    text = models.TextField(_("what belongs to it"), max_length=4000, blank=True)
    owner = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    sequence = models.PositiveIntegerField(default=0)  # of its place in calendars
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(done_at__isnull=True, due_on__isnull=False),
                name="groups_task_due",
            )
        ]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="groups_task_has_title")]

    def __str__(self) -> str:
        return self.title

    def is_overdue(self, today: datetime.date | None = None) -> bool:
        if self.done_at is not None or self.due_on is None:
            return False
        return self.due_on < (today or timezone.now().date())
