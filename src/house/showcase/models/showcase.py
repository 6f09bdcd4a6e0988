from typing import Any, Never, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible, VisibleQuerySet
from house.ground.codes import short_code


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ShowcaseQuerySet(Visible, models.QuerySet["Showcase"]):
    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def for_cards(self) -> Self:
        """Everything a card reads, in two queries, the newest first."""
        return (
            self.select_related("city", "current", "cover")
            .prefetch_related("topics")
            .order_by("-published_at", "-pk")
        )


class Showcase(models.Model):
    """What a city shows the world. `current` is what readers see; `draft` is what its city is writing."""

    city_id: str
    entry_id: int | None
    current_id: int | None

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    # The code until it is first published; made of the title then, and never changed again.
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    # What its text began as. Readers are led back only where the lexicon itself would name the city to them.
    entry = models.ForeignKey(
        "alex.Entry", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    draft = models.JSONField(default=dict)  # what `content.tidy` made
    revision = models.PositiveIntegerField(default=0)  # counts saves: nobody overwrites unseen

    # Mirrors of the current edition, for lists.
    current = models.ForeignKey(
        "showcase.Edition", models.PROTECT, null=True, blank=True, related_name="+"
    )
    cover = models.ForeignKey(
        "showcase.Picture", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    topics = models.ManyToManyField("vocabulary.Topic", related_name="+", blank=True)

    made_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)  # the first time
    changed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    is_demonstration = models.BooleanField(default=False)

    objects = ShowcaseQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-published_at"]),
            models.Index(fields=["city", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="showcase_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED)
                | Q(current__isnull=False, published_at__isnull=False),
                name="showcase_published_has_an_edition",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.code

    def get_absolute_url(self) -> str:
        return reverse("showcase:showcase", args=[self.slug])

    @property
    def title(self) -> str:
        """Of the edition that readers see; of the draft until there is one. Reads `current`."""
        return self.current.title if self.current else str(self.draft.get("title", ""))

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def has_a_draft(self) -> bool:
        """Does its city hold words that stand in no edition of now? Reads `current`."""
        return self.current is None or not self.current.says(self.draft)


class EditionQuerySet(Visible, models.QuerySet["Edition"]):
    def update(self, **kwargs: object) -> Never:
        raise TypeError("An edition never changes.")


class Edition(models.Model):
    """What a showcase said from the moment it was published so. Readers see the current one alone."""

    showcase = models.ForeignKey(Showcase, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=300)
    text = models.TextField(blank=True)  # sanitised HTML
    language = models.CharField(max_length=12)  # BCP 47
    topics = models.JSONField(default=list)  # slugs
    pictures = models.JSONField(default=list)  # [{"code", "alt", "caption"}]
    video = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["showcase", "number"]
        constraints = [
            models.UniqueConstraint(fields=["showcase", "number"], name="showcase_edition_once"),
            models.CheckConstraint(condition=~Q(title=""), name="showcase_edition_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def save(self, **kwargs: Any) -> None:  # type: ignore[override]
        if not self._state.adding:
            raise TypeError("An edition never changes.")
        super().save(**kwargs)

    def says(self, draft: dict[str, Any]) -> bool:
        return all(getattr(self, key) == said for key, said in draft.items())


class Picture(models.Model):
    """A picture, made anew from its points alone, in two widths. Readers see it while an edition shows it."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    showcase = models.ForeignKey(Showcase, models.CASCADE, related_name="+")
    large = models.FileField(upload_to="showcase/")
    small = models.FileField(upload_to="showcase/")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    is_current = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["showcase", "digest"], name="showcase_picture_once")
        ]

    def __str__(self) -> str:
        return self.code
