# ruff: noqa: E402 -- Django is set up before its models are imported
"""Run by test_line.py in a house of its own: many threads, each with its own connection."""

import datetime
import json
import threading

import django

django.setup()

from django.db import connection
from django.utils import timezone

from house.gatherings import actions, waiting
from house.gatherings.models import Event, Registration
from house.gatherings.tests.making import make_event
from house.ground.errors import Refused
from house.partners.viewing import viewer_for
from house.people.models import Person
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory

AT_ONCE, ROUNDS = 25, 8


def at_once(acts):
    """All from the same moment; what broke that was no refusal."""
    gate, broken = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait()
        try:
            act()
        except Refused:
            pass
        except Exception as problem:  # noqa: BLE001 -- told to the test
            broken.append(f"{type(problem).__name__}: {problem}")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return broken


def come(event, viewer):
    return lambda: actions.register(Event.objects.get(pk=event.pk), by=viewer, seat="online")


def take(row, viewer):
    return lambda: actions.accept_offer(Registration.objects.get(pk=row.pk), by=viewer)


def one_seat(viewers):
    event, broken = make_event(seats_online=1), []
    for _round in range(ROUNDS):
        broken += at_once([come(event, viewer) for viewer in viewers])
    rows = Registration.objects.filter(event=event)
    return {
        "tries": AT_ONCE * ROUNDS,
        "confirmed": rows.filter(state="confirmed").count(),
        "waiting": rows.filter(state="waiting").count(),
        "broken": broken,
    }


def offered(viewers):
    """The first gave her place back; it is offered to the second."""
    event = make_event(seats_online=1)
    first, second, third, *_rest = viewers
    held = actions.register(event, by=first, seat="online")
    row = actions.register(event, by=second, seat="online")
    actions.register(event, by=third, seat="online")
    actions.cancel_registration(held, by=first)
    return event, row


def holding(event, viewers):
    names = {viewers[1].person_id: "second", viewers[2].person_id: "third"}
    rows = Registration.objects.filter(event=event).holding()
    return [f"{names.get(row.person_id, 'another')} {row.state}" for row in rows]


def one_offer(viewers):
    (event, row), broken = offered(viewers), []
    second, others = viewers[1], viewers[3:]
    yesterday = timezone.now() - datetime.timedelta(days=1)
    hands = [take(row, second), take(row, second), lambda: waiting.lapse_offers(yesterday)]
    hands += [come(event, viewer) for viewer in others]
    for _round in range(ROUNDS):
        broken += at_once(hands)
    return {"tries": len(hands) * ROUNDS, "holding": holding(event, viewers), "broken": broken}


def deadline(viewers):
    """Nobody can take an offer once it lapsed, and none lapses that was taken."""
    event, row = offered(viewers)
    at = Registration.objects.get(pk=row.pk).offer_until
    hands = [take(row, viewers[1])] * 5 + [lambda: waiting.lapse_offers(at)] * 5
    return {"broken": at_once(hands), "holding": holding(event, viewers)}


def main():
    partnership = PartnershipFactory(city=CityFactory(code="race"), level="partner")
    for number in range(AT_ONCE):
        person = PersonFactory(email=f"hand{number}@race.example", city=partnership.city)
        SeatFactory(partnership=partnership, person=person)
    persons = Person.objects.filter(email__endswith="@race.example").order_by("pk")
    viewers = [viewer_for(person) for person in persons]
    told = {"seat": one_seat(viewers), "offer": one_offer(viewers), "deadline": deadline(viewers)}
    print(json.dumps(told))  # noqa: T201 -- the test reads it


if __name__ == "__main__":
    main()
