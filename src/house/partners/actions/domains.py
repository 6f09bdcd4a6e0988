"""Which mail domains are a city's own."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.journal import record
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.partners.access import manages
from house.partners.domains import acceptable_domain
from house.partners.models import CityDomain
from house.people.addresses import domain_of
from house.people.models import Person
from house.vocabulary.models import City

# every row in this file: each verb asks the policy first, then reads the domains of that one city


@transaction.atomic
def add_domain(city: City, domain: str, *, by: Viewer) -> CityDomain:
    """Name a domain. It counts at once where the office adds it, or where who adds it signs in by it.

    Everything else waits for the office. Adding it twice gives the one added first. Raises
    `ValidationError` for what can be no city's domain.
    """
    if not manages(by, city.pk):
        raise Forbidden(_("Only this city's coordinator and the foundation name its domains."))
    domain = acceptable_domain(domain, city.pk)
    row, is_new = CityDomain.objects.get_or_create(
        city=city, domain=domain, defaults={"added_by_id": by.person_id}
    )
    if is_new:
        record("domain.add", row, by=by, facts={"city": city.pk, "domain": domain})
    if proof := _proof(domain, by):
        _verify(row, proof, by)
    return row


@transaction.atomic
def verify_domain(domain: CityDomain, *, by: Viewer, with_subdomains: bool = False) -> CityDomain:
    """The office looked: addresses of this domain are the city's, with or without those below it."""
    allow(by, "verify", domain)
    domain.refresh_from_db()
    acceptable_domain(domain.domain, domain.city_id)
    if domain.verified_at is None:
        _verify(domain, CityDomain.Proof.OFFICE, by)
    if domain.with_subdomains != with_subdomains:
        domain.with_subdomains = with_subdomains
        domain.save(update_fields=["with_subdomains"])
        record(
            "domain.subdomains",
            domain,
            by=by,
            facts={"city": domain.city_id, "domain": domain.domain, "counted": with_subdomains},
        )
    return domain


@transaction.atomic
def remove_domain(domain: CityDomain, *, by: Viewer) -> None:
    """Nobody loses a seat by it; who is invited from now on at such an address waits for the office."""
    allow(by, "manage", domain)
    record("domain.remove", domain, by=by, facts={"city": domain.city_id, "domain": domain.domain})
    domain.delete()


def _proof(domain: str, by: Viewer) -> str:
    if by.can("office.partnerships"):
        return CityDomain.Proof.OFFICE
    own = Person.objects.filter(pk=by.person_id).values_list("email", flat=True).first() or ""
    # The very domain: an address below it proves only that somebody runs the part below.
    return CityDomain.Proof.ADDRESS if domain_of(own.lower()) == domain else ""


def _verify(row: CityDomain, proof: str, by: Viewer) -> None:
    if row.verified_at is not None:
        return
    row.verified_at, row.verified_by_id, row.proof = timezone.now(), by.person_id, proof
    try:
        with transaction.atomic():
            row.save(update_fields=["verified_at", "verified_by", "proof"])
    except IntegrityError as taken:
        raise Refused(
            _("This domain was verified for another city a moment ago."),
            remedy=_("Write to the foundation."),
        ) from taken
    record(
        "domain.verify",
        row,
        by=by,
        facts={"city": row.city_id, "domain": row.domain, "proof": str(proof)},
    )
