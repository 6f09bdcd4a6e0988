# ruff: noqa: E402 -- Django is set up before its models are imported
"""Run by test_seats_race.py in a house of its own: many threads, each with its own connection."""

import json
import threading

import django

django.setup()

from django.db import connection
from django.utils import timezone

from house.ground.errors import Refused
from house.partners.actions import invitations, seats
from house.partners.models import Invitation, Seat, Tenure
from house.partners.viewing import operator
from house.people.models import Person
from tests.factories import CityFactory, PartnershipFactory, SeatFactory

AT_ONCE = 20


def at_once(what):
    """Every number's outcome: whether `what(number)` was granted, or the sentence that refused it."""
    gate, said = threading.Barrier(AT_ONCE), [None] * AT_ONCE

    def run(number):
        gate.wait()
        try:
            what(number)
            said[number] = "granted"
        except Refused as refused:
            said[number] = refused.message
        except Exception as broken:  # noqa: BLE001 -- told to the test
            said[number] = f"{type(broken).__name__}: {broken}"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def invited(seat, number):
    return Invitation.objects.create(
        seat=seat, email=f"colleague{number}@city.example", name="Colleague", sent_at=timezone.now(),
        expires_at=timezone.now() + timezone.timedelta(days=1), digest=invitations.digest_of(f"token{number}"),
    )  # fmt: skip


def one_invitation_accepted_many_times(partnership):
    made = invited(SeatFactory(partnership=partnership, person=None), 0)
    said = at_once(
        lambda _number: invitations.accept_invitation(made.code, "token0", address=made.email)
    )
    return said, partnership


def last_place_by_many_invitations(partnership):
    """As many empty seats as invitations, and one place: the number was lowered meanwhile."""
    made = [invited(SeatFactory(partnership=partnership, person=None), n) for n in range(AT_ONCE)]
    said = at_once(
        lambda number: invitations.accept_invitation(
            made[number].code, f"token{number}", address=made[number].email
        )
    )
    return said, partnership


def last_seat_made_by_many(partnership):
    said = at_once(
        lambda number: seats.create_seat(partnership, by=operator(), title=f"Seat {number}")
    )
    return said, partnership


def report(said, partnership):
    held = Seat.objects.filter(partnership=partnership)
    return {
        "said": {each: said.count(each) for each in set(said)},
        "seats": held.count(),
        "taken": held.filter(person__isnull=False).count(),
        "terms": Tenure.objects.filter(seat__partnership=partnership).count(),
        "persons": Person.objects.filter(pk__in=held.values("person")).count(),
    }


def main():
    told = {}
    for number, race in enumerate(
        (one_invitation_accepted_many_times, last_place_by_many_invitations, last_seat_made_by_many)
    ):
        Person.objects.filter(email__endswith="@city.example").delete()
        partnership = PartnershipFactory(city=CityFactory(code=f"race{number}"), seats=1)
        told[race.__name__] = report(*race(partnership))
    print(json.dumps(told))  # noqa: T201 -- the test reads it


if __name__ == "__main__":
    main()
