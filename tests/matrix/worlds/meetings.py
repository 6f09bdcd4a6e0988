"""What of meetings stands in the world of the matrix."""

import datetime

from django.core.files.base import ContentFile
from django.utils import timezone

from house.meetings.models import (
    Availability,
    DayChange,
    Joiner,
    Preparation,
    PrivateNote,
    Programme,
    ProgrammeRow,
    Promise,
    Session,
    SessionFile,
    Visit,
    VisitWord,
    WeeklyHours,
)

# Word → who may meet it, as a phrase of the table.
SECRETS = {
    "zzsession": "ours, expert, office",
    "zzsessionnote": "nobody",
    "zzpremsession": "premium, office",
    "zzvisit": "premium, office",
    "zzplan": "office",
    "zzsecretcalendar": "nobody",
    "zzdoorway": "expert, office",
}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    persons, now = world.persons, timezone.now()
    day = datetime.timedelta(days=1)
    terms = {"lengths": [60], "notice_hours": 0, "horizon_days": 30, "zone": "UTC"}
    hers = Availability.objects.create(
        person=persons["expert"], is_open=True, busy_url="https://x.example/zzsecretcalendar.ics",
        join_link="https://x.example/zzdoorway", **terms,
    )  # fmt: skip
    closed = Availability.objects.create(person=persons["office"], about="Closed", **terms)
    WeeklyHours.objects.create(
        availability=hers, weekday=0, begins=datetime.time(9), ends=datetime.time(12), zone="UTC"
    )
    DayChange.objects.create(availability=hers, day=(now + day).date())
    sessions = {
        "coming": _session(persons, cities["ours"], "coming", now + 3 * day),
        "held": _session(persons, cities["ours"], "held", now - 3 * day, state="held"),
        "prem": _session(
            persons, cities["prem"], "prem", now + 4 * day, booked_by=persons["premium"],
            expert=persons["office"], notes="zzpremsession",
        ),
    }  # fmt: skip
    file = SessionFile.objects.create(
        session=sessions["coming"], name="zzsession.txt", media_type="text/plain", size=1,
        file=ContentFile(b"zzsession", name="zz"),
    )  # fmt: skip
    PrivateNote.objects.create(
        session=sessions["held"], person=persons["signed out"], text="zzsessionnote"
    )
    promise = Promise.objects.create(
        session=sessions["held"], text="zzsession", owner=persons["partner"], due_on=now.date()
    )
    visit = _visit(persons, cities["prem"], now)
    codes = {state: {"code": session.code} for state, session in sessions.items()}
    return {
        "expert": {"open": {"code": hers.code}, "closed": {"code": closed.code}},
        "session": codes,
        "sessionfile": {"coming": {"code": sessions["coming"].code, "file": file.code}},
        "promise": {"held": {"code": promise.code}},
        "visit": {"shared": {"code": visit.code}},
    }


def _session(persons, city, key, starts_at, **facts):
    told = {
        "booked_by": persons["partner"],
        "expert": persons["expert"],
        "notes": "zzsession",
        **facts,
    }
    session = Session.objects.create(
        key=f"matrix:{key}", city=city, starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=1), zone="UTC",
        link="https://x.example/zzdoorway", **told,
    )  # fmt: skip
    Preparation.objects.create(session=session, goal=told["notes"])
    if key == "coming":
        Joiner.objects.create(session=session, person=persons["signed out"])
    return session


def _visit(persons, city, now):
    visit = Visit.objects.create(
        key="matrix", city=city, asked_by=persons["premium"], zone="UTC", state="shared", goals="zzvisit",
        teams="zzvisit", days=[(now + datetime.timedelta(days=40)).date().isoformat()],
        day=(now + datetime.timedelta(days=40)).date(), formats=["workshop"], languages=["en"],
        contact_name="zzvisit", contact_way="zzvisit",
    )  # fmt: skip
    VisitWord.objects.create(visit=visit, author=persons["premium"], text="zzvisit")
    ProgrammeRow.objects.create(
        visit=visit,
        begins=datetime.time(9),
        ends=datetime.time(12),
        format="workshop",
        title="zzplan",
    )
    Programme.objects.create(
        visit=visit, number=1, day=visit.day, shared_by=persons["office"],
        rows=[{"begins": "09:00", "ends": "12:00", "format": "workshop", "title": "zzvisit", "team": "",
               "people": "", "place": "", "notes": "", "travel": 0, "members": []}],
    )  # fmt: skip
    return visit
