"""A curator says which city a location means: kept for this edition's successors, and in the journal."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.atlas.mobility.models import NameMatch
from house.atlas.mobility.naming.gazetteer import Gazetteer, shipped
from house.atlas.mobility.naming.matching import subject_of
from house.ground.errors import Refused
from house.ground.text import clean, one_line
from house.partners import rights

MOST = 12


@transaction.atomic
def match_name(
    country: str, location: str, codes: Iterable[str], *, by: Viewer, reason: str, system: str = "",
    places: Gazetteer | None = None,
) -> NameMatch:  # fmt: skip
    """Of all systems of the location, or of the one named. No code: it is not one city.

    Never across a border: a place of another country than the list says is refused.
    """
    rights.require(by, "atlas.curate")
    known = (places or shipped()).by_code
    chosen = list(dict.fromkeys(codes))[:MOST]
    for code in chosen:
        if code not in known:
            raise Refused(_("This place is not in the gazetteer."))
        if known[code].country != country:
            raise Refused(_("The list says that it lies in another country."))
    reason = clean(reason).strip()[:500]
    if not reason:
        raise Refused(_("Say how you know."))
    subject = f"system:{system}" if system else subject_of(country, location)
    made, _is_new = NameMatch.objects.update_or_create(
        subject=subject[:200],
        defaults={
            "country": country,
            "location": one_line(location)[:200],
            "codes": chosen,
            "reason": reason,
            "decided_by_id": by.person_id,
            "decided_at": timezone.now(),
        },
    )
    journal.record(
        "mobility.match", made, by=by, reason=reason, facts={"country": country, "codes": chosen}
    )
    return made


@transaction.atomic
def forget_match(made: NameMatch, *, by: Viewer) -> None:
    """The rules decide again, from the next edition on."""
    rights.require(by, "atlas.curate")
    journal.record("mobility.unmatch", made, by=by, facts={"codes": made.codes})
    made.delete()
