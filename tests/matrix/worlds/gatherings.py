"""What of gatherings stands in the world of the matrix."""

import datetime

from django.core.files.base import ContentFile
from django.utils import timezone

from house.gatherings import actions
from house.gatherings.models import Consent, Event, JoinLink, Registration, Speaker
from house.partners.viewing import viewer_for

# Word → who may meet it, as a phrase of the table.
SECRETS = {
    "zzseminar": "inside",
    "zzcitytalk": "ours, office",
    "zzsketch": "office",
    "zzcalled": "inside",
    "zzhosted": "inside",
    "zzneeds": "premium, office",
    "zzlink": "nobody",
    "zzunsaid": "coordinator, office",
}

FACTS = {
    "openday": {"audience": "public"},
    "seminar": {},
    "citytalk": {"audience": "city"},
    "sketch": {"state": "draft", "published_at": None},
    "called": {"state": "cancelled"},
    "hosted": {},
}
PROGRAMMES = ("openday", "seminar", "citytalk")


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    office, premium = world.persons["office"], world.persons["premium"]
    by = viewer_for(office)
    begins = timezone.now() + datetime.timedelta(days=20)
    events, args = {}, {}
    for word, facts in FACTS.items():
        told = {"state": "published", "published_at": timezone.now(), **facts}
        if facts.get("audience") == "city":
            told["city"] = cities["ours"]
        if word == "hosted":
            told["host_city"] = cities["ours"]
        event = Event.objects.create(
            slug=f"event-{word}", title=f"Meeting zz{word}", summary=f"About zz{word}.",
            author=office, starts_at=begins, ends_at=begins + datetime.timedelta(hours=1),
            zone="Europe/Berlin", mode="online", **told,
        )  # fmt: skip
        JoinLink.objects.create(event=event, url="https://meet.example/zzlink")
        events[word], args[word] = event, {"slug": event.slug}
    sessions = {}
    for word in PROGRAMMES:
        session = actions.save_session(
            events[word], by=by, title=f"Session zz{word}", starts_at=begins, minutes=30,
            takes_places=True,
        )  # fmt: skip
        actions.publish_programme(events[word], by=by)
        session.refresh_from_db()
        sessions[word] = session
    draft = actions.save_session(
        events["hosted"], by=by, title="Session zzunsaid", starts_at=begins, minutes=5
    )
    assert not draft.is_public
    mine = Registration.objects.create(
        event=events["seminar"], person=premium, seat="online", state="confirmed", needs="zzneeds"
    )
    speaker = Speaker.objects.create(
        session=sessions["seminar"], person=premium, consent=Consent.ASKED
    )
    file = actions.keep_schedule(events["hosted"], ContentFile(b"{}", name="zz.json"), by=by)
    at_session = {word: {**args[word], "code": sessions[word].code} for word in PROGRAMMES}
    return {
        "event": args,
        "announced": {word: args[word] for word in args if word != "sketch"},
        "programme": {word: args[word] for word in PROGRAMMES},
        "item": at_session,
        "opento": {"openday": args["openday"]},
        "place": {"seminar": at_session["seminar"]},
        "comes": {"seminar": args["seminar"]},
        "comer": {"seminar": {**args["seminar"], "code": mine.code}},
        "speech": {"seminar": {"code": speaker.code}},
        "schedule": {"hosted": {**args["hosted"], "code": file.code}},
    }
