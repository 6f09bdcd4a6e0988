"""Who took it home: what another city made of an entry, and what came of it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from house.access.querysets import PartQuerySet
from house.alex.models.entry import Entry, Outcome
from house.ground.codes import short_code


class Stage(models.TextChoices):
    UNDERSTOOD = "understood", _("Understood it")
    ADAPTED = "adapted", _("Adapted it")
    REUSES = "reuses", _("Re-uses it")
    STOPPED = "stopped", _("Stopped")


class AdoptionQuerySet(PartQuerySet):
    def proven(self) -> "AdoptionQuerySet":
        """In use, with at least one recorded result: what ranking may count."""
        # every row: counts evidence for a number that names nobody
        results = AdoptionResult.objects.filter(adoption=OuterRef("pk"))
        return self.filter(Exists(results), stage__in=[Stage.ADAPTED, Stage.REUSES])


class Adoption(models.Model):
    """A city's own statement about an entry of another city."""

    part_of = "entry"
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    note = models.TextField(_("what you changed"), blank=True)
    started_on = models.DateField(_("since"), null=True, blank=True)
    # The city's own entry about it. It has its own door: read it through `visible_to`.
    result_entry = models.ForeignKey(
        Entry, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["started_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "city"], name="alex_adoption_once_a_city"),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="alex_adoption_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(result_entry__isnull=True) | ~Q(result_entry=models.F("entry")),
                name="alex_adoption_leads_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.stage} {self.entry_id}"


class AdoptionResult(models.Model):
    part_of = "adoption"
    MONTHS = ((6, _("After 6 months")), (12, _("After 12 months")), (24, _("After 24 months")))
    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="+")
    months = models.PositiveSmallIntegerField(_("when"), choices=MONTHS)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome)
    text = models.TextField(_("what came of it"), blank=True)
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["months"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "months"], name="alex_result_once"),
            models.CheckConstraint(
                condition=Q(months__in=[6, 12, 24]), name="alex_result_months_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="alex_result_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adoption_id} after {self.months}: {self.outcome}"
