"""Who comes to an event, for those who look after it: some hundred people, found, counted and paged."""

from django.db.models import Case, Count, When
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.gatherings.models import (
    Event,
    Registration,
    RegistrationQuerySet,
    RegistrationState,
    SessionPlace,
)
from house.ground.text import folded
from house.vocabulary.models import City

# As the page puts them: who has a place, who may take one, who waits, who let one pass.
SHOWN = (
    RegistrationState.CONFIRMED,
    RegistrationState.OFFERED,
    RegistrationState.WAITING,
    RegistrationState.LAPSED,
)


def comers(event: Event, viewer: Viewer) -> RegistrationQuerySet:
    """Those in line in the order of the line."""
    order = Case(*(When(state=state, then=place) for place, state in enumerate(SHOWN)))
    rows = Registration.objects.visible_to(viewer).filter(event=event, state__in=SHOWN)
    return rows.select_related("person", "city").order_by(order, "queued_at", "pk")


def of_name(rows: RegistrationQuerySet, words: str) -> RegistrationQuerySet:
    """Whose name holds these words, however they are accented."""
    wanted = folded(words).split()
    names = rows.order_by().values_list("pk", "person__name")
    return rows.filter(
        pk__in=[pk for pk, name in names if all(word in folded(name) for word in wanted)]
    )


def of_session(rows: RegistrationQuerySet, code: str) -> RegistrationQuerySet:
    # every row: narrowed to registrations that have passed their door
    chosen = SessionPlace.objects.filter(session__code=code)
    return rows.filter(pk__in=chosen.order_by().values("registration"))


def totals(rows: RegistrationQuerySet) -> dict[str, int]:
    """State → how many."""
    return dict(rows.order_by().values_list("state").annotate(count=Count("pk")))


def by_city(rows: RegistrationQuerySet) -> list[tuple[str, int]]:
    """From which cities those come who have a place, the most first."""
    coming = rows.coming().order_by().values_list("city").annotate(count=Count("pk"))
    found = sorted(coming, key=lambda row: (not row[0], -row[1], row[0]))
    # every row: names of cities are everybody's
    cities = City.objects.in_bulk([city for city, _count in found if city])
    return [(cities[city].label() if city else _("without a city"), count) for city, count in found]


def sessions_of(rows: RegistrationQuerySet) -> dict[int, list[SessionPlace]]:
    """Registration → the sessions that she chose, in their order."""
    # every row: of registrations that have passed their door
    places = SessionPlace.objects.filter(registration__in=rows.order_by().values("pk"))
    told: dict[int, list[SessionPlace]] = {}
    for place in places.select_related("session").order_by("session__starts_at", "session__pk"):
        told.setdefault(place.registration_id, []).append(place)
    return told
