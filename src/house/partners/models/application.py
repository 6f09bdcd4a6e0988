"""Who wants to come in: a city, or a professional of a city outside the alliance."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from house.access.querysets import PartQuerySet, Visible
from house.ground.codes import short_code
from house.partners.models.partnership import Level


class Stage(models.TextChoices):
    RECEIVED = "received", _("Received")
    TALK = "talk", _("Talk")
    AGREED = "agreed", _("Agreed")
    SIGNED = "signed", _("Signed")
    WELCOME = "welcome", _("Welcome")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PIPELINE = (Stage.RECEIVED, Stage.TALK, Stage.AGREED, Stage.SIGNED, Stage.WELCOME)
CLOSED = (Stage.DECLINED, Stage.WITHDRAWN)


def application_code() -> str:
    """Longer than other codes: it is shown to people outside, and must not be guessed."""
    return short_code(12)


class ApplicationQuerySet(Visible, models.QuerySet["Application"]):
    def proven(self) -> Self:
        """Those whose address was proven: only these count."""
        return self.filter(proven_at__isnull=False)

    def leading(self) -> Self:
        """Without those that were put together with another one."""
        return self.filter(joined_to__isnull=True)

    def for_board(self) -> Self:
        """Everything a card of the pipeline reads."""
        return self.select_related("city", "looked_after_by").order_by("stage_at", "pk")


class Application(models.Model):
    class Kind(models.TextChoices):
        CITY = "city", _("A city")
        PERSON = "person", _("A professional")

    code = models.CharField(max_length=12, unique=True, default=application_code, editable=False)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.CITY)
    city = models.ForeignKey(
        "vocabulary.City", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # As it was typed, where the house does not know the city.
    city_name = models.CharField(_("city"), max_length=80)
    country_name = models.CharField(_("country"), max_length=80, blank=True)
    # Two applications of one place have the same: the city's code, or the folded name and country.
    place = models.CharField(max_length=180, db_index=True)
    name = models.CharField(_("your name"), max_length=120)
    role = models.CharField(_("your role"), max_length=120)
    department = models.CharField(_("department or team"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"))
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    why = models.TextField(_("why"), max_length=3000)
    shares = models.TextField(_("what the city shares already"), max_length=3000, blank=True)
    topics = models.ManyToManyField("vocabulary.Topic", related_name="+", blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)  # BCP 47
    consented_at = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)
    # Nobody but the applicant has to do with it before she has typed the code that was sent to her.
    proven_at = models.DateTimeField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.RECEIVED)
    stage_at = models.DateTimeField()
    looked_after_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_on = models.DateField(_("on"), null=True, blank=True)
    # Another one of the same place that leads; this one follows its stage.
    joined_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    partnership = models.ForeignKey(
        "partners.Partnership", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Counts the office's changes, so that nobody overwrites what she has not seen.
    version = models.PositiveIntegerField(default=0)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="partners_application_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(joined_to__isnull=True) | ~Q(joined_to=F("pk")),
                name="partners_application_not_joined_to_itself",
            ),
        ]
        indexes = [models.Index(fields=["stage", "proven_at"])]

    def __str__(self) -> str:
        return f"{self.city_name} ({self.kind})"

    def get_absolute_url(self) -> str:
        return reverse("office:application", args=[self.code])

    @property
    def is_closed(self) -> bool:
        return self.stage in CLOSED

    @property
    def city_label(self) -> str:
        return self.city.label() if self.city else self.city_name


class ApplicationEvent(models.Model):
    """What happened to an application: moves, notes, mails, who looks after it. Never changed."""

    part_of = "application"

    class Act(models.TextChoices):
        MOVED = "moved", _("Moved")
        NOTE = "note", _("Note")
        MAIL = "mail", _("Mail sent")
        CARE = "care", _("Care and next step")
        JOINED = "joined", _("Put together")
        SEPARATED = "separated", _("Taken apart")
        CITY = "city", _("City settled")
        OPENED = "opened", _("Partnership opened")
        APPLICANT = "applicant", _("Applicant wrote")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    act = models.CharField(max_length=10, choices=Act)
    at = models.DateTimeField(auto_now_add=True)
    # Empty where the applicant herself acted.
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    was = models.CharField(max_length=10, blank=True)
    became = models.CharField(max_length=10, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    # The move that this one takes back.
    undoes = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.act}"
