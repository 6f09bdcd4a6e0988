from typing import Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import PartQuerySet, Visible
from house.ground.codes import short_code


class Target(models.TextChoices):
    SEMINAR = "seminar", _("A seminar or workshop")
    SUMMIT = "summit", _("The summit")
    MAGAZINE = "magazine", _("The magazine")
    ALEX = "alex", _("ALEX")


class SuggestionQuerySet(Visible, models.QuerySet["Suggestion"]):
    def standing(self) -> Self:
        """Without those that were merged into another."""
        return self.exclude(state="merged")

    def for_list(self) -> Self:
        """What a list reads, with the number of cities that stand behind each."""
        # every row: a number of cities, of topics that came through their door
        rows = Support.objects.filter(suggestion=OuterRef("pk")).order_by().values("suggestion")
        behind = Subquery(rows.annotate(number=Count("pk")).values("number"))
        return (
            self.select_related("city", "event")
            .prefetch_related("topics")
            .annotate(cities=Coalesce(behind, 0))
        )

    def most_wanted(self) -> Self:
        return self.order_by("-cities", "-made_at", "-pk")


class Suggestion(models.Model):
    """A topic that members want: for a seminar, the summit, the magazine or ALEX."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        PLANNED = "planned", _("Planned")
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined")
        MERGED = "merged", _("Merged")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    title = models.CharField(_("topic"), max_length=160)
    text = models.TextField(_("why"), max_length=4000, blank=True)
    target = models.CharField(_("for"), max_length=8, choices=Target)
    topics = models.ManyToManyField("vocabulary.Topic", related_name="+", blank=True)
    language = models.CharField(max_length=12, default="en")  # BCP 47
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    # Where it is planned or was done: an event of the house, or an address.
    event = models.ForeignKey(
        "gatherings.Event", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    url = models.CharField(_("address"), max_length=1000, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    suggested_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    city = models.ForeignKey("vocabulary.City", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "-made_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "planned", "done", "declined", "merged"]),
                name="gatherings_suggestion_state_known",
            ),
            models.CheckConstraint(
                condition=Q(target__in=Target.values), name="gatherings_suggestion_target_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="gatherings_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="gatherings_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="gatherings_not_merged_into_itself",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="gatherings_suggestion_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("gatherings:topic_market_topic", args=[self.code])

    @property
    def is_open_for_support(self) -> bool:
        return self.state in {self.State.OPEN, self.State.PLANNED}


class Support(models.Model):
    """That one city stands behind a topic, whoever of its people said so: cities count, not heads."""

    part_of = "suggestion"
    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="+")
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # Set on rows that came along when another topic was merged into this one.
    came_from = models.ForeignKey(
        Suggestion, models.CASCADE, null=True, blank=True, related_name="+"
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "city"], name="gatherings_support_once_a_city"
            )
        ]

    def __str__(self) -> str:
        return f"{self.city_id}: {self.suggestion_id}"
