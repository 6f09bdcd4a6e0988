import datetime
from typing import Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.access.candour import Candour, Credit, credit
from house.access.querysets import Visible
from house.alex import kinds
from house.ground.codes import short_code


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    REVIEW_DUE = "review_due", _("Review due")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PUBLISHED_STATES = (State.PUBLISHED, State.REVIEW_DUE)


class Outcome(models.TextChoices):
    """Empty means that the entry does not say."""

    WORKED = "worked", _("Worked")
    MIXED = "mixed", _("Mixed")
    FAILED = "failed", _("Failed")
    TOO_EARLY = "too_early", _("Too early to tell")


# Begins the source of what was offered from talk; the code of the offer follows.
FROM_TALK = "memory:"


class DoorColumns(models.Model):
    """What decides who may read. Carried by the entry and by each version of it."""

    audience = models.CharField(
        _("audience"), max_length=8, choices=Audience, default=Audience.ALLIANCE
    )
    city = models.ForeignKey(
        "vocabulary.City", models.PROTECT, null=True, blank=True, related_name="+"
    )
    circle = models.ForeignKey(
        "partners.Circle", models.PROTECT, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="alex_%(class)s_audience_known"
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.CITY) | Q(city__isnull=False),
                name="alex_%(class)s_city_audience_names_a_city",
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.CIRCLE) | Q(circle__isnull=False),
                name="alex_%(class)s_circle_audience_names_a_circle",
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.PRIVATE) | Q(author__isnull=False),
                name="alex_%(class)s_private_has_an_author",
            ),
        ]


class EntryQuerySet(Visible, models.QuerySet["Entry"]):
    def published(self) -> Self:
        """Of what the viewer may see, what readers find: without drafts, reviews and withdrawn ones."""
        return self.filter(state__in=PUBLISHED_STATES)

    def for_cards(self) -> Self:
        """Everything a card of a list reads, in two queries, the newest first."""
        return (
            self.select_related("shown_city")
            .prefetch_related("topics")
            .order_by("-published_at", "-pk")
        )

    def for_page(self) -> Self:
        """Everything the entry's own page reads of the entry itself, in a fixed number of queries."""
        from house.alex.models.version import Version  # noqa: PLC0415 -- a version belongs to an entry

        return self.select_related(
            "shown_city",
            "city",
            "circle",
            "author",
            "owner_seat__person",
            "owner_seat__partnership__city",
        ).prefetch_related(
            "topics",
            # every row: an entry's current version is seen wherever the entry is
            Prefetch("current", queryset=Version.objects.all()),
        )

    def awaiting_review(self) -> Self:
        """First submissions and revisions of published entries alike, the longest waiting first."""
        return self.filter(draft__state__in=["submitted", "in_review"]).order_by(
            "draft__submitted_at", "pk"
        )

    def overdue(self, on: datetime.date | None = None) -> Self:
        return self.filter(review_by__lte=on or timezone.now().date(), state__in=PUBLISHED_STATES)


class Entry(DoorColumns):
    """The lasting identity of what its versions say. Columns marked "mirror" repeat the current version."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    kind = models.CharField(max_length=12, choices=kinds.CHOICES)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    current = models.ForeignKey(
        "alex.Version", models.PROTECT, null=True, blank=True, related_name="+"
    )

    # Mirrors of the current version, or of the draft while nothing was published yet.
    title = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")  # BCP 47
    topics = models.ManyToManyField("vocabulary.Topic", related_name="+", blank=True)
    places = models.JSONField(default=list, blank=True)
    period_from = models.DateField(null=True, blank=True)
    period_until = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    licence = models.CharField(max_length=200, blank=True)

    # Who stands for it. `city` is the truth the door needs; `shown_city` is what anybody may be told.
    candour = models.CharField(max_length=9, choices=Candour, default=Candour.CITY)
    described_as = models.CharField(max_length=120, blank=True)
    shown_city = models.ForeignKey(
        "vocabulary.City", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    owner_seat = models.ForeignKey(
        "partners.Seat", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    owner_role = models.CharField(max_length=160, blank=True)

    # Where it came from.
    source_id = models.CharField(max_length=200, unique=True, null=True, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)  # of what the source said last
    external = models.CharField(
        max_length=200, blank=True
    )  # the publisher, of what the house took in
    is_demonstration = models.BooleanField(default=False)

    # How it stands.
    is_best_practice = models.BooleanField(default=False)
    reuse_count = models.PositiveIntegerField(
        default=0
    )  # cities with proven re-use: a ranking prior
    review_by = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta(DoorColumns.Meta):
        abstract = False
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["state", "-published_at"]),
            models.Index(fields=["shown_city", "state"]),
            models.Index(fields=["author"]),
            models.Index(
                fields=["review_by"],
                condition=Q(review_by__isnull=False),
                name="alex_entry_review_by",
            ),
        ]
        constraints = [
            *DoorColumns.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=list(kinds.KINDS)), name="alex_entry_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="alex_entry_state_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="alex_entry_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(candour__in=Candour.values), name="alex_entry_candour_known"
            ),
            models.CheckConstraint(
                condition=Q(shown_city__isnull=True)
                | Q(candour__in=[Candour.PERSON, Candour.CITY]),
                name="alex_entry_hidden_city_is_not_shown",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLISHED_STATES)
                | Q(current__isnull=False, published_at__isnull=False),
                name="alex_entry_published_has_a_version",
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True)
                | Q(period_until__isnull=True)
                | Q(period_until__gte=models.F("period_from")),
                name="alex_entry_period_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(is_best_practice=False) | Q(current__isnull=False),
                name="alex_entry_best_practice_was_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.code

    def get_absolute_url(self) -> str:
        return reverse("alex:entry", args=[self.slug])

    @property
    def template(self) -> kinds.Kind:
        return kinds.KINDS[self.kind]

    @property
    def is_published(self) -> bool:
        return self.state in PUBLISHED_STATES

    @property
    def is_review_due(self) -> bool:
        return self.state == State.REVIEW_DUE

    @property
    def grew_out_of_talk(self) -> bool:
        return bool(self.source_id) and self.source_id.startswith(FROM_TALK)

    def credit(self) -> Credit:
        """How its author may be named to anybody. Reads author and city: `for_page()` joins them."""
        if self.author_id is None and (self.external or self.city_id is None):
            return Credit(self.external, "")  # what a publisher wrote about a city isn't the city's
        return credit(
            self.candour,
            person=self.author.name if self.author else "",
            role=self.owner_role,
            city=self.city.label() if self.city else "",
            city_slug=self.city.slug if self.city else "",
            described=self.described_as,
            is_former=self.author is not None and self.author.is_former,
        )
