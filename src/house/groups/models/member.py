from collections import defaultdict
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible
from house.ground.codes import short_code
from house.groups.models.group import Group
from house.vocabulary.models import City


class MemberQuerySet(Visible, models.QuerySet["Member"]):
    def now(self) -> Self:
        return self.filter(left_at__isnull=True)

    def for_list(self) -> Self:
        return self.select_related("person", "city").order_by("city__name", "-is_lead", "joined_at")


class Member(models.Model):
    """That somebody works in a group, for her city. The row stays when she leaves: her words do too."""

    class Left(models.TextChoices):
        HERSELF = "herself", _("Left by herself")
        SEAT = "seat", _("Holds no seat of this city any more")
        REMOVED = "removed", _("Removed by a lead")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    # None: one of the foundation's people, who works along for no city.
    city = models.ForeignKey(
        "vocabulary.City", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_lead = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    left_why = models.CharField(max_length=8, choices=Left, blank=True)
    led = models.BooleanField(default=False, editable=False)  # when she left

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(left_at__isnull=True),
                name="groups_in_a_group_once",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_why="")
                | (Q(left_at__isnull=False) & Q(left_why__in=["herself", "seat", "removed"])),
                name="groups_left_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.person_id}"


class AdmissionQuerySet(Visible, models.QuerySet["Admission"]):
    def waiting(self) -> Self:
        return self.filter(answer="")


class Admission(models.Model):
    """An invitation into a group, or somebody's request to join it."""

    class Sort(models.TextChoices):
        INVITED = "invited", _("Invited")
        ASKED = "asked", _("Asked to join")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    city = models.ForeignKey(
        "vocabulary.City", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sort = models.CharField(max_length=7, choices=Sort)
    text = models.TextField(_("words"), max_length=2000, blank=True)
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=9, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(answer=""),
                name="groups_one_admission_waits",
            ),
            models.CheckConstraint(
                condition=Q(sort__in=["invited", "asked"]), name="groups_admission_sort_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False),
                name="groups_admission_answered_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.sort} {self.person_id}"


def cities_of(groups: Iterable[Group]) -> dict[int, list[City]]:
    """The cities whose people are in each group, in one query. Whoever sees a group may know them."""
    found: dict[int, list[City]] = defaultdict(list)
    rows = Member.objects.filter(group__in=list(groups), city__isnull=False).now()
    for row in rows.select_related("city").order_by("city__name"):
        if row.city is not None and row.city not in found[row.group_id]:
            found[row.group_id].append(row.city)
    return found
