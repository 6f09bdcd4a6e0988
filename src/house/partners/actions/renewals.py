from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.partners import renewals, rights
from house.partners.models import Partnership

# every row in this file: who acts here was judged first, and acts for every city


@transaction.atomic
def remind_of_renewal(partnership: Partnership, *, by: Viewer) -> int:
    """Mail those who speak for the city that it ends soon. Once a day; returns how many are told."""
    rights.require(by, "office.partnerships")
    partnership = Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    if problem := why_not_remind(partnership):
        raise Refused(problem)
    if renewals.reminded_on(partnership) == timezone.now().date():
        return 0
    seats = list(renewals.speakers(partnership))
    journal.record(
        renewals.REMINDED,
        partnership,
        by=by,
        facts={
            "ends_on": partnership.ends_on.isoformat() if partnership.ends_on else None,
            "told": len(seats),
        },
    )
    for seat in seats:
        transaction.on_commit(partial(renewals.send_renewal_mail.enqueue, partnership.pk, seat.pk))
    return len(seats)


def why_not_remind(partnership: Partnership) -> str:
    """Empty when there is something to remind of and somebody to tell."""
    today = timezone.now().date()
    if partnership.ends_on is None:
        return _("It has no end: there is nothing to remind of.")
    if partnership.last_day is not None and partnership.last_day < today:
        return _("It is over: write to the city yourself.")
    if not renewals.speakers(partnership).exists():
        return _("Nobody who can sign in speaks for this city.")
    return ""
