"""What somebody promised in a session or during a visit: one thing, a day, an owner."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible
from house.ground.codes import short_code


class PromiseQuerySet(Visible, models.QuerySet["Promise"]):
    def standing(self) -> Self:
        return self.filter(done_at=None)

    def for_lists(self) -> Self:
        return self.select_related("owner", "session", "visit", "session__city", "visit__city")


class Promise(models.Model):
    """Of a session or of a visit, never of both. The owner is one of its people, and may end it."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    session = models.ForeignKey(
        "meetings.Session", models.CASCADE, null=True, blank=True, related_name="+"
    )
    visit = models.ForeignKey(
        "meetings.Visit", models.CASCADE, null=True, blank=True, related_name="+"
    )
    text = models.CharField(_("What is promised"), max_length=300)
    owner = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    due_on = models.DateField(_("Until when"))
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_word = models.CharField(max_length=300, blank=True)
    # The last day on which the owner was reminded.
    reminded_on = models.DateField(null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(session__isnull=True, visit__isnull=False)
                | Q(session__isnull=False, visit__isnull=True),
                name="meetings_promise_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_late(self) -> bool:
        return self.done_at is None and self.due_on < datetime.datetime.now(datetime.UTC).date()
