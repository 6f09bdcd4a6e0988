from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from house.access.viewer import VISITOR, Viewer
from house.partners.models import RANK, Circle, Partnership, Seat
from house.people.models import Person

# every row in this file: the viewer is being made


def viewer_for(person: Person | AnonymousUser) -> Viewer:
    """The viewer a person is now. Suspended persons and strangers are visitors.

    Made once per request, mail or API call: a seat lost or a partnership ended counts from the next one on.
    """
    if not isinstance(person, Person) or not person.is_active:
        return VISITOR
    held = list(
        Seat.objects.filter(
            person=person, partnership__in=Partnership.objects.running()
        ).values_list("partnership__city_id", "partnership__level")
    )
    cities = frozenset(city for city, _level in held)
    circles = Circle.objects.filter(Q(persons=person) | Q(cities__in=cities)).values_list(
        "code", flat=True
    )
    return Viewer(
        person_id=person.pk,
        city_ids=cities,
        # Circles are for those who belong; a lapsed city's people leave them all.
        circle_ids=frozenset(circles) if cities or person.is_foundation else frozenset(),
        level=max((level for _city, level in held), key=RANK.__getitem__, default=""),
        is_member=bool(cities),
        is_office=person.is_office,
        is_curator=person.is_curator,
        is_expert=person.is_expert,
    )
