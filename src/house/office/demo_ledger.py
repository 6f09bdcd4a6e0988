"""What the demonstration's cities have asked for and received."""

from house.partners import ledger
from house.partners.models import Benefit, Hold, Seat
from house.partners.viewing import operator, viewer_for
from house.vocabulary.models import City

# (city, benefit, what for, whether it took place already)
_ASKED = (("cpt", "one-on-one", "Heat plans for care homes: where do we begin?", False),)


def seed_ledger() -> None:
    """Grants what is due now; in a ledger where nobody asked yet, some cities have."""
    ledger.settle()
    # every row: the demonstration is being made
    if Hold.objects.exists():
        return
    for code, name, what_for, took_place in _ASKED:
        city = City.objects.filter(pk=code).first()  # every row: as above
        seat = Seat.objects.filter(  # every row: as above
            partnership__city=code, person__isnull=False, partnership__is_demonstration=True
        ).first()
        if city is None or seat is None or seat.person is None:
            continue
        benefit = Benefit.objects.get(pk=name)  # every row: as above
        by = viewer_for(seat.person)
        if benefit.capability and not by.can(benefit.capability):
            continue
        kept = ledger.hold(city, benefit, key="demonstration", by=by, what_for=what_for)
        if took_place:
            ledger.use(kept, key=f"demonstration {kept.code}", by=operator())
