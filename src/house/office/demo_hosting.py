"""The demonstration's hosting, and what stays of a seminar that is over."""

import datetime
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from house.alex.demo.reading import ENTRIES, read_entry
from house.gatherings.actions import feedback, hosting, hosting_tasks, minutes, recordings
from house.gatherings.models import (
    AskedThere,
    Event,
    FeedbackAnswer,
    FeedbackGiven,
    HostingOffer,
    HostingTask,
    Recording,
    Registration,
    State,
    Voice,
)
from house.ground.captions.cues import Cue, Heard
from house.partners.viewing import viewer_for
from house.people.models import Person
from house.vocabulary.models import Topic

# every row in this file: an operator seeds a demonstration

DAY = datetime.timedelta(days=1)
SEMINAR = "bike-sharing-what-stayed-on-the-pavement"
_MINUTES = """<h2>What was said</h2>
<p>A street manager, a former operator and a resident told one story from three sides. The bicycles came
before anybody had agreed on where they may stand; the first winter took half of them.</p>
<h2>What we take along</h2>
<ul><li>A permit first, with places to park and a repair shop, then bicycles.</li>
<li>A deposit that pays for clearing what is left behind.</li>
<li>Residents are asked before the racks are drawn, not after.</li></ul>
<h2>Who does what</h2>
<p>Gothenburg shares its clause on clearing. Amsterdam asks its districts for figures of 2025.</p>"""
_HANDOUT = """# Six questions before the first bicycle

1. Where may it stand, and who paints the lines?
2. Who repairs it, and within how many hours?
3. Who clears it away when its operator is gone, and from which deposit?
4. Which figures does the city get, how often, in which form?
5. Whom did you ask who walks there with a pram or a wheelchair?
6. What happens on the day the permit ends?
"""
_SAID = (
    (5, 4, 4, "The clause on clearing.", "More time for the resident's part."),
    (4, 4, 3, "That the winter must be in the contract.", "Captions in Swedish as well."),
    (5, 3, 4, "To ask before drawing the racks.", ""),
    (
        4,
        5,
        5,
        "The six questions: we put them into our tender.",
        "An hour later, for those in the west.",
    ),
    (3, 4, 2, "", "Slides beforehand."),
)


@transaction.atomic
def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
    persons = {
        name: Person.objects.filter(email=f"{name}@example.org").select_related("city").first()
        for name in ("office", "expert", "premium", "coordinator", "partner", "curator")
    }
    if None in persons.values() or HostingOffer.objects.exists():
        return
    if persons["partner"].city is None or persons["coordinator"].city is None:
        return
    _in_talk(persons)
    _accepted(persons)
    _afterwards(persons)


def _in_talk(persons: dict[str, Person]) -> None:
    today = timezone.now().date()
    partner, office = persons["partner"], persons["office"]
    offer = hosting.offer_to_host(
        partner.city, by=viewer_for(partner), kind="workshop",
        title="Parcel lockers: nine lobbies, one lesson",
        about="We put lockers into nine lobbies and asked nobody first. We would like to work through "
        "the tenants' letters with cities that are about to do the same, and write one page that "
        "everybody can use.",
        languages=["en", "sv"], starts_on=today + 120 * DAY, ends_on=today + 150 * DAY,
        dates_note="Not in the week of Midsummer", mode="both", place="Lindholmen, house of the harbour",
        capacity=36, access="Level entrance, two lifts, hearing loop in the large room; a quiet room.",
        budget="Rooms, coffee and a tram ticket for everybody.",
        in_kind="Two moderators; a walk through three of the lobbies.",
        partners="The tenants' association of the eastern harbour",
    )  # fmt: skip
    hosting.ask_for_more(
        offer,
        "How many people can take part in the walk, and is it step-free?",
        by=viewer_for(office),
    )
    hosting.say(
        offer,
        "Three groups of twelve. Two of the three lobbies are step-free; the third has a film.",
        by=viewer_for(partner),
    )
    HostingOffer.objects.filter(pk=offer.pk).update(
        is_demonstration=True, made_at=timezone.now() - 9 * DAY
    )


def _accepted(persons: dict[str, Person]) -> None:
    city, by = persons["coordinator"].city, viewer_for(persons["coordinator"])
    day = timezone.now().date() + 45 * DAY
    offer = hosting.offer_to_host(
        city, by=by, kind="seminar", title="City passes that include shared bicycles",
        about="What a month of a joint pass cost and who used it, with the figures and the contract.",
        languages=["en"], starts_on=day, ends_on=day + 4 * DAY, mode="online",
        in_kind="Two colleagues of the pass team; captions.",
    )  # fmt: skip
    zone = ZoneInfo(city.time_zone)
    begins = datetime.datetime.combine(day, datetime.time(15), zone)
    hosting.accept_offer_to_host(
        offer, "Gladly: five cities asked for this.", by=viewer_for(persons["office"]),
        starts_at=begins, ends_at=begins + datetime.timedelta(minutes=90),
        topics=Topic.objects.filter(pk__in=["bike-sharing", "city-pass"]),
    )  # fmt: skip
    HostingOffer.objects.filter(pk=offer.pk).update(is_demonstration=True)
    Event.objects.filter(pk=offer.event_id).update(is_demonstration=True)
    done, late, *_more = HostingTask.objects.filter(offer=offer).order_by("due_on", "pk")
    hosting_tasks.finish_task(done, by=by)
    HostingTask.objects.filter(pk=late.pk).update(due_on=timezone.now().date() - 2 * DAY)


def _afterwards(persons: dict[str, Person]) -> None:
    office = viewer_for(persons["office"])
    begins = (timezone.now() - 20 * DAY).replace(hour=14, minute=0, second=0, microsecond=0)
    event = Event.objects.create(
        slug=SEMINAR, kind="seminar", title="Bike sharing: what stayed on the pavement",
        summary="A rollout that failed, told by a street manager, a former operator and a resident.",
        description="A demonstration: the voices belong to nobody.", languages=["en"],
        starts_at=begins, ends_at=begins + datetime.timedelta(minutes=60), zone="Europe/Amsterdam",
        host_city=persons["coordinator"].city, mode="online", audience="alliance",
        author=persons["office"], state=State.DONE, published_at=begins - 30 * DAY,
        is_demonstration=True,
    )  # fmt: skip
    event.topics.set(Topic.objects.filter(pk="bike-sharing"))
    there = [persons[name] for name in ("premium", "coordinator", "partner", "expert", "curator")]
    for person in there:
        Registration.objects.create(
            event=event, person=person, city=person.city, seat="online", state="confirmed",
            came_at=begins, came_by="host",
        )  # fmt: skip
    _recording(event, persons)
    minutes.write_minutes(event, _MINUTES, by=office, seen=0, share=True)
    minutes.add_material(
        event, _HANDOUT.encode(), by=office, name="six-questions.md", sort="file", licence="EUPL-1.2",
        label="Six questions before the first bicycle",
    )  # fmt: skip
    _feedback(event, there)
    _asked(event, persons)


def _recording(event: Event, persons: dict[str, Person]) -> None:
    entry = read_entry(ENTRIES / "seminar-bike-rollout-that-failed.toml")
    office = viewer_for(persons["office"])
    made: Recording = recordings.add_recording(event, by=office, title=event.title, language="en")
    cues = tuple(Cue(c["start"], c["end"], c["text"], c["speaker"]) for c in entry.cues)
    recordings.keep_transcript(made, Heard(cues), by=office, language="en")
    recordings.set_chapters(made, entry.content["fields"].get("chapters", []), by=office)
    if entry.sound is not None:
        sound = ContentFile(entry.sound.read_bytes(), name="seminar.ogg")
        recordings.set_media(
            made, by=office, file=sound, media_type="audio/ogg", licence="EUPL-1.2"
        )
    for voice in Voice.objects.filter(recording=made):
        recordings.record_voice(voice, True, "Invented: a program speaks, nobody", by=office)
    recordings.share_recording(made, by=office)


def _feedback(event: Event, there: list[Person]) -> None:
    questions = feedback.questions_of(event)
    for person, said in zip(there, _SAID, strict=True):
        FeedbackGiven.objects.create(event=event, person=person)
        answers = {q.code: each for q, each in zip(questions, said, strict=True) if each}
        FeedbackAnswer.objects.create(event=event, answers=answers)


def _asked(event: Event, persons: dict[str, Person]) -> None:
    partner, premium = persons["partner"], persons["premium"]
    AskedThere.objects.create(
        event=event, text="What did the resident's association get to decide?", asker=premium,
        city=premium.city, answered=True,
    )  # fmt: skip
    asked = feedback.ask_there(
        event,
        "Who pays for clearing the bicycles once an operator is bankrupt?",
        by=viewer_for(partner),
    )
    feedback.support_question(asked, by=viewer_for(premium))
