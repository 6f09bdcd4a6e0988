"""A city says that a figure of the index is another, and shows why."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible
from house.atlas.mobility.models.place import IndexCity
from house.ground.codes import short_code


class Field(models.TextChoices):
    """What a city may correct: what is counted, not what is made of it."""

    POPULATION = "population", _("Population")
    STATIONS = "stations", _("Stations of shared vehicles")
    VEHICLES = "vehicles", _("Shared vehicles that stand freely")
    OPERATORS = "operators", _("Operators")


class State(models.TextChoices):
    WAITING = "waiting", _("Waits for a curator")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn by the city")


class CorrectionQuerySet(Visible, models.QuerySet["Correction"]):
    def waiting(self) -> Self:
        return self.filter(state=State.WAITING)

    def for_lists(self) -> Self:
        return self.select_related("place", "city")


class Correction(models.Model):
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    place = models.ForeignKey(IndexCity, models.PROTECT, related_name="+")
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    field = models.CharField(_("what is wrong"), max_length=10, choices=Field)
    value = models.FloatField(_("the right value"))
    on = models.DateField(_("true on"))
    source = models.CharField(_("source"), max_length=200)
    url = models.URLField(_("address of the source"), max_length=400, blank=True)
    document = models.FileField(upload_to="mobility/%Y/", blank=True)
    document_name = models.CharField(max_length=120, blank=True)
    reason = models.TextField(_("why our value is wrong"), max_length=2000)
    # What the index said when it was corrected.
    was = models.FloatField(null=True)
    edition = models.CharField(max_length=20, blank=True)

    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    answer = models.TextField(blank=True)
    made_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "field"],
                condition=Q(state=State.WAITING),
                name="mobility_one_correction_waits",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0), name="mobility_correction_is_no_debt"
            ),
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(document=""), name="mobility_correction_has_evidence"
            ),
            models.CheckConstraint(
                condition=Q(field__in=Field.values, state__in=State.values),
                name="mobility_correction_known",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("mobility:correction", args=[self.code])
