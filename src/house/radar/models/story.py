"""What feeds told (items), which of them tell the same (stories), and what curators made of it (steps)."""

from typing import Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.access.querysets import PartQuerySet, Visible
from house.ground.codes import short_code
from house.ground.html import to_text
from house.radar.models.source import Source


class State(models.TextChoices):
    NEW = "new", _("Not looked at")
    PICKED = "picked", _("Picked")
    DROPPED = "dropped", _("Dropped")
    MERGED = "merged", _("Merged")


class StoryQuerySet(Visible, models.QuerySet["Story"]):
    def for_list(self) -> Self:
        """Everything `_story.html` reads; picked ones first, then the newest."""
        rank = Case(When(state=State.PICKED, then=Value(0)), default=Value(1))
        return self.prefetch_related("topics", "cities").order_by(rank, "-last_at", "-pk")

    def picked(self) -> Self:
        return self.filter(state=State.PICKED)


class Story(models.Model):
    """Something that happened, as one or several sources told it."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    # Of the item that was told first: the source's words, not ours.
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=12, default="en")  # BCP 47
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    audience = models.CharField(
        max_length=8,
        choices=[(each.value, each.label) for each in (Audience.PUBLIC, Audience.ALLIANCE)],
        default=Audience.ALLIANCE,
    )
    note = models.TextField(_("note"), max_length=1200, blank=True)
    note_language = models.CharField(max_length=12, blank=True)
    picked_at = models.DateTimeField(null=True, blank=True)
    picked_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    topics = models.ManyToManyField("vocabulary.Topic", related_name="+", blank=True)
    cities = models.ManyToManyField("vocabulary.City", related_name="+", blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    sources = models.PositiveSmallIntegerField(default=1)  # how many tell it

    objects = StoryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "-last_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "picked", "dropped", "merged"]),
                name="radar_story_state_known",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=["public", "alliance"]), name="radar_story_audience_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="picked") | (~Q(note="") & Q(picked_at__isnull=False)),
                name="radar_picked_with_a_note",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="radar_merged_into_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("radar:story", args=[self.code])


class ItemQuerySet(PartQuerySet):
    def for_story(self) -> Self:
        return self.select_related("source").order_by("published_at", "pk")


class Item(models.Model):
    """One entry of one feed, in the source's own words, cleaned."""

    part_of = "story"
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    key = models.CharField(max_length=64)  # digest of what the feed names it by
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=1000, blank=True)
    canonical = models.CharField(
        max_length=64, blank=True, db_index=True
    )  # digest of the bare address
    author = models.CharField(max_length=120, blank=True)
    summary = models.TextField(blank=True)  # HTML that has passed `ground.html.sanitise`
    language = models.CharField(max_length=12, default="en")
    published_at = models.DateTimeField(db_index=True)
    # False: the feed gave no date, or one that can't be; then it is when we first saw it.
    is_dated = models.BooleanField(default=True)
    seen_at = models.DateTimeField(default=timezone.now)
    # What likeness is judged by: smallest hashes of its word runs, and its meaning.
    sketch = models.BinaryField(default=bytes)
    vector = models.BinaryField(default=bytes)
    topics = models.JSONField(default=list)
    cities = models.JSONField(default=list)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="radar_item_once_a_source")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> str:
        """The summary without its markup."""
        return to_text(self.summary)


class Way(models.TextChoices):
    PICK = "pick", _("Picked")
    DROP = "drop", _("Dropped")
    MERGE = "merge", _("Merged")
    SPLIT = "split", _("Split off")


class Step(models.Model):
    """What a curator did with a story, with what is needed to undo it."""

    part_of = "story"
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    before = models.JSONField(default=dict)
    other = models.ForeignKey(Story, models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.way} {self.story_id}"
