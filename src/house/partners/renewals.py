"""Partnerships that end soon, and the reminder that their coordinators get."""

import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.models import JournalRow
from house.ground.tasks import task
from house.ground.text import one_line
from house.partners.actions.partnerships import apply_begun
from house.partners.models import Partnership, PartnershipChange, Seat
from house.people.models import Person

# every row in this file: the clock and the office ask; a mail goes to those who speak for the city now

REMINDED = "partnership.reminded"


def speakers(partnership: Partnership) -> QuerySet[Seat]:
    """Who is asked whether it goes on: those who speak for the city and can sign in."""
    return (
        Seat.objects.filter(
            partnership=partnership,
            kind__in=[Seat.Kind.CONTACT, Seat.Kind.COORDINATOR],
            person__is_active=True,
        )
        .select_related("person")
        .order_by("pk")
    )


def reminded_on(partnership: Partnership) -> datetime.date | None:
    """When its people were last reminded of the end that stands now."""
    rows = journal.rows_about(partnership).filter(act=REMINDED)
    row: JournalRow | None = rows.filter(
        facts__ends_on=partnership.ends_on.isoformat() if partnership.ends_on else None
    ).first()
    return row.at.date() if row else None


def renewal_mail(partnership: Partnership, person: Person) -> EmailMultiAlternatives:
    context = {
        "partnership": partnership,
        "city": partnership.city,
        "person": person,
        "url": settings.BASE_URL + reverse("front:city", args=[partnership.city.slug]),
    }
    message = EmailMultiAlternatives(
        subject=one_line(
            _("The partnership of %(city)s ends soon") % {"city": partnership.city.name}
        ),
        body=render_to_string("partners/mail/renewal.txt", context),
        to=[person.email],
    )
    message.attach_alternative(render_to_string("partners/mail/renewal.html", context), "text/html")
    return message


@task()
def send_renewal_mail(partnership_pk: int, seat_pk: int) -> None:
    """Nothing is sent once the partnership goes on, or to one who left her seat in between."""
    partnership = (
        Partnership.objects.running()
        .select_related("city")
        .filter(pk=partnership_pk, ends_on__isnull=False)
        .first()
    )
    seat = speakers(partnership).filter(pk=seat_pk).first() if partnership else None
    if partnership is not None and seat is not None and seat.person is not None:
        renewal_mail(partnership, seat.person).send()


@task()
def apply_begun_changes() -> None:
    """Once a day: the columns take over the levels whose day has come, and the ledger follows.

    Nothing waits for it: whoever asks for a level asks the changes.
    """
    waiting = PartnershipChange.objects.standing().filter(
        act=PartnershipChange.Act.LEVEL,
        effective_on__lte=timezone.now().date(),
        applied_at__isnull=True,
    )
    for partnership in Partnership.objects.filter(pk__in=waiting.values("partnership")):
        apply_begun(partnership)


# What the worker's clock starts each day.
DAILY = (apply_begun_changes,)
