from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from house.access.querysets import PartQuerySet, Visible
from house.vocabulary.languages import LANGUAGES


def label_in(labels: dict[str, str], language: str, fallback: str) -> str:
    """The label in the language, else in English, else the fallback."""
    return labels.get(language.split("-", maxsplit=1)[0]) or labels.get("en") or fallback


class CityQuerySet(Visible, models.QuerySet["City"]):
    def real(self) -> Self:
        """Without the invented city of the demonstration."""
        return self.filter(is_invented=False)


class City(models.Model):
    # Natural key: audience tokens ("city:ams") and index columns carry it.
    code = models.CharField(_("code"), max_length=8, primary_key=True)
    slug = models.SlugField(unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=80)
    names = models.JSONField(default=dict, blank=True)  # {language: name} where it differs
    country = models.CharField(max_length=2)  # ISO 3166-1 alpha-2
    country_name = models.CharField(max_length=80)
    latitude = models.FloatField()  # degrees, WGS 84
    longitude = models.FloatField()
    time_zone = models.CharField(max_length=40)  # IANA
    languages = models.JSONField(default=list)  # BCP 47, most used first
    summary = models.TextField(blank=True)
    terrain = models.JSONField(
        default=list, blank=True
    )  # harbour, river, canals, hills: draws the mark
    sources = models.JSONField(default=dict, blank=True)  # {field: where its value comes from}
    is_invented = models.BooleanField(default=False)

    objects = CityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("front:city", args=[self.slug])

    def label(self, language: str | None = None) -> str:
        return label_in(self.names, language or get_language() or "en", self.name)


class CityFact(models.Model):
    """A figure about a city, with the source that proves it."""

    part_of = "city"
    city = models.ForeignKey(City, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)  # population, area …
    label = models.CharField(max_length=120, blank=True)  # what exactly was counted
    value = models.FloatField()
    unit = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=200)
    url = models.URLField(max_length=400)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["name", "city_id"]
        constraints = [
            models.UniqueConstraint(fields=["city", "name"], name="vocabulary_one_fact_of_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.name}"


class CityTrait(models.Model):
    """What a city is or may do, said in a word of `vocabulary.context`, with the source that says so.

    A trait that does not stand here is unknown; it is never taken for a no.
    """

    part_of = "city"
    city = models.ForeignKey(City, models.CASCADE, related_name="+")
    name = models.CharField(max_length=20)  # climate, modes, powers, income
    value = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField(null=True)  # of the source; null where it has none
    source = models.CharField(max_length=200)
    url = models.URLField(max_length=400, blank=True)
    is_stated = models.BooleanField(default=False)  # by the city itself, in the house

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["name", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "name", "value"], name="vocabulary_one_trait_of_a_value"
            )
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.name} {self.value}"


class TopicQuerySet(Visible, models.QuerySet["Topic"]):
    pass


class Topic(models.Model):
    """A SKOS concept (W3C, 2009): preferred and alternative labels by language, one broader concept."""

    slug = models.SlugField(primary_key=True)
    labels = models.JSONField(default=dict)  # {language: skos:prefLabel}
    alt_labels = models.JSONField(default=dict)  # {language: [skos:altLabel, …]}
    definition = models.TextField(blank=True)
    broader = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.label()

    def get_absolute_url(self) -> str:
        return reverse("front:topic", args=[self.slug])

    def label(self, language: str | None = None) -> str:
        return label_in(self.labels, language or get_language() or "en", self.slug)

    def all_labels(self) -> list[tuple[str, str]]:
        """(language, label) for every language of the house that has one."""
        return [(tag, self.labels[tag]) for tag in LANGUAGES if tag in self.labels]
