"""Planning a programme and letting it out, version by version."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.viewer import Viewer
from house.gatherings import waiting
from house.gatherings.models import (
    Consent,
    Event,
    ProgrammeVersion,
    Room,
    Session,
    SessionPlace,
    Speaker,
    Track,
)
from house.gatherings.programme.diffs import Change, differences
from house.gatherings.programme.snapshot import digest_of, snapshot
from house.gatherings.steps import changed, note_act, post, post_to_speaker
from house.ground.errors import Refused
from house.ground.html import safe_url
from house.ground.text import clean, one_line, shorten
from house.people.models import Person

_LINES = {"title": 300, "subtitle": 300, "kind": 60, "language": 12, "licence": 120}
_TEXTS = {"abstract": 20_000, "description": 50_000}
_PLAIN = ("starts_at", "minutes", "track", "room", "do_not_record", "takes_places", "capacity")


@transaction.atomic
def add_room(event: Event, *, by: Viewer, name: str, capacity: int | None = None) -> Room:
    """A room of that name; there already, it takes the new number of places."""
    allow(by, "edit", event)
    name = _named(name)
    last = Room.objects.filter(event=event).aggregate(last=Max("position"))["last"]
    room, _is_new = Room.objects.update_or_create(
        event=event,
        name=name,
        defaults={"capacity": capacity},
        create_defaults={"capacity": capacity, "position": (last or 0) + 1},
    )
    return room


@transaction.atomic
def add_track(event: Event, *, by: Viewer, name: str, colour: str = "") -> Track:
    allow(by, "edit", event)
    last = Track.objects.filter(event=event).aggregate(last=Max("position"))["last"]
    track, _is_new = Track.objects.update_or_create(
        event=event,
        name=_named(name),
        defaults={"colour": colour},
        create_defaults={"colour": colour, "position": (last or 0) + 1},
    )
    return track


@transaction.atomic
def remove_part(part: Room | Track, *, by: Viewer) -> None:
    """The sessions in it stay, without room or track."""
    allow(by, "edit", part.event)
    part.delete()


@transaction.atomic
def save_session(
    event: Event, *, by: Viewer, session: Session | None = None, **facts: Any
) -> Session:
    """Add a session to the working copy, or change one of it. Readers see it with the next version."""
    allow(by, "edit", event)
    session = session or Session(event=event, guid=uuid.uuid4())
    for name, value in facts.items():
        setattr(session, name, _tidy(name, value))
    if not session.title:
        raise Refused(_("A session needs a title."))
    last_day = event.ends_at + datetime.timedelta(days=1)
    if not event.starts_at - datetime.timedelta(days=1) <= session.starts_at <= last_day:
        raise Refused(
            _("The session begins on a day on which the event does not take place."),
            remedy=_("Look at the date, or change the dates of the event first."),
        )
    session.save()
    return session


def _tidy(name: str, value: Any) -> Any:
    if name in _LINES:
        return one_line(value)[: _LINES[name]]
    if name in _TEXTS:
        return clean(value).strip()[: _TEXTS[name]]
    if name == "links":
        rows = [(safe_url(row["url"]), one_line(row["title"])) for row in value]
        return [{"url": url, "title": title or url} for url, title in rows if url][:20]
    if name not in _PLAIN:
        raise TypeError(f"A session has no {name}")
    return value


@transaction.atomic
def remove_session(session: Session, *, by: Viewer) -> None:
    """Out of the working copy. What readers see goes with the next version, which tells who chose it."""
    allow(by, "edit", session.event)
    if not session.is_public:
        session.delete()
        return
    session.is_dropped = True
    session.save(update_fields=["is_dropped"])


@transaction.atomic
def put_speakers(session: Session, rows: Sequence[dict[str, Any]], *, by: Viewer) -> None:
    """Who speaks, in this order: `{"person": Person | None, "name": …, "role": …}`.

    A person of the house is asked whether she agrees to be named; until then nobody reads her name.
    """
    allow(by, "edit", session.event)
    here = {
        (speaker.person_id, speaker.name): speaker
        for speaker in Speaker.objects.filter(session=session)
    }
    kept: set[int] = set()
    for position, row in enumerate(rows):
        person: Person | None = row.get("person")
        name = "" if person else one_line(row.get("name", ""))[:120]
        if person is None and not name:
            continue
        role = one_line(row.get("role", ""))[:160]
        speaker = here.get((person.pk if person else None, name))
        if speaker is None:
            speaker = here[person.pk if person else None, name] = Speaker.objects.create(
                session=session, person=person, name=name, role=role, position=position,
                consent=Consent.ASKED if person else Consent.GIVEN,
            )  # fmt: skip
            if person is not None:
                post_to_speaker(speaker)
        if speaker.pk not in kept:  # who stands there twice is named once
            Speaker.objects.filter(pk=speaker.pk).update(role=role, position=position)
            kept.add(speaker.pk)
    Speaker.objects.filter(session=session).exclude(pk__in=kept).delete()


@transaction.atomic
def consent(speaker: Speaker, *, by: Viewer, agrees: bool) -> Speaker:
    """She says whether she may be named; it counts at once, also in versions that are out."""
    allow(by, "consent", speaker)
    speaker.consent = Consent.GIVEN if agrees else Consent.DECLINED
    speaker.save(update_fields=["consent"])
    changed(speaker.session.event)
    return speaker


@transaction.atomic
def publish_programme(event: Event, *, by: Viewer, note: str = "") -> ProgrammeVersion:
    """Let the working copy out as the next version, and tell those whose sessions it touches.

    The same again makes no version.
    """
    waiting.lock(event)
    allow(by, "edit", event)
    content = snapshot(event)
    if not content["sessions"]:
        raise Refused(_("There is no session to publish yet."))
    digest = digest_of(content)
    last = ProgrammeVersion.objects.filter(event=event, number=event.programme).first()
    if last is not None and last.digest == digest:
        return last
    version = ProgrammeVersion.objects.create(
        event=event,
        number=event.programme + 1,
        note=shorten(note, 500),
        content=content,
        digest=digest,
        made_by_id=by.person_id,
    )
    event.programme = version.number
    event.save(update_fields=["programme"])
    if event.is_out:
        changed(event)
        if last is not None:
            _tell_who_chose(event, version, differences(last.content, content))
    sessions = Session.objects.filter(event=event)
    sessions.filter(is_dropped=False).update(is_public=True)
    sessions.filter(is_dropped=True).update(is_public=False)
    SessionPlace.objects.filter(session__event=event, session__is_dropped=True).delete()
    note_act("programme", event, by=by, version=version.number)
    return version


def _tell_who_chose(event: Event, version: ProgrammeVersion, changes: list[Change]) -> None:
    """Those with a place in a session that was moved; who waits for it hears too."""
    touched = [change.code for change in changes if change.touches_who_comes]
    if not touched:
        return
    chosen = SessionPlace.objects.filter(
        registration__event=event, session__code__in=touched
    ).select_related("registration")
    for registration in {place.registration for place in chosen}:
        if registration.is_live:
            post("gatherings.programme", registration, key=f"v{version.number}")


def _named(name: str) -> str:
    name = one_line(name)[:120]
    if not name:
        raise Refused(_("Give it a name."))
    return name
