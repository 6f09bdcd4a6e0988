"""Two hundred at once for one slot, or for one unit: run by test_race.py in a house of its own.

    python -m house.meetings.tests.race_for_slots slot|unit 200

Prints what each try was told, and what stood afterwards.
"""

import datetime
import json
import sys
import threading
from collections import Counter

import django

HOUR = datetime.timedelta(hours=1)


def main(what, tries):
    django.setup()

    from house.meetings.models import Session, TakenTime
    from house.partners.models import Account, Hold

    attempts = seed(what, tries)
    told, barrier = Counter(), threading.Barrier(len(attempts))
    threads = [threading.Thread(target=attempt, args=(one, barrier, told)) for one in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sums = [
        sum(getattr(account, name) for account in Account.objects.filter(benefit="one-on-one"))
        for name in ("held", "used")
    ]
    print(  # noqa: T201 -- read by the test
        json.dumps(
            {"told": told, "sessions": Session.objects.count(), "ticks": TakenTime.objects.count(),
             "holds": Hold.objects.count(), "held": sums[0], "used": sums[1]}
        )
    )  # fmt: skip


def seed(what, tries):
    """(availability, seat's person, city, moment) of each try: one slot of many cities, or many slots of one."""
    from django.utils import timezone

    from house.meetings.tests.conftest import make_expert
    from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory

    start = timezone.now().replace(minute=0, second=0, microsecond=0) + 48 * HOUR
    made = []
    if what == "slot":
        expert = make_expert()
        for number in range(min(tries, 20)):
            seat = SeatFactory(
                partnership=PartnershipFactory(city=CityFactory(code=f"r{number}")),
                person=PersonFactory(),
            )
            made.append((expert, seat.person, seat.partnership.city, start))
        return [made[number % len(made)] for number in range(tries)]
    partnership = PartnershipFactory(city=CityFactory(code="one"))
    experts = [make_expert(f"Expert {number}") for number in range(10)]
    persons = [
        SeatFactory(partnership=partnership, person=PersonFactory()).person for _n in range(10)
    ]
    return [
        (experts[number % 10], persons[number // 10 % 10], partnership.city, start + number * HOUR)
        for number in range(tries)
    ]


def attempt(one, barrier, told):
    from django.db import OperationalError, connection

    from house.ground.errors import Refused
    from house.meetings.actions import booking
    from house.meetings.actions.booking import Asked
    from house.partners.viewing import viewer_for

    availability, person, city, moment = one
    by, key = viewer_for(person), f"{threading.get_ident()}"
    barrier.wait()
    try:
        booking.book(
            availability,
            city=city,
            starts_at=moment,
            length=HOUR,
            asked=Asked(goal="x", key=key),
            by=by,
        )
        told["booked"] += 1
    except Refused as refused:
        told[refused.code] += 1
    except OperationalError:  # on a slow machine SQLite lets some wait for longer than they do
        told["waited in vain"] += 1
    finally:
        connection.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
