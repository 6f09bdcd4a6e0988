from django.db import transaction

from house.access import journal
from house.access.viewer import Viewer
from house.ground.codes import short_code
from house.ground.text import slug_of
from house.partners import rights
from house.partners.models import Benefit


@transaction.atomic
def keep_benefit(benefit: Benefit, *, by: Viewer) -> Benefit:
    """Add a benefit, or change how an old one reads. Its code stays: what was granted is written under it.

    How much of it each level receives is a cell of the table of rights.
    """
    rights.require(by, "office.ledger")
    is_new = not benefit.pk
    if is_new:
        code = (
            slug_of(benefit.name, fallback="benefit", limit=27).encode("ascii", "ignore").decode()
        )
        code = code.strip("-_") or "benefit"
        taken = Benefit.objects.filter(pk=code).exists()
        benefit.code = f"{code}-{short_code()}"[:40].lower() if taken else code
    benefit.save(force_insert=is_new)
    facts = {
        "name": benefit.name,
        "capability": benefit.capability,
        "carry_over": benefit.carry_over,
        "is_offered": benefit.is_offered,
    }
    journal.record("benefit.added" if is_new else "benefit.changed", benefit, by=by, facts=facts)
    return benefit
