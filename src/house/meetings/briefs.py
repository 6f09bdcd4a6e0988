"""What a seat owes and has coming up here, what is planned for a city, and when it last gave a sign."""

import datetime
from collections.abc import Collection, Iterator

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.meetings import units
from house.meetings.models import Promise, Session, Visit
from house.partners import activity, briefs, planned
from house.partners.briefs import Line, Section
from house.partners.ledger import owners
from house.partners.models import Partnership, Seat
from house.partners.planned import Planned


def tell(seat: Seat, viewer: Viewer) -> list[Section]:
    sessions = Session.objects.visible_to(viewer).coming().filter(seat=seat).for_lists()
    visits = Visit.objects.visible_to(viewer).open().filter(seat=seat).for_lists()
    coming = [
        Line(
            _("Session with %(expert)s") % {"expert": session.expert.name},
            session.get_absolute_url(),
            session.starts_at.date(),
        )
        for session in sessions.order_by("starts_at")
    ] + [
        Line(
            _("Full-day visit"), visit.get_absolute_url(), visit.day, str(visit.get_state_display())
        )
        for visit in visits
    ]
    return [
        Section("coming", _("sessions and visits"), coming),
        Section("owes", _("promises of sessions and visits"), _promises(seat, viewer)),
    ]


def _promises(seat: Seat, viewer: Viewer) -> list[Line]:
    hers = Q(session__seat=seat) | Q(visit__seat=seat)
    found = (
        Promise.objects.visible_to(viewer).standing().filter(hers, owner=seat.person_id).for_lists()
    )
    return [
        Line(each.text, (each.session or each.visit).get_absolute_url(), each.due_on)
        for each in found
    ]


def claim(seat: Seat) -> str:
    sessions = Session.objects.coming()  # every row: only whether there is any
    visits = Visit.objects.open()  # every row: as above
    has_any = sessions.filter(seat=seat).exists() or visits.filter(seat=seat).exists()
    return _("sessions and visits") if has_any else ""


def plans_of(partnership: Partnership, day: datetime.date) -> Iterator[Planned]:
    """Sessions and visits of its city on that day or later."""
    city, midnight = partnership.city_id, datetime.time(tzinfo=datetime.UTC)
    since = datetime.datetime.combine(day, midnight)
    # every row: what is planned for a city is told to who may change its partnership
    for session in Session.objects.coming().filter(city=city, starts_at__gte=since).for_lists():
        yield Planned(
            _("Session with %(expert)s") % {"expert": session.expert.name},
            session.starts_at.date(),
            "meetings.book",
            session.get_absolute_url(),
        )
    # every row: as above
    for visit in Visit.objects.filter(city=city, state__in=Visit.DATED, day__gte=day):
        yield Planned(_("Full-day visit"), visit.day, "visits.request", visit.get_absolute_url())


def met(cities: Collection[str]) -> dict[str, datetime.datetime]:
    # every row: a moment for a whole city names nobody
    held = Session.objects.filter(city__in=cities, state=Session.State.HELD)
    latest = held.order_by().values("city").annotate(last=Max("ends_at"))
    return dict(latest.values_list("city", "last"))


def page_of_hold(pk: int) -> str:
    # every row: the address of a page, which has a door of its own
    for model in (Session, Visit):
        if found := model.objects.filter(hold=pk).first():
            return found.get_absolute_url()
    return reverse("meetings:home")


def register() -> None:
    briefs.register(tell, claim=claim)
    planned.register(plans_of)
    activity.register("session", gettext_lazy("Met an expert"), met)
    owners.register(owners.Owner(units.OWNER, _holds, page_of_hold))


def _holds() -> QuerySet:
    # every row: keys of holds, for a subquery
    sessions = Session.objects.order_by().exclude(hold=None).values("hold")
    return sessions.union(Visit.objects.order_by().exclude(hold=None).values("hold"))  # every row
