from typing import Any, Never, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.access.querysets import Visible
from house.atlas.clauses.kinds import ClauseType, Field, type_of
from house.ground.codes import short_code


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLIC = "public", _("Published")


class Answer(models.TextChoices):
    """What the text says. What nobody has looked up has no clause: unknown is never kept as a no."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


_READERS = [
    (Audience.PUBLIC.value, Audience.PUBLIC.label),
    (Audience.ALLIANCE.value, Audience.ALLIANCE.label),
]


class Told(models.Model):
    """What one clause says, with the text that proves it."""

    answer = models.CharField(_("what the text says"), max_length=3, choices=Answer)
    value = models.DecimalField(
        _("number"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    day = models.DateField(_("date"), null=True, blank=True)
    words = models.CharField(_("in a few words"), max_length=200, blank=True)
    note = models.CharField(_("note in plain words"), max_length=500, blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_until = models.DateField(_("in force until"), null=True, blank=True)
    quote = models.TextField(_("official text, word for word"), max_length=3000)
    quote_language = models.CharField(_("language of the text"), max_length=12, default="en")
    source_title = models.CharField(_("title of the source"), max_length=300)
    source_url = models.URLField(_("address of the source"), max_length=400)
    # A public address of the house: other rooms are not looked into.
    entry_url = models.CharField(_("entry in ALEX"), max_length=1000, blank=True)

    class Meta:
        abstract = True


# What two versions are told apart by, and what a form fills in.
FACTS = tuple(column.name for column in Told._meta.local_fields)


class ClauseQuerySet(Visible, models.QuerySet["Clause"]):
    def published(self) -> Self:
        return self.filter(state=State.PUBLIC)

    def for_page(self) -> Self:
        """Everything a cell reads, in one query."""
        return self.select_related("city", "current").order_by("city", "field", "type", "pk")


class Clause(models.Model):
    """A city's answer to one question of a field. `current` says what; earlier versions are kept."""

    city_id: str
    current_id: int | None
    checked_by_id: int | None

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    field = models.CharField(max_length=20, choices=Field)
    type = models.CharField(max_length=20)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    audience = models.CharField(max_length=8, choices=_READERS, default=Audience.PUBLIC)
    current = models.ForeignKey(
        "clauses.Version", models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now)
    is_demonstration = models.BooleanField(default=False)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "field", "type"], name="clauses_one_answer_to_a_question"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="clauses_state_known"),
            models.CheckConstraint(
                condition=Q(audience__in=[value for value, _label in _READERS]),
                name="clauses_audience_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLIC) | Q(current__isnull=False),
                name="clauses_public_says_something",
            ),
        ]

    def __str__(self) -> str:
        """As lists name it. Reads `city`."""
        return f"{self.city.label()}: {self.kind.label}"

    def get_absolute_url(self) -> str:
        return reverse("clauses:clause", args=[self.code])

    @property
    def kind(self) -> ClauseType:
        """The question. One that the house no longer asks is told by its key."""
        return type_of(self.field, self.type) or ClauseType(self.type, self.type, "")

    @property
    def thread(self) -> str:
        """What watches it: see `notices.happenings`."""
        return f"atlas.clause:{self.code}"


class VersionQuerySet(Visible, models.QuerySet["Version"]):
    def update(self, **kwargs: object) -> Never:
        raise TypeError("A version of a clause never changes.")


class Version(Told):
    """What a clause said from a moment on. Never changed, but for whose hand it was when she is erased.

    `audience` is who could read it when it came out: opening a clause to everybody does not open what
    it said before. Empty for what never left the curators' hands.
    """

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    audience = models.CharField(max_length=8, blank=True)
    why = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["clause", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="clauses_version_once"),
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values), name="clauses_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="clauses_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.number}"

    def save(self, **kwargs: Any) -> None:  # type: ignore[override]
        if not self._state.adding:
            raise TypeError("A version of a clause never changes.")
        super().save(**kwargs)


class CorrectionState(models.TextChoices):
    OPEN = "open", _("Waits for a decision")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not taken over")


class CorrectionQuerySet(Visible, models.QuerySet["Correction"]):
    def for_page(self) -> Self:
        return self.select_related("city").order_by("-pk")


class Correction(Told):
    """What a city says a clause of its own should say, with its evidence, until a curator decides."""

    city_id: str
    made_by_id: int | None

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    field = models.CharField(max_length=20, choices=Field)
    type = models.CharField(max_length=20)
    why = models.CharField(_("what is wrong, and how you know"), max_length=600)
    state = models.CharField(max_length=8, choices=CorrectionState, default=CorrectionState.OPEN)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=600, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CorrectionState.values), name="clauses_correction_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.REFUSED) | ~Q(reason=""),
                name="clauses_refused_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["city", "field", "type"],
                condition=Q(state=CorrectionState.OPEN),
                name="clauses_one_correction_waits",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def kind(self) -> ClauseType:
        return type_of(self.field, self.type) or ClauseType(self.type, self.type, "")
