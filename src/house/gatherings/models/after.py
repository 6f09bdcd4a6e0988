"""What stays of a gathering: minutes, files, recordings with those who speak in them, feedback, questions."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import PartQuerySet, Visible, VisibleQuerySet
from house.gatherings.models.event import Event
from house.gatherings.models.programme import Session
from house.ground.codes import short_code


class Minutes(models.Model):
    """One version of what was decided and said, never changed. Readers see the last one that is shared."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    html = models.TextField(_("minutes"))
    language = models.CharField(_("language"), max_length=12, default="en")
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    is_shared = models.BooleanField(_("readers of the event see it"), default=False)
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"], name="gatherings_minutes_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.number}"

    def save(self, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A version of the minutes is never changed.")
        super().save(**kwargs)


class Material(models.Model):
    """Slides, handouts, pictures: without the data about people and machines that files carry."""

    class Sort(models.TextChoices):
        SLIDES = "slides", _("Slides")
        FILE = "file", _("File")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("session")
    )
    sort = models.CharField(_("sort"), max_length=6, choices=Sort, default=Sort.SLIDES)
    file = models.FileField(upload_to="gatherings/%Y/%m/")
    name = models.CharField(max_length=200)
    label = models.CharField(_("title"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "digest"], name="gatherings_material_once")
        ]

    def __str__(self) -> str:
        return self.label or self.name


class RecordingQuerySet(Visible, models.QuerySet["Recording"]):
    def shared(self) -> Self:
        return self.filter(shared_at__isnull=False)


class Recording(models.Model):
    """Sound or film of a gathering, with what was said.

    `cues` are as they were handed in; what readers get of them is made by `after.published`, which
    leaves out whoever has not agreed.
    """

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("session")
    )
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language spoken"), max_length=12, default="en")
    file = models.FileField(upload_to="gatherings/%Y/%m/", blank=True)
    name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    url = models.URLField(_("where it can be watched"), max_length=400, blank=True)
    poster = models.FileField(upload_to="gatherings/%Y/%m/", blank=True)
    # When sound or film last came in, or was said to be cut: a refusal after it closes it.
    media_at = models.DateTimeField(null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    cues = models.JSONField(default=list)  # [{"start", "end", "speaker", "text"}] in order
    # Why the transcript may be no true one, kept where somebody decided that it is: {"code", "facts"}.
    doubt = models.JSONField(default=dict, blank=True)
    chapters = models.JSONField(default=list)  # [{"start", "title", "speaker"}] in order
    shared_at = models.DateTimeField(null=True, blank=True)
    # The code of the offer by which ALEX was given it.
    offer = models.CharField(max_length=12, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        ordering = ["event", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Reads the event: join it."""
        return reverse("gatherings:recording", args=[self.event.slug, self.code])

    @property
    def has_media(self) -> bool:
        return bool(self.file or self.url)


class VoiceConsent(models.TextChoices):
    WAITING = "waiting", _("Not asked yet")
    ASKED = "asked", _("Was asked")
    GIVEN = "given", _("Agrees")
    REFUSED = "refused", _("Does not agree")


class Voice(models.Model):
    """Somebody who speaks in a recording, by the label of the transcript, and whether she agrees.

    Somebody from outside the house agrees on paper or by mail: `evidence` says how it is known.
    """

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    recording = models.ForeignKey(Recording, models.CASCADE, related_name="+")
    label = models.CharField(
        max_length=120, blank=True
    )  # in the cues; empty: nobody was told apart
    name = models.CharField(_("name to be shown"), max_length=120, blank=True)
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    consent = models.CharField(max_length=8, choices=VoiceConsent, default=VoiceConsent.WAITING)
    evidence = models.CharField(_("how we know"), max_length=300, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "label"], name="gatherings_voice_once"),
            models.CheckConstraint(
                condition=Q(consent__in=VoiceConsent.values), name="gatherings_voice_consent_known"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class FeedbackQuestion(models.Model):
    """A scale from 1 to 5, or an open question, put to those who attended."""

    part_of = "event"

    class Sort(models.TextChoices):
        SCALE = "scale", _("A scale from 1 to 5")
        OPEN = "open", _("In her own words")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    sort = models.CharField(_("sort"), max_length=5, choices=Sort)
    text = models.CharField(_("question"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class FeedbackAnswer(models.Model):
    """What somebody who attended said. It holds neither her nor her city nor the moment.

    That she answered stands in `FeedbackGiven`, which no row of this table can be joined with.
    """

    # Random, so that the order of coming in is not kept either.
    code = models.CharField(max_length=12, primary_key=True, default=short_code, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)  # {code of a question: 1 to 5, or text}

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class FeedbackGiven(models.Model):
    """That a person has answered, so that she answers once."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"], name="gatherings_feedback_given_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.person_id}"


class AskedThere(models.Model):
    """A question that members asked during or after a gathering. Cities carry it further, not heads."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    text = models.CharField(_("question"), max_length=500)
    language = models.CharField(max_length=12, default="en")
    asker = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    city = models.ForeignKey("vocabulary.City", models.SET_NULL, null=True, related_name="+")
    answered = models.BooleanField(_("answered there"), default=False)
    is_hidden = models.BooleanField(default=False)  # taken down by those who look after the event
    # The code of the question kept for the Agora, once somebody took it there.
    kept = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "text"], name="gatherings_asked_once")
        ]

    def __str__(self) -> str:
        return self.text


class AskedSupport(models.Model):
    """A city that wants an answer too; one vote, whoever of its people gave it."""

    part_of = "question"

    question = models.ForeignKey(AskedThere, models.CASCADE, related_name="+")
    city = models.ForeignKey("vocabulary.City", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "city"], name="gatherings_asked_supported_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.city_id}"
