from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible
from house.ground.codes import short_code


class DomainQuerySet(Visible, models.QuerySet["CityDomain"]):
    def verified(self) -> "DomainQuerySet":
        return self.filter(verified_at__isnull=False)


class CityDomain(models.Model):
    """A mail domain whose addresses are a city's own, once it is verified."""

    class Proof(models.TextChoices):
        OFFICE = "office", _("The foundation looked")
        ADDRESS = "address", _("A coordinator signs in with an address of it")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    city = models.ForeignKey("vocabulary.City", models.CASCADE, related_name="+")
    # Lower case and ASCII, as it stands in an address.
    domain = models.CharField(_("domain"), max_length=190)
    # Only the foundation sets it: whoever runs a subdomain hands out addresses of her own.
    with_subdomains = models.BooleanField(_("its subdomains too"), default=False)
    added_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    verified_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    proof = models.CharField(max_length=10, choices=Proof, blank=True)

    objects = DomainQuerySet.as_manager()

    class Meta:
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(fields=["city", "domain"], name="partners_domain_once_a_city"),
            models.UniqueConstraint(
                fields=["domain"],
                condition=Q(verified_at__isnull=False),
                name="partners_domain_of_one_city",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, proof="")
                | Q(verified_at__isnull=False) & ~Q(proof=""),
                name="partners_domain_verified_by_a_proof",
            ),
        ]

    def __str__(self) -> str:
        return self.domain
