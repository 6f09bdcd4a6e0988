"""What of groups stands in the world of the matrix."""

import datetime

from django.core.files.base import ContentFile
from django.utils import timezone

from house.groups.models import (
    Admission,
    Group,
    GroupFile,
    Meeting,
    Member,
    Page,
    PageVersion,
    Task,
)
from house.partners.models import Circle

# Word → who may meet it, as a phrase of the table.
SECRETS = {
    "zzhiddengroup": "premium, reviewers",
    "zzgrouppage": "partner, premium, associate",
    "zzhiddenpage": "premium",
    "zzgrouptask": "partner, premium, associate",
    "zzgroupmeeting": "partner, premium, associate",
    "zzgroupfile": "inside",
    "zzjoin": "nobody",  # the link to join is on no page; a redirect shows it to members, in time
    "zzadmission": "partner, coordinator",
}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    running = _group("The running group", "running", "zzgrouppage")
    hidden = _group("The zzhiddengroup", "running", "zzhiddenpage", is_hidden=True)
    ended = _group("The group that is over", "closed", "zzgrouppage", learned="Walls stay.")
    opened = _group("The open group", "running", "zzopenpage", audience="alliance")
    partner, premium = world.persons["partner"], world.persons["premium"]
    members = {}
    for group, persons in (
        (running, (partner, premium)), (hidden, (premium,)), (ended, (partner, premium)), (opened, (partner,)),
    ):  # fmt: skip
        for person in persons:
            group.circle.persons.add(person)
            members[group, person] = Member.objects.create(
                group=group, person=person, city=person.city, is_lead=person == persons[0]
            )
    running.circle.cities.add(cities["asso"])
    task = Task.objects.create(group=running, title="The zzgrouptask", owner=premium)
    starts_at = timezone.now() + datetime.timedelta(days=3)
    meeting = Meeting.objects.create(
        group=running, title="The zzgroupmeeting", starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=1), join_url="https://meet.example/zzjoin",
    )  # fmt: skip
    asked = Admission.objects.create(
        group=running, person=world.persons["coordinator"], city=cities["ours"], sort="asked",
        text="The zzadmission",
    )  # fmt: skip
    kept = GroupFile(group=opened, name="zzgroupfile.pdf", media_type="application/pdf", size=4)
    kept.file.save("zzgroupfile.pdf", ContentFile(b"%PDF"))
    return {
        "group": _codes(running=running, hidden=hidden, ended=ended),
        "circle": _codes(running=running, hidden=hidden, ended=ended),
        "grouptask": {"running": {"code": running.code, "task": task.code}},
        "groupmeeting": {"running": {"code": running.code, "meeting": meeting.code}},
        "groupmember": {
            "running": {"code": running.code, "member": members[running, premium].code}
        },
        "admission": {"running": {"code": running.code, "admission": asked.code}},
        "groupfile": {"running": {"code": opened.code, "file": kept.code}},
    }


def _codes(**groups):
    return {state: {"code": group.code} for state, group in groups.items()}


def _group(name, state, word, **facts):
    today = timezone.now().date()
    over = {"ended_at": timezone.now(), "outcome": "failed"} if state == "closed" else {}
    group = Group.objects.create(
        name=name, problem="Walls", aim="A text", starts_on=today, ends_on=today, state=state,
        circle=Circle.objects.create(name=name), **{**over, **facts},
    )  # fmt: skip
    html = f"<p>The {word}.</p>"
    Page.objects.create(group=group, html=html, number=1, saved_at=timezone.now())
    PageVersion.objects.create(group=group, number=1, html=html)
    return group
