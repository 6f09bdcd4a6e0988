"""What talk offers to ALEX, whose words it would use, and what each of them answered."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.candour import Candour
from house.access.querysets import Visible, VisibleQuerySet
from house.ground.codes import short_code


class OfferQuerySet(Visible, models.QuerySet["Offer"]):
    def asking(self) -> Self:
        return self.filter(state=Offer.State.ASKING)

    def open(self) -> Self:
        """Whose words may still be taken back."""
        return self.filter(state__in=[Offer.State.ASKING, Offer.State.TAKEN])


class Offer(models.Model):
    """A draft made of what was said somewhere, on its way into ALEX.

    It names the thing that was talked about and the entry that came of it by their keys: whoever
    shows either opens it through its own door.
    """

    class State(models.TextChoices):
        ASKING = "asking", _("Waits for those whose words it uses")
        TAKEN = "taken", _("With the curators")
        PUBLISHED = "published", _("Published")
        EMPTY = "empty", _("Nothing was left to offer")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    key = models.CharField(max_length=120, unique=True)  # the same offer is made once
    source = models.CharField(max_length=40)  # the kind of a registered `offers.Source`
    thing = models.BigIntegerField()
    template = models.CharField(max_length=20)
    content = models.JSONField(default=dict)
    cues = models.JSONField(default=list)
    # For whom the whole speaks; without her consent it speaks for nobody.
    author = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    speaks_for_somebody = models.BooleanField(default=False)  # also after that person was erased
    offered_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author_id: int | None
    offered_by_id: int | None
    state = models.CharField(max_length=9, choices=State, default=State.ASKING)
    offered_at = models.DateTimeField(default=timezone.now)
    answers_until = models.DateTimeField()
    entry = models.BigIntegerField(null=True, blank=True, db_index=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["source", "thing"]),
            models.Index(
                fields=["answers_until"], condition=Q(state="asking"), name="memory_offers_asking"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "published"]) | Q(entry__isnull=False),
                name="memory_offer_taken_has_an_entry",
            ),
        ]

    def __str__(self) -> str:
        return str(self.content.get("title") or self.code)

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.ASKING, self.State.TAKEN}


class Consent(models.Model):
    """What one person answered to one offer. Only she sees it, whatever her candour."""

    class Answer(models.TextChoices):
        WAITING = "", _("Not answered yet")
        GIVEN = "given", _("Agreed")
        LEFT_OUT = "left_out", _("Left out")
        SILENT = "silent", _("Not answered in time, so left out")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    person_id: int
    answer = models.CharField(max_length=8, choices=Answer, blank=True, default=Answer.WAITING)
    # How she stood where it was said, and how she wants to be named: never more openly than there.
    candour_there = models.CharField(max_length=9, choices=Candour, default=Candour.SEALED)
    candour = models.CharField(
        _("how you are named"), max_length=9, choices=Candour, default=Candour.SEALED
    )
    described_as = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "person"], name="memory_asked_once"),
            models.CheckConstraint(
                condition=Q(candour__in=Candour.values) & Q(candour_there__in=Candour.values),
                name="memory_consent_candour_known",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class OfferedSpan(models.Model):
    """Words that the draft would use. `said` are those of the post, `text` what their author made of them."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="+")
    author = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Nobody's words need no consent; words whose author was erased are no longer offered.
    needs_consent = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    field = models.CharField(max_length=40)
    said = models.TextField()
    text = models.TextField()
    source = models.CharField(max_length=40)
    thing = models.BigIntegerField()
    url = models.CharField(max_length=1000, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["offer", "position", "pk"]

    def __str__(self) -> str:
        return self.code


class Helper(models.Model):
    """Who helped, and with what: told when it is published, and named where she agreed to be."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    what = models.CharField(max_length=200)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "person"], name="memory_helped_once")
        ]

    def __str__(self) -> str:
        return self.what


class NeverAsk(models.Model):
    """Whoever wants her words in no entry is not asked again, until she takes it back."""

    person = models.OneToOneField(
        "people.Person", models.CASCADE, primary_key=True, related_name="+"
    )
    since = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"never {self.person_id}"
