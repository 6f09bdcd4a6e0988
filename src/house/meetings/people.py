"""Who belongs to a session or a visit: whom one may choose from."""

from django.db.models import Q, QuerySet

from house.access.viewer import Viewer
from house.meetings.models import Joiner, ProgrammeRow, Session, Visit
from house.partners.models import Partnership, Seat
from house.people.models import Person

# every row in this file: people whom those who meet know by meeting them


def colleagues(city: str) -> QuerySet[Person]:
    """Who sits for the city now."""
    seats = Seat.objects.filter(
        partnership__city=city, partnership__in=Partnership.objects.running(), person__isnull=False
    )
    return Person.objects.filter(pk__in=seats.values("person"), is_active=True)


def foundation() -> QuerySet[Person]:
    works = Q(is_office=True) | Q(is_expert=True) | Q(is_curator=True)
    return Person.objects.filter(works, is_active=True)


def people_of(thing: Session | Visit) -> QuerySet[Person]:
    """Who may own a promise of it."""
    if isinstance(thing, Session):
        joiners = Joiner.objects.filter(session=thing).values("person")
        return Person.objects.filter(
            Q(pk__in=[thing.expert_id, thing.booked_by_id]) | Q(pk__in=joiners)
        ).order_by("name", "pk")
    named = ProgrammeRow.objects.filter(visit=thing).values("members")
    return Person.objects.filter(
        Q(pk__in=colleagues(thing.city_id)) | Q(pk__in=foundation()) | Q(pk__in=named)
    ).order_by("name", "pk")


def may_own(thing: Session | Visit, person: Person) -> bool:
    return people_of(thing).filter(pk=person.pk).exists()


def may_join(viewer: Viewer, city: str) -> QuerySet[Person]:
    """Colleagues of the same city, without herself."""
    return colleagues(city).exclude(pk=viewer.person_id).order_by("name", "pk")
