from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from house.access.candour import Candour
from house.agora.models.post import Post
from house.agora.models.said import Said, SaidQuerySet


class Answer(Said):
    """An answer to a post. Seen where its post is."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    # The duplicate that it was given to, so that a merge can be undone.
    moved_from = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    # A mail or a program may send the same answer twice; it is kept once.
    key = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)

    objects = SaidQuerySet.as_manager()

    class Meta(Said.Meta):
        abstract = False
        indexes = [models.Index(fields=["post", "published_at"])]

    def get_absolute_url(self) -> str:
        """Leads to the page of the thread on which it stands."""
        return f"{self.post.get_absolute_url()}answers/{self.code}/"

    @property
    def anchor(self) -> str:
        return f"answer-{self.code}"


class Comment(Said):
    """A remark on a post or on one of its answers."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="+")
    moved_from = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = SaidQuerySet.as_manager()

    class Meta(Said.Meta):
        abstract = False
        indexes = [models.Index(fields=["post", "published_at"])]

    def get_absolute_url(self) -> str:
        """Where it stands, however many came after it. Reads the post."""
        since = "" if self.answer_id else f"?from={self.code}"
        return f"{self.post.get_absolute_url()}{since}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"comment-{self.code}"


class Helped(Said):
    """What changed in a city by what was said here. A city says so once, and under its name."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    answer = models.ForeignKey(
        Answer, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("which answer helped"),
    )  # fmt: skip
    moved_from = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = SaidQuerySet.as_manager()

    class Meta(Said.Meta):
        abstract = False
        constraints = [
            *Said.Meta.constraints,
            models.UniqueConstraint(fields=["post", "city"], name="agora_helped_once_a_city"),
            models.CheckConstraint(
                condition=Q(candour__in=[Candour.PERSON, Candour.CITY], city__isnull=False),
                name="agora_helped_names_its_city",
            ),
        ]

    @property
    def anchor(self) -> str:
        return f"helped-{self.code}"
