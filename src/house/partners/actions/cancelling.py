from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.partners import rights
from house.partners.models import Partnership, Seat

# every row in this file: who acts here was judged first, and acts for every city


@transaction.atomic
def cancel_partnership(partnership: Partnership, *, by: Viewer) -> None:
    """Undo an opening that was a mistake, as long as nothing came of it. The journal keeps that it was."""
    rights.require(by, "office.partnerships")
    found = Partnership.objects.select_for_update(of=("self",)).filter(pk=partnership.pk).first()
    if found is None:
        return
    if problem := why_not_cancel(found):
        raise Refused(problem, remedy=_("End it instead."))
    journal.record(
        "partnership.cancelled",
        found,
        by=by,
        facts={
            "city": found.city_id,
            "level": found.level,
            "starts_on": found.starts_on.isoformat(),
        },
    )
    try:
        with transaction.atomic():
            found.delete()
    except ProtectedError as held:
        raise Refused(
            _("Something else in the house refers to this partnership."),
            remedy=_("End it instead."),
        ) from held


def why_not_cancel(partnership: Partnership) -> str:
    """Empty while it has not begun before today and nobody was given a seat, else the reason."""
    if partnership.starts_on < timezone.now().date():
        return _("This partnership has begun: what was, stays.")
    if Seat.objects.filter(partnership=partnership).exists():
        return _("Seats were made in this partnership.")
    return ""
