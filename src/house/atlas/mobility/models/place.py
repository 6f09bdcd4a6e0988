"""Cities of the index: all over the world, a few of them of the alliance."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from house.access.querysets import Visible, VisibleQuerySet


class IndexCityQuerySet(Visible, models.QuerySet["IndexCity"]):
    pass


class IndexCity(models.Model):
    """A city that stood in some edition. What an edition says of it stands in the edition."""

    # Of the gazetteer ("gn2950159"): what matches, editions and corrections know it by.
    code = models.CharField(max_length=20, primary_key=True)
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)  # ISO 3166-1 alpha-2, as the list of systems has it
    # The same city in the alliance's vocabulary, where it stands there.
    city = models.OneToOneField(
        "vocabulary.City", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = IndexCityQuerySet.as_manager()

    class Meta:
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mobility:city", args=[self.slug])


class NameMatch(models.Model):
    """What a curator decided of a location that no rule could place: it counts from the next edition on."""

    subject = models.CharField(max_length=200, unique=True)  # naming.matching.subject_of
    country = models.CharField(max_length=2)
    location = models.CharField(max_length=200)
    codes: Any = models.JSONField(default=list)  # of the gazetteer; empty: not one city
    reason = models.CharField(max_length=500)
    decided_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["country", "location"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="mobility_match_says_why")
        ]

    def __str__(self) -> str:
        return self.subject
