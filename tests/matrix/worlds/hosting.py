"""What of hosting, and of what comes after a gathering, stands in the world of the matrix."""

import datetime

from django.utils import timezone

from house.gatherings.models import Event, HostingMessage, HostingOffer, HostingTask

# Word → who may meet it, as a phrase of the table.
SECRETS = {
    **dict.fromkeys(("zzhostwaiting", "zzhostaccepted", "zzhostdeclined"), "ours, office"),
    "zzhosttalk": "ours, office",
    "zzhosttask": "ours, office",
}


def things(world, cities):
    """Thing → state → the arguments of its address."""
    return _offers(world, cities)


def _offers(world, cities):
    today = timezone.now().date()
    made = {}
    for state in ("waiting", "accepted", "declined"):
        begins = timezone.now() + datetime.timedelta(days=60)
        event = None
        if state == "accepted":
            event = Event.objects.create(
                slug="event-hosted", title="Meeting zzhostaccepted", starts_at=begins,
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
