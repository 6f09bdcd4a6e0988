import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.access.querysets import Visible
from house.ground.codes import short_code


class State(models.TextChoices):
    FORMING = "forming", _("Forming")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended with a result")
    CLOSED = "closed", _("Closed without a result")


OPEN_STATES = (State.FORMING, State.RUNNING)
CLOSED_STATES = (State.ENDED, State.CLOSED)


class Outcome(models.TextChoices):
    """In the words of the lexicon, to which what came of it is offered."""

    WORKED = "worked", _("It worked")
    MIXED = "mixed", _("Mixed")
    FAILED = "failed", _("It failed")
    TOO_EARLY = "too_early", _("Too early to say")


class Result(models.TextChoices):
    """What sort of thing a group has made: it decides in which template ALEX is offered it."""

    CASE = "case_study", _("Something that we tried and can tell about")
    POLICY = "policy", _("A rule, plan or model text that others can adopt")
    RESEARCH = "research", _("A study, survey or comparison")
    TECHNOLOGY = "technology", _("A tool, standard or data set")


class GroupQuerySet(Visible, models.QuerySet["Group"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def for_cards(self) -> Self:
        """What a list reads of the groups themselves, those at work first."""
        return self.prefetch_related("topics").order_by(
            models.Case(
                models.When(state=State.RUNNING, then=0),
                models.When(state=State.FORMING, then=1),
                default=2,
                output_field=models.SmallIntegerField(),
            ),
            "-made_at",
            "-pk",
        )


class Group(models.Model):
    """Several cities that take on one problem together, for a term.

    Its row says only what the alliance may know: that it exists, what it is about, how it ended. What it
    works on (page, files, meetings, tasks) has doors of its own.
    """

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    name = models.CharField(_("name"), max_length=120)
    problem = models.TextField(_("problem"), max_length=4000)
    aim = models.TextField(_("aim"), max_length=4000)
    language = models.CharField(_("working language"), max_length=12, default="en")  # BCP 47
    topics = models.ManyToManyField("vocabulary.Topic", related_name="+", blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    state = models.CharField(max_length=8, choices=State, default=State.FORMING)

    # Who may read what it works on: its circle, or every partner city.
    audience = models.CharField(
        max_length=8,
        choices=[(each.value, each.label) for each in (Audience.CIRCLE, Audience.ALLIANCE)],
        default=Audience.CIRCLE,
    )
    is_hidden = models.BooleanField(_("hidden"), default=False)
    # Its members as persons, cities that read along as cities.
    circle = models.OneToOneField("partners.Circle", models.PROTECT, related_name="+")

    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    # What came of it, for everybody who may know of the group.
    result_kind = models.CharField(max_length=12, choices=Result, blank=True)
    result = models.TextField(_("result"), blank=True, max_length=4000)
    learned = models.TextField(_("what we learned"), blank=True, max_length=8000)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "ends_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="groups_group_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="groups_term_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=[Audience.CIRCLE, Audience.ALLIANCE]),
                name="groups_group_audience_known",
            ),
            models.CheckConstraint(
                condition=Q(is_hidden=False) | Q(audience=Audience.CIRCLE),
                name="groups_hidden_is_read_by_its_circle",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ENDED) | (~Q(result="") & ~Q(result_kind="")),
                name="groups_ended_has_a_result",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | ~Q(learned=""),
                name="groups_closed_says_what_it_learned",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES)
                | (Q(ended_at__isnull=False) & Q(outcome__in=Outcome.values)),
                name="groups_over_has_a_day_and_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("groups:group", args=[self.code])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def is_past_its_term(self, today: datetime.date | None = None) -> bool:
        return self.is_open and self.ends_on < (today or timezone.now().date())
