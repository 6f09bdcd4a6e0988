"""What of hosting, and of what comes after a gathering, stands in the world of the matrix."""

import datetime

from django.core.files.base import ContentFile
from django.utils import timezone

from house.gatherings.models import (
    AskedThere,
    Event,
    HostingMessage,
    HostingOffer,
    HostingTask,
    Material,
    Minutes,
    Recording,
    Registration,
    Voice,
)

# Word → who may meet it, as a phrase of the table.
SECRETS = {
    **dict.fromkeys(("zzhostwaiting", "zzhostaccepted", "zzhostdeclined"), "ours, office"),
    "zzhosttalk": "ours, office",
    "zzhosttask": "ours, office",
    "zzminutes": "inside",
    "zzfile": "inside",
    "zzsharedrec": "inside",
    "zzagreed": "inside",
    "zzunasked": "office, associate",  # who speaks reads her own words before she agrees
    "zzopenrec": "office, associate",
    "zzquestion": "inside",
}


def things(world, cities):
    """Thing → state → the arguments of its address."""
    return _offers(world, cities) | _after(world, cities)


def _offers(world, cities):
    today = timezone.now().date()
    made = {}
    for state in ("waiting", "accepted", "declined"):
        begins = timezone.now() + datetime.timedelta(days=60)
        event = None
        if state == "accepted":
            event = Event.objects.create(
                slug="event-hostaccepted", title="Meeting zzhostaccepted", starts_at=begins,
                ends_at=begins + datetime.timedelta(hours=1), zone="UTC", author=world.persons["office"],
            )  # fmt: skip
        made[state] = HostingOffer.objects.create(
            city=cities["ours"], kind="seminar", title=f"Hosting zzhost{state}", about="About it.",
            starts_on=today + datetime.timedelta(days=60), ends_on=today + datetime.timedelta(days=70),
            mode="online", languages=["en"], state=state, event=event, made_by=world.persons["partner"],
        )  # fmt: skip
        HostingMessage.objects.create(
            offer=made[state], side="city", author=world.persons["partner"], text="zzhosttalk"
        )
    task = HostingTask.objects.create(
        offer=made["accepted"], title="zzhosttask", side="city", due_on=today
    )
    return {
        "hosting": {state: {"code": offer.code} for state, offer in made.items()},
        "hostingtask": {"open": {"code": made["accepted"].code, "task": task.code}},
    }


def _after(world, cities):
    """A past event of the office, with everything that stays of it. The associate speaks, unasked."""
    begins = timezone.now() - datetime.timedelta(days=3)
    event = Event.objects.create(
        slug="event-afterwards", title="Meeting that is over", summary="Over.", state="published",
        published_at=begins, author=world.persons["office"], starts_at=begins,
        ends_at=begins + datetime.timedelta(hours=1), zone="UTC", mode="online",
    )  # fmt: skip
    Registration.objects.create(
        event=event, person=world.persons["partner"], city=cities["ours"], seat="online",
        state="confirmed", came_at=begins,
    )  # fmt: skip
    Minutes.objects.create(event=event, number=1, html="<p>zzminutes</p>", is_shared=True)
    file = Material.objects.create(
        event=event, name="zzfile.txt", media_type="text/plain", size=5, digest="x",
        file=ContentFile(b"hello", name="x.txt"),
    )  # fmt: skip
    question = AskedThere.objects.create(
        event=event, text="Why zzquestion?", asker=world.persons["partner"], city=cities["ours"]
    )
    recordings = {
        word: Recording.objects.create(
            event=event, title=f"Recording zz{word}rec", shared_at=begins if word == "shared" else None,
            file=ContentFile(b"ID3", name="x.mp3"), name="x.mp3", media_type="audio/mpeg", size=3,
            media_at=begins, poster=ContentFile(b"x", name="x.png"),
            cues=[
                {"start": 0, "end": 5, "speaker": "A", "text": "zzagreed"},
                {"start": 5, "end": 9, "speaker": "B", "text": "zzunasked"},
            ],
        )
        for word in ("shared", "open")
    }  # fmt: skip
    for recording in recordings.values():
        Voice.objects.create(recording=recording, label="A", consent="given", evidence="Signed")
    voice = Voice.objects.create(
        recording=recordings["open"], label="B", person=world.persons["associate"], consent="asked"
    )
    Voice.objects.create(recording=recordings["shared"], label="B", consent="waiting")
    slug = {"slug": event.slug}
    return {
        "over": {"over": slug},
        "gmaterial": {"there": slug | {"code": file.code}},
        "askedthere": {"there": slug | {"code": question.code}},
        "grecording": {word: slug | {"code": each.code} for word, each in recordings.items()},
        "spoken": {"asked": {"code": voice.code}},
        "gvoice": {"asked": slug | {"code": recordings["open"].code, "voice": voice.code}},
    }
