"""The demonstration alliance: ten persons, one of each kind, and the cities they sit for.

The levels given to real cities are marked as demonstration; the lapsed city is invented.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from house.office.demo_joining import seed_applications
from house.office.demo_ledger import seed_ledger
from house.office.demo_seats import seed_seats
from house.office.demo_terms import seed_terms
from house.partners.models import Circle, Level, Partnership, Seat
from house.people.models import Person
from house.vocabulary.models import City

# every row in this file: an operator seeds a demonstration


@dataclass(frozen=True, slots=True)
class DemoPerson:
    email: str
    name: str
    who: str
    job_title: str = ""
    city: str = ""
    seat: str = ""
    languages: tuple[str, ...] = ("en",)
    topics: tuple[str, ...] = ()
    can_help_with: str = ""
    looks_for: str = ""
    time_zone: str = "UTC"
    flags: dict[str, bool] = field(default_factory=dict)


PERSONS = (
    DemoPerson(
        "office@example.org", "Noor Winters", "the foundation's office", "Network manager",
        languages=("en", "nl"), time_zone="Europe/Amsterdam", flags={"is_office": True, "is_curator": True},
        can_help_with="Finding the right city to talk to, partnerships, the yearly summit.",
    ),
    DemoPerson(
        "curator@example.org", "Teodor Lindqvist", "curates ALEX for the foundation", "Curator of ALEX",
        languages=("en", "sv", "de"), time_zone="Europe/Stockholm", flags={"is_curator": True},
        can_help_with="Writing a case so that another city can use it, also when it failed.",
    ),
    DemoPerson(
        "expert@example.org", "Amara Osei", "expert of the foundation", "Expert, platform work and mobility",
        languages=("en", "fr"), time_zone="Europe/Brussels", flags={"is_expert": True},
        topics=("platform-work", "ride-hailing", "bike-sharing"),
        can_help_with="Pay floors for platform work, licences for shared mobility, data agreements.",
    ),
    DemoPerson(
        "premium@example.org", "Jonas Visser", "member of a premium city (demonstration)",
        "Policy adviser, sharing economy", "ams", Seat.Kind.MEMBER, ("nl", "en", "de"),
        ("short-term-rental", "sharing-economy", "city-pass"),
        "Working with platforms on the city pass; enforcement of rental rules.",
        "How others measure what shared mobility does to public space.", "Europe/Amsterdam",
    ),
    DemoPerson(
        "coordinator@example.org", "Marit de Boer",
        "coordinator of the premium city (demonstration)",
        "Head of economic affairs", "ams", Seat.Kind.COORDINATOR, ("nl", "en"), ("platform-work", "tourism"),
        "Bringing departments to one table.", "Peers who bargain with platforms.", "Europe/Amsterdam",
    ),
    DemoPerson(
        "partner@example.org", "Ebba Sjöberg", "member of a partner city (demonstration)",
        "Project lead, sharing city", "got", Seat.Kind.COORDINATOR, ("sv", "en", "da"),
        ("mapping-sharing-initiatives", "circular-economy", "libraries-of-things"),
        "Mapping sharing initiatives together with residents.", "Tool libraries that pay for themselves.",
        "Europe/Stockholm",
    ),
    DemoPerson(
        "associate@example.org", "Lindiwe Jacobs", "of an associate city (demonstration): reads along",
        "Urban innovation officer", "cpt", Seat.Kind.CONTACT, ("en",), ("platform-work", "inclusion"),
        "Informal economy and platforms.", "Bike sharing on steep, wide roads.", "Africa/Johannesburg",
    ),
    DemoPerson(
        "former@example.org", "Paulo Restrepo", "of an invented city whose partnership ended", "Mobility",
        "mer", Seat.Kind.CONTACT, ("es", "en"), (), "", "", "UTC",
    ),
    DemoPerson(
        "suspended@example.org", "Sam Holt", "suspended: gets no code and learns nothing", "Adviser", "got",
        Seat.Kind.MEMBER, ("en",), (), "", "", "Europe/Stockholm", {"is_active": False},
    ),
    DemoPerson("guest@example.org", "Rosa Keller", "no partnership: sees what the public sees", "Researcher",
               languages=("de", "en"), time_zone="Europe/Zurich"),
)  # fmt: skip

# Who stands at which level in the demonstration. Real cities, invented levels.
LEVELS = {
    Level.PREMIUM: ("ams", "sel", "nyc"),
    Level.PARTNER: ("got", "mma", "bcn", "gnt", "cph", "tor", "hag", "was", "tlv"),
    Level.ASSOCIATE: ("cpt", "nrw", "dal", "sin"),
}
LAPSED = "mer"


@transaction.atomic
def seed_people() -> None:
    """Partnerships, persons and seats. Repeating it changes nothing that somebody edited since."""
    today = timezone.now().date()
    begun = today.replace(month=1, day=1)
    for level, codes in LEVELS.items():
        for code in City.objects.filter(pk__in=codes).values_list("pk", flat=True):
            _stand(code, level=level, starts_on=begun)
    ended = today - datetime.timedelta(days=400)
    if City.objects.filter(pk=LAPSED).exists():
        _stand(
            LAPSED,
            level=Level.PARTNER,
            starts_on=ended - datetime.timedelta(days=730),
            ends_on=ended,
            last_day=ended + datetime.timedelta(days=30),
        )
    for row in PERSONS:
        seed_person(row)
    circle, _made = Circle.objects.get_or_create(
        code="harbours", defaults={"name": "Harbour cities"}
    )
    circle.cities.add(*City.objects.filter(pk__in=("got", "ams", "cph", "bcn")))
    seed_terms()
    seed_seats()
    seed_applications()
    seed_ledger()


def _stand(code: str, **facts: Any) -> None:
    """Unless the city stands already: the office may have opened another one since."""
    if not Partnership.objects.filter(city=code, is_demonstration=True).exists():
        Partnership.objects.create(city_id=code, is_demonstration=True, **facts)


def seed_person(row: DemoPerson) -> None:
    if Person.objects.filter(email=row.email).exists():
        return
    person = Person.objects.create_user(
        row.email, name=row.name, job_title=row.job_title, city_id=row.city or None,
        languages=list(row.languages), can_help_with=row.can_help_with, looks_for=row.looks_for,
        time_zone=row.time_zone, **row.flags,
    )  # fmt: skip
    person.topics.set(row.topics)
    if row.seat:
        partnership = Partnership.objects.filter(city_id=row.city, is_demonstration=True).first()
        if partnership:
            Seat.objects.create(
                partnership=partnership, person=person, kind=row.seat, title=row.job_title, team=""
            )
