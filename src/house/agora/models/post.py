from typing import Self

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.agora.models.said import Said, SaidQuerySet


class Kind(models.TextChoices):
    QUESTION = "question", _("Question")
    STRUGGLE = "struggle", _("Struggle")
    SUCCESS = "success", _("Success")
    CALL = "call", _("Call for partners")


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Merged into another")


SHOWN = (State.OPEN, State.SOLVED, State.CLOSED, State.MERGED)


class PostQuerySet(SaidQuerySet):
    def published(self) -> Self:
        """Of what the viewer may see, what readers find: no drafts, nothing merged or taken out of sight."""
        return self.filter(state__in=[State.OPEN, State.SOLVED, State.CLOSED], is_hidden=False)

    def unanswered_first(self) -> Self:
        """Behind `with_counts()`: what nobody has answered, then the rest, each the newest first."""
        waits = Case(When(answer_count=0, state=State.OPEN, then=0), default=1)
        return self.order_by(waits, "-published_at", "code")

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "code")

    def with_counts(self) -> Self:
        """`answer_count`: answers are seen where their post is, but for those out of sight."""
        from house.agora.models.answer import Answer  # noqa: PLC0415 -- an answer belongs to a post

        # every row: counted for posts that came through their door
        shown = Answer.objects.filter(post=OuterRef("pk"), is_hidden=False).order_by()
        counted = shown.values("post").annotate(n=Count("pk")).values("n")
        return self.annotate(answer_count=Coalesce(Subquery(counted), 0))

    def for_cards(self) -> Self:
        """Everything a card of a list reads, in two queries."""
        return (
            self.select_related("shown_city", "city", "author")
            .prefetch_related("topics")
            .with_counts()
        )


class Post(Said):
    """What somebody puts to her peers: a question, a struggle, a success or a call for partners."""

    circle_id: str | None
    accepted_id: int | None
    merged_into_id: int | None

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    title = models.CharField(_("title"), max_length=200, blank=True)
    topics = models.ManyToManyField(
        "vocabulary.Topic", verbose_name=_("topics"), related_name="+", blank=True
    )
    language = models.CharField(_("language"), max_length=12, default="en")  # BCP 47
    audience = models.CharField(
        _("who may read"), max_length=8, choices=Audience, default=Audience.ALLIANCE
    )
    circle = models.ForeignKey(
        "partners.Circle", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    accepted = models.ForeignKey(
        "agora.Answer", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Somebody reported it or a part of it, so moderators may see it whatever its audience.
    is_reported = models.BooleanField(default=False)
    closed_why = models.CharField(max_length=300, blank=True)
    is_demonstration = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)

    objects = PostQuerySet.as_manager()

    class Meta(Said.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["state", "-published_at"]),
            models.Index(fields=["shown_city", "state"]),
            models.Index(fields=["author"]),
        ]
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="agora_post_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="agora_post_state_known"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="agora_post_audience_known"
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.CITY) | Q(city__isnull=False),
                name="agora_post_city_audience_names_a_city",
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.CIRCLE) | Q(circle__isnull=False),
                name="agora_post_circle_audience_names_a_circle",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | Q(published_at__isnull=False),
                name="agora_post_published_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.MERGED) | Q(merged_into__isnull=False),
                name="agora_post_merged_leads_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.code

    def get_absolute_url(self) -> str:
        return self._address

    @cached_property
    def _address(self) -> str:
        """Each of its answers begins its own address with it."""
        return reverse("agora:post", args=[self.code])

    @property
    def thread(self) -> str:
        """What somebody follows who follows this: `happenings.follow(person, f"thread:{post.thread}")`."""
        return f"agora.post:{self.code}"

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_open(self) -> bool:
        """May still be answered: what was solved may be answered better."""
        return self.state in {State.OPEN, State.SOLVED}
