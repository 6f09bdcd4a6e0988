"""An initiative, and the layer (one set of data under one licence) that it came with."""

import datetime
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from house.access.querysets import Visible, VisibleQuerySet
from house.ground.codes import short_code
from house.ground.text import folded

# Degrees of the world's edge.
NORTH, EAST = 90, 180


class Layer(models.Model):
    """One set of data: whoever shows an initiative of it says whose it is and on which terms."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    title = models.CharField(_("name of the data set"), max_length=120)
    licence = models.CharField(_("licence"), max_length=80)
    licence_url = models.URLField(_("address of the licence"), max_length=300, blank=True)
    attribution = models.CharField(_("attribution"), max_length=200)
    source_url = models.URLField(_("where it comes from"), max_length=400, blank=True)
    dated = models.DateField(_("state of the data"), null=True, blank=True)
    is_demonstration = models.BooleanField(default=False)
    # Set once something of it is shown: its title and terms then stand beside it for everybody.
    is_public = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(licence="") & ~Q(attribution=""), name="initiatives_layer_has_terms"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class State(models.TextChoices):
    SUGGESTED = "suggested", pgettext_lazy("state of an initiative", "Suggested")
    SHOWN = "shown", pgettext_lazy("state of an initiative", "Shown")
    HIDDEN = "hidden", pgettext_lazy("state of an initiative", "Hidden")
    GONE = "gone", pgettext_lazy("state of an initiative", "Gone")


class FoldedName(models.CharField):
    """The name without case and accents, written with it; `update` and `bulk_update` of a name forget it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = folded(getattr(model_instance, "name"))[: self.max_length]  # noqa: B009 -- of any model
        setattr(model_instance, self.attname, value)
        return value


class InitiativeQuerySet(Visible, models.QuerySet["Initiative"]):
    def shown(self) -> Self:
        """What the map is made of. A curator sees more, but the map is the same for all."""
        return self.filter(state=State.SHOWN)

    def named(self, words: str) -> Self:
        """All the words stand in the name, however they are written: "cafe" finds "Café"."""
        for word in folded(words).split():
            self = self.filter(name_folded__contains=word)  # noqa: PLW0642 -- narrowed step by step
        return self

    def of_kinds(self, notations: Iterable[str]) -> Self:
        """Of any of these kinds; of none where none is named."""
        any_of = (Q(kinds__contains=f" {notation} ") for notation in notations)
        return self.filter(reduce(or_, any_of, Q(pk__in=[])))

    def in_language(self, tag: str) -> Self:
        return self.filter(languages__contains=f" {tag} ")

    def open_at(self, moment: datetime.datetime) -> Self:
        return self.filter(open_from__lte=moment, open_until__gt=moment)

    def within(self, west: float, south: float, east: float, north: float) -> Self:
        """In a part of the map, also one that lies across the date line."""
        wide = Q(longitude__gte=west, longitude__lte=east)
        if west > east:
            wide = Q(longitude__gte=west) | Q(longitude__lte=east)
        return self.filter(wide, latitude__gte=south, latitude__lte=north)

    def for_cards(self) -> Self:
        return self.select_related("city", "layer")

    def for_list(self) -> Self:
        """By name; those without a letter of their own come in the order they came."""
        return self.for_cards().order_by("name", "pk")


def spaced(words: list[str] | tuple[str, ...]) -> str:
    """Words as one column holds them, so that ` word ` finds each whole, in every database."""
    return f" {' '.join(dict.fromkeys(words))} " if words else ""


class Initiative(models.Model):
    """A place where people share. What it says of persons is kept in columns of their own, see `privacy`."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.SUGGESTED)
    name = models.CharField(_("name"), max_length=160)
    name_folded = FoldedName(max_length=240, default="", editable=False)
    description = models.TextField(_("what happens there"), max_length=3000, blank=True)
    language = models.CharField(_("language of the description"), max_length=12, default="en")
    kinds = models.CharField(max_length=240)  # notations of the taxonomy, `spaced`
    languages = models.CharField(max_length=120, blank=True)  # spoken there, `spaced`
    latitude = models.FloatField(
        _("latitude"), validators=[MinValueValidator(-NORTH), MaxValueValidator(NORTH)]
    )
    longitude = models.FloatField(
        _("longitude"), validators=[MinValueValidator(-EAST), MaxValueValidator(EAST)]
    )
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    place = models.CharField(_("town"), max_length=80, blank=True)
    city = models.ForeignKey(
        "vocabulary.City", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    time_zone = models.CharField(max_length=40, default="UTC")
    opening_hours = models.CharField(_("opening hours"), max_length=300, blank=True)
    # [{"rule", "starts", "ends"}]: RFC 5545 rules; `closed` are days, months and spans of them without it.
    recurrence = models.JSONField(default=list, blank=True)
    closed = models.JSONField(default=list, blank=True)
    opening_note = models.CharField(_("opening in words"), max_length=300, blank=True)
    # Its present or next opening, worked out again and again: see `opening.keeping`.
    open_from = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(null=True, blank=True, db_index=True)
    website = models.URLField(_("website"), max_length=400, blank=True)
    # Shown, sent and exported only where the initiative published them to be reached: `contact_is_public`.
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_is_public = models.BooleanField(
        _("the initiative published these to be reached"), default=False
    )
    contact_source = models.CharField(_("where they are published"), max_length=300, blank=True)
    layer = models.ForeignKey(Layer, models.PROTECT, related_name="+")
    run = models.ForeignKey(
        "initiatives.Run", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    external_id = models.CharField(max_length=120, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    # When a curator last put it right: what its source says then counts no more.
    put_right_at = models.DateTimeField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["state", "changed_at"]),
            models.Index(fields=["state", "name", "id"], name="initiatives_in_lists"),
            # So that how many there are of a kind is counted without reading any row.
            models.Index(fields=["state", "kinds"]),
            models.Index(fields=["city", "state"]),
            models.Index(fields=["latitude", "longitude"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="initiatives_state_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude__gte=-NORTH, latitude__lte=NORTH)
                & Q(longitude__gte=-EAST, longitude__lte=EAST),
                name="initiatives_point_on_earth",
            ),
            models.CheckConstraint(condition=~Q(kinds=""), name="initiatives_of_a_kind"),
            models.UniqueConstraint(
                fields=["layer", "external_id"],
                condition=~Q(external_id=""),
                name="initiatives_once_in_a_layer",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("initiatives:initiative", args=[self.code])

    @property
    def kind_list(self) -> list[str]:
        return self.kinds.split()

    @property
    def language_list(self) -> list[str]:
        return self.languages.split()

    @property
    def address(self) -> str:
        town = f"{self.postcode} {self.place}".strip()
        return ", ".join(part for part in (self.street, town) if part)

    @property
    def public_email(self) -> str:
        return self.email if self.contact_is_public else ""

    @property
    def public_phone(self) -> str:
        return self.phone if self.contact_is_public else ""

    @property
    def has_hours(self) -> bool:
        return bool(self.opening_hours or self.recurrence)

    def is_open_at(self, moment: datetime.datetime) -> bool:
        if self.open_from is None or self.open_until is None:
            return False
        return self.open_from <= moment < self.open_until

    def facts(self) -> dict[str, Any]:
        """What the opening is worked out from."""
        return {"hours": self.opening_hours, "rules": self.recurrence, "closed": self.closed}
