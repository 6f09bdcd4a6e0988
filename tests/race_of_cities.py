# ruff: noqa: E402 -- Django is set up before its models are imported
"""Run by test_race_of_cities.py in a house of its own: many threads, each with its own connection."""

import json
import threading

import django

django.setup()

from django.db import connection

from house.gatherings.market.actions import Wish, suggest_topic, support_topic
from house.gatherings.models import Suggestion, Support
from house.groups import actions
from house.groups.models import Admission, Group, Member, Page, PageVersion
from house.groups.tests.made import make
from house.partners.viewing import viewer_for
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory

THREADS, EACH = 20, 10


def at_once(what, each=1):
    """What came of every try, counted."""
    gate, said = threading.Barrier(THREADS), []

    def run(number):
        gate.wait()
        for turn in range(each):
            try:
                said.append(what(number * each + turn))
            except Exception as broken:  # noqa: BLE001 -- told to the test
                said.append(f"{type(broken).__name__}: {broken}")
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {word: said.count(word) for word in set(said)}


class Seated:
    def __init__(self, code):
        city = CityFactory(code=code)
        self.seat = SeatFactory(
            partnership=PartnershipFactory(city=city), person=PersonFactory(city=city)
        )
        self.person = self.seat.person


def one_city_supports(member, neighbour):
    """Two hundred tries by people of one city, for one topic."""
    topic = suggest_topic(Wish("Counting bikes", "seminar"), by=viewer_for(member.person))
    viewers = [
        viewer_for(SeatFactory(partnership=neighbour.seat.partnership).person) for _each in range(3)
    ]

    def press(number):
        support_topic(Suggestion.objects.get(pk=topic.pk), by=viewers[number % 3])
        return "stands"

    said = at_once(press, EACH)
    return {"said": said, "rows": Support.objects.filter(suggestion=topic, city="nnn").count()}


def one_version_follows_another(member, neighbour):
    """Twenty who began from the same version: one is saved, nineteen get both texts."""
    group = make(member, neighbour)
    viewers = [viewer_for(member.person), viewer_for(neighbour.person)]

    def save(number):
        saved = actions.save_page(
            Group.objects.get(pk=group.pk),
            f"<p>Text {number}</p>",
            by=viewers[number % 2],
            based_on=0,
        )
        return "met" if saved.theirs else "saved"

    said = at_once(save)
    versions = PageVersion.objects.filter(group=group).count()
    return {"said": said, "versions": versions, "number": Page.objects.get(pk=group.pk).number}


def one_invitation_makes_one_member(member, neighbour):
    group = make(member)
    invited = actions.invite_person(group, neighbour.person, by=viewer_for(member.person))
    hers = viewer_for(neighbour.person)
    said = at_once(
        lambda _number: (
            actions.answer_admission(Admission.objects.get(pk=invited.pk), yes=True, by=hers).answer
        )
    )
    return {"said": said, "members": Member.objects.filter(group=group, city="nnn").count()}


def main():
    member, neighbour = Seated("mmm"), Seated("nnn")
    races = (one_city_supports, one_version_follows_another, one_invitation_makes_one_member)
    print(json.dumps({race.__name__: race(member, neighbour) for race in races}))  # noqa: T201


if __name__ == "__main__":
    main()
