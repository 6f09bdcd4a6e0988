"""The page that a group writes together: what it says, what it said, and what each is writing."""

from typing import Any, Never

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible, VisibleQuerySet
from house.groups.models.group import Group


class Page(models.Model):
    """One for each group. Mirrors its newest version; `number` is the lock that writers begin from."""

    group = models.OneToOneField(Group, models.CASCADE, primary_key=True, related_name="+")
    html = models.TextField(blank=True)
    number = models.PositiveIntegerField(default=0)  # 0: nothing was saved yet
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.group.name

    def get_absolute_url(self) -> str:
        return self.group.get_absolute_url()

    @property
    def code(self) -> str:
        """A group has one page: it is called by the same code. Reads `group`."""
        return self.group.code


class VersionQuerySet(Visible, models.QuerySet["PageVersion"]):
    """Made and read, never changed."""

    def update(self, **kwargs: object) -> Never:
        raise TypeError("A version never changes.")

    def bulk_update(self, *args: object, **kwargs: object) -> Never:
        raise TypeError("A version never changes.")


class PageVersion(models.Model):
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    html = models.TextField()
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    # The version that its writer began from: below `number - 1` where two texts met.
    based_on = models.PositiveIntegerField(default=0)
    restored_from = models.PositiveIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    city = models.ForeignKey("vocabulary.City", models.PROTECT, null=True, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="groups_version_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="groups_version_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.number}"

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A version never changes.")
        super().save(**kwargs)


class Draft(models.Model):
    """What one member is writing, kept every few seconds. Nobody else reads or overwrites it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    html = models.TextField(blank=True)
    # What another window of hers had kept meanwhile: set aside, not lost.
    other = models.TextField(blank=True)
    based_on = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="groups_one_draft_each")
        ]

    def __str__(self) -> str:
        return f"{self.group_id} by {self.person_id}"
