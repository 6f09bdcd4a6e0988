"""Taking a schedule file in: first only looked at, then, confirmed, made the working copy."""

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.viewer import Viewer
from house.gatherings import waiting
from house.gatherings.actions.programme import add_room, add_track, remove_session
from house.gatherings.models import (
    Consent,
    Day,
    Event,
    Room,
    ScheduleFile,
    Session,
    Speaker,
    Track,
)
from house.gatherings.schedule.found import LONGEST, Found, FoundSession
from house.gatherings.schedule.planning import COLUMNS, Plan, plan_of
from house.gatherings.schedule.reading import read
from house.gatherings.steps import note_act
from house.ground.errors import Refused
from house.ground.text import one_line, shorten


@transaction.atomic
def keep_schedule(event: Event, file: File[bytes], *, by: Viewer) -> ScheduleFile:
    """Keep the file until it is confirmed. One of an event at a time."""
    allow(by, "edit", event)
    if (file.size or 0) > LONGEST:
        raise Refused(_("The file is larger than 8 MB."))
    assert by.person_id is not None  # noqa: S101 -- the policy lets no visitor edit
    ScheduleFile.objects.filter(event=event).delete()
    return ScheduleFile.objects.create(
        event=event,
        name=shorten(one_line(file.name or ""), 200) or "schedule",
        data=file.read(),
        given_by_id=by.person_id,
    )


@transaction.atomic
def apply_schedule(kept: ScheduleFile, *, by: Viewer, digest: str) -> Plan:
    """Do what the preview said. Raises `Refused` where it would be something else by now.

    Readers see nothing of it before the next version is published.
    """
    event = waiting.lock(kept.event)
    allow(by, "edit", event)
    found = read(bytes(kept.data))
    plan = plan_of(event, found)
    if found.is_broken:
        raise Refused(_("The file has errors that must be mended first."))
    if plan.digest != digest:
        raise Refused(
            _("The programme was changed since you looked."),
            remedy=_("Look at what would be changed once more, then confirm."),
        )
    _days(event, found)
    rooms = _rooms(event, found, by=by)
    tracks = {
        name: add_track(event, by=by, name=name, colour=colour)
        for name, colour in found.tracks.items()
    }
    for row in [*plan.added, *plan.changed]:
        if row.found is not None:
            _put(event, row.found, row.session, rooms, tracks)
    for row in plan.removed:
        if row.session is not None:
            row.session.event = event
            remove_session(row.session, by=by)
    kept.delete()
    event.changed_at = timezone.now()
    event.save(update_fields=["changed_at"])
    note_act(
        "schedule", event, by=by,
        added=len(plan.added), changed=len(plan.changed), removed=len(plan.removed),
    )  # fmt: skip
    return plan


def _days(event: Event, found: Found) -> None:
    for day in found.days:
        Day.objects.update_or_create(
            event=event,
            date=day.date,
            defaults={"starts_at": day.starts_at, "ends_at": day.ends_at},
        )


def _rooms(event: Event, found: Found, *, by: Viewer) -> dict[str, Room]:
    """By name, with the guid that the file gives them."""
    made = {}
    for name, one in found.rooms.items():
        room = add_room(event, by=by, name=name, capacity=one.capacity)
        if one.guid is not None and room.guid != one.guid:
            room.guid = one.guid
            room.save(update_fields=["guid"])
        made[name] = room
    return made


def _put(
    event: Event,
    found: FoundSession,
    session: Session | None,
    rooms: dict[str, Room],
    tracks: dict[str, Track],
) -> None:
    session = session or Session(event=event, guid=found.guid)
    for name in COLUMNS:
        setattr(session, name, getattr(found, name))
    session.external_id = found.external_id
    session.room, session.track = rooms.get(found.room), tracks.get(found.track)
    session.is_dropped = False
    session.save()
    _speakers(session, found)


def _speakers(session: Session, found: FoundSession) -> None:
    """Those of the file are from outside: their names are public there already. Our own stay."""
    here = Speaker.objects.filter(session=session, person=None)
    theirs, kept = {each.external_id: each for each in here}, []
    for position, one in enumerate(found.speakers):
        speaker = theirs.pop(one.external_id, None) or Speaker(
            session=session, external_id=one.external_id, consent=Consent.GIVEN
        )
        speaker.name, speaker.role, speaker.position = one.name, one.role, position
        speaker.save()
        kept.append(speaker.pk)
    here.exclude(pk__in=kept).delete()
