"""The demonstration's premium city from its own side: teams, an empty seat, who is invited, who asks."""

import datetime

from django.utils import timezone

from house.partners.actions.domains import add_domain
from house.partners.actions.invitations import invite
from house.partners.actions.joining import ask_to_join
from house.partners.actions.seats import create_seat
from house.partners.models import CityDomain, Partnership, Seat, Tenure
from house.partners.viewing import operator, viewer_for
from house.vocabulary.models import City

# every row in this file: an operator seeds a demonstration

CITY, DOMAIN = "ams", "amsterdam.example"
TEAMS = {
    "premium@example.org": "Department of Economic Affairs",
    "coordinator@example.org": "Department of Economic Affairs",
}


def seed_seats() -> None:
    """Once, before anybody could have changed it: the verified domain tells."""
    city = City.objects.filter(pk=CITY).first()
    partnership = Partnership.objects.filter(city=CITY, is_demonstration=True).first()
    if city is None or partnership is None or CityDomain.objects.filter(city=city).exists():
        return
    _begin_terms(partnership)
    add_domain(city, DOMAIN, by=operator())
    speaks = Seat.objects.filter(partnership=partnership, person__email="coordinator@example.org")
    coordinator = speaks.select_related("person").get()
    assert coordinator.person is not None  # noqa: S101 -- asked for by her address
    by = viewer_for(coordinator.person)
    planner = create_seat(
        partnership, by=by, title="Planner, shared mobility", team="Department of Transportation"
    )
    create_seat(partnership, by=by, title="Data steward", team="Department of Transportation")
    invite(
        planner, email=f"sanne@{DOMAIN}", name="Sanne Bakker", by=by,
        words="You know our shared bicycles best. The other cities would like to ask you things.",
    )  # fmt: skip
    ask_to_join(
        city, email=f"yusuf@{DOMAIN}", name="Yusuf Demir", title="Inspector, holiday rentals",
        words="I work with the rental registers of three cities and would like to compare notes.",
    )  # fmt: skip


def _begin_terms(partnership: Partnership) -> None:
    begun = datetime.datetime.combine(partnership.starts_on, datetime.time(9), tzinfo=datetime.UTC)
    for seat in Seat.objects.filter(partnership=partnership, person__isnull=False).select_related(
        "person"
    ):
        assert seat.person is not None  # noqa: S101 -- asked for
        seat.team = TEAMS.get(seat.person.email, seat.team)
        seat.save(update_fields=["team"])
        Tenure.objects.get_or_create(
            seat=seat,
            person=seat.person,
            ended_at=None,
            defaults={"began_at": min(begun, timezone.now())},
        )
