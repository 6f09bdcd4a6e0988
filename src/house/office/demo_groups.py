# ruff: noqa: E501 -- texts of the demonstration
"""The demonstration's working groups: one at work, one that ended and says what it learned."""

import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from house.gatherings.market.actions import (
    Decision,
    Wish,
    decide_topic,
    suggest_topic,
    support_topic,
)
from house.gatherings.models import Suggestion
from house.groups import actions
from house.groups.actions import About, Date
from house.groups.models import Group, Member
from house.partners.viewing import viewer_for
from house.people.models import Person
from house.vocabulary.models import City, Topic

# every row in this file: an operator seeds a demonstration

DAY = datetime.timedelta(days=1)
FIRST = """<h2>What we know</h2><p>Two of our cities count shared bicycles from the operators' feeds, one counts
them in the street. The numbers differ by a third.</p><h2>What each of us tries</h2><ul><li><p>Amsterdam: one
count a month on four squares.</p></li></ul>"""
SECOND = FIRST.replace(
    "four squares.</p></li></ul>",
    "four squares.</p></li><li><p>Gothenburg: asks two operators for a feed of parked bicycles.</p></li></ul>"
    "<h2>What we agreed on</h2><p>The same sheet for all, counted on the second Tuesday.</p>",
)
LEARNED = (
    "We wanted one contract for tool libraries in three cities. Each city's lawyers needed a liability clause of "
    "their own, and after five months there were three contracts again. Begin with the insurers: they decide "
    "what can stand in the contract, and they talk to several cities at once."
)
TOPICS = (
    ("got", "How do you count bicycles that nobody docked?", "seminar", "en", ("ams", "cph", "gnt")),
    ("ams", "Hoe tel je deelfietsen die nergens vastgezet zijn?", "summit", "nl", ()),
    ("bcn", "¿Qué hacemos con los pisos turísticos sin licencia?", "magazine", "es", ("ams",)),
    ("tor", "Pay floors for couriers: what happened after a year", "alex", "en", ("nyc", "ams")),
)  # fmt: skip


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
    persons = {each.email: each for each in Person.objects.filter(email__endswith="@example.org")}
    partner, premium = persons.get("partner@example.org"), persons.get("premium@example.org")
    if partner is None or premium is None:
        return
    if not Group.objects.filter(name="Counting what nobody docked").exists():
        _running(partner, premium)
        _closed(premium, partner)
    if not Suggestion.objects.exists():
        _topics(persons)


def _running(partner: Person, premium: Person) -> None:
    today = timezone.now().date()
    lead, peer = viewer_for(partner), viewer_for(premium)
    group = actions.create_group(
        About(
            name="Counting what nobody docked",
            problem="Operators, counters in the street and complaints give three different numbers of shared "
            "bicycles. Whoever sets a limit for a square has to say which number counts.",
            aim="One way to count that an operator, a city and a court accept: a sheet, a day, a margin of error.",
            starts_on=today - 60 * DAY,
            ends_on=today + 120 * DAY,
            topics=tuple(Topic.objects.filter(pk="bike-sharing")),
        ),
        by=lead,
    )
    invited = actions.invite_person(
        group, premium, by=lead, text="You count in the street: tell us how."
    )
    actions.answer_admission(invited, yes=True, by=peer)
    actions.start_group(group, by=lead)
    actions.set_readers(group, City.objects.filter(pk="cpt"), by=lead)
    actions.save_page(group, FIRST, by=peer, based_on=0, note="What Amsterdam does")
    actions.save_page(group, SECOND, by=lead, based_on=1, note="What Gothenburg tries")
    members = {row.person_id: row for row in Member.objects.filter(group=group)}
    actions.add_task(
        group, by=lead, title="Ask two operators for their feed", owner=members[partner.pk],
        due_on=today + 9 * DAY,
    )  # fmt: skip
    actions.add_task(
        group,
        by=lead,
        title="Count on four squares",
        owner=members[premium.pk],
        due_on=today - 2 * DAY,
    )
    sheet = actions.add_task(group, by=peer, title="Draw the sheet", owner=members[premium.pk])
    actions.finish_task(sheet, by=peer)
    when = datetime.datetime.combine(
        today + 6 * DAY, datetime.time(10), tzinfo=ZoneInfo("Europe/Stockholm")
    )
    actions.plan_meeting(
        group,
        Date(
            title="Third round: compare the counts",
            starts_at=when,
            zone="Europe/Stockholm",
            join_url="https://meet.example.org/counting",
            agenda="1. The counts of October\n2. What the operators answered\n3. Who writes the draft",
        ),
        by=lead,
    )


def _closed(premium: Person, partner: Person) -> None:
    today = timezone.now().date()
    lead, peer = viewer_for(premium), viewer_for(partner)
    group = actions.create_group(
        About(
            name="One contract for tool libraries",
            problem="Every tool library writes its own contract with the city, and every city begins from nothing.",
            aim="A model contract that three cities sign.",
            starts_on=today - 300 * DAY,
            ends_on=today - 20 * DAY,
            topics=tuple(Topic.objects.filter(pk="libraries-of-things")),
            audience="alliance",
        ),
        by=lead,
    )
    invited = actions.invite_person(group, partner, by=lead)
    actions.answer_admission(invited, yes=True, by=peer)
    actions.start_group(group, by=lead)
    actions.save_page(
        group, "<h2>Three contracts</h2><p>We laid them side by side: liability is where they part.</p>",
        by=peer, based_on=0,
    )  # fmt: skip
    actions.close_group(group, by=lead, learned=LEARNED, outcome="failed")


def _topics(persons: dict[str, Person]) -> None:
    seated = {}
    for person in persons.values():
        for city in viewer_for(person).city_ids:
            seated.setdefault(city, person)
    made = []
    for city, title, target, language, behind in TOPICS:
        person = seated.get(city) or seated.get("ams")
        if person is None or not viewer_for(person).can("topics.suggest"):
            continue
        topic = suggest_topic(
            Wish(title, target, language=language), by=viewer_for(person), city=city
        )
        for other in behind:
            if other in seated and viewer_for(seated[other]).can("topics.suggest"):
                support_topic(topic, by=viewer_for(seated[other]), city=other)
        made.append(topic)
    office = persons.get("office@example.org")
    if office is not None and made:
        decide_topic(
            made[-1],
            Decision("planned", url="/alex/", reason="A curator collects the cases."),
            by=viewer_for(office),
        )
