from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible
from house.ground.codes import short_code


class Side(models.TextChoices):
    MEMBER = "member", _("A member")
    PRESS = "press", _("The press")


class QuotationQuerySet(Visible, models.QuerySet["Quotation"]):
    def standing(self) -> Self:
        """Agreed to, not taken back, and let out: what readers see."""
        return self.filter(
            is_shown=True, agreed_on__lte=timezone.now().date(), withdrawn_at__isnull=True
        )

    def for_page(self) -> Self:
        return self.select_related("city").order_by("position", "-said_on", "pk")


class Quotation(models.Model):
    """Words of a person about the alliance, with the record that she let us show them."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    side = models.CharField(_("who speaks"), max_length=6, choices=Side, default=Side.MEMBER)
    text = models.TextField(_("what was said"), max_length=1200)
    language = models.CharField(_("language"), max_length=12, default="en")  # BCP 47
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role, or the paper"), max_length=160)
    city = models.ForeignKey(
        "vocabulary.City", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("city"),
    )  # fmt: skip
    said_on = models.DateField(_("when it was said"))
    source = models.CharField(_("where it was said"), max_length=200)
    source_url = models.URLField(_("address of the source"), max_length=400, blank=True)
    # The record of consent: from whom, how and when. Taken back, it is kept that it once stood.
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    agreed_how = models.CharField(_("how it was agreed"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_shown = models.BooleanField(_("shown to the public"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    is_demonstration = models.BooleanField(default=False)
    kept_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering = ["position", "-said_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="showcase_quotation_side_known"
            ),
            models.CheckConstraint(
                condition=Q(is_shown=False)
                | (Q(agreed_on__isnull=False, withdrawn_at__isnull=True) & ~Q(agreed_how="")),
                name="showcase_quotation_shown_by_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.said_on:%Y}"
