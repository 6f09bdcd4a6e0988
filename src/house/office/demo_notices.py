"""What the demonstration's persons follow, and what happened of it."""

from house.access.viewer import VISITOR
from house.alex import telling
from house.alex.models import Entry
from house.notices import fanning, happenings, rhythms
from house.people.models import Person

# every row in this file: an operator seeds a demonstration

FOLLOWED = {
    "premium@example.org": ("kind:alex.published", "search:bike sharing", "city:bcn"),
    "coordinator@example.org": ("topic:short-term-rental", "kind:agora.asked"),
    "partner@example.org": ("topic:bike-sharing", "topic:short-term-rental", "kind:agora.asked"),
    "associate@example.org": ("topic:ride-hailing", "kind:agora.success"),
}
NEWEST = 12


def seed() -> None:
    """Repeating it tells nothing twice."""
    persons = Person.objects.in_bulk(FOLLOWED, field_name="email")
    rhythms.keep_up()
    for email, targets in FOLLOWED.items():
        for target in targets if email in persons else ():
            happenings.follow(persons[email].pk, target)
    published = Entry.objects.filter(audience__in=["public", "alliance"], current__isnull=False)
    for entry in published.order_by("-published_at", "-pk")[:NEWEST]:
        telling.tell_published(entry, by=VISITOR)
    fanning.fan_out()
