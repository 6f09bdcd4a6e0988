"""What taking a schedule file in would do to the working copy: added, changed, taken out. Writes nothing."""

import hashlib
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from house.gatherings.models import Event, Session, Speaker
from house.gatherings.programme.diffs import TOLD
from house.gatherings.schedule.found import Found, FoundSession

# every row in this file: the caller looks after the event

# Session's own columns that a file sets.
COLUMNS = (
    "title", "starts_at", "minutes", "kind", "subtitle", "abstract", "description", "language", "licence",
    "do_not_record", "external_id", "origin_url", "links",
)  # fmt: skip


@dataclass(slots=True)
class Row:
    title: str
    words: list[str] = field(default_factory=list)
    found: FoundSession | None = None
    session: Session | None = None


@dataclass(slots=True)
class Plan:
    added: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    same: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)

    @property
    def digest(self) -> str:
        """Of what would be done: a plan that became another one meanwhile is shown again first."""
        parts = [
            f"{mark}{row.title}{row.words}"
            for mark, rows in (("+", self.added), ("~", self.changed), ("-", self.removed))
            for row in rows
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def plan_of(event: Event, found: Found) -> Plan:
    """By guid. Only sessions that came from a file are taken out by one that lacks them."""
    plan = Plan()
    here = {
        session.guid: session
        for session in Session.objects.filter(event=event).select_related("room", "track")
    }
    named: dict[int, list[str]] = {}
    for speaker in Speaker.objects.filter(session__event=event).exclude(name=""):
        named.setdefault(speaker.session_id, []).append(speaker.name)
    for one in found.sessions:
        session = here.pop(one.guid, None)
        if session is None:
            plan.added.append(Row(one.title, found=one))
            continue
        words = _words(session, one, named.get(session.pk, []))
        if words:
            plan.changed.append(Row(one.title, words, one, session))
        else:
            plan.same += 1
    plan.removed = [
        Row(session.title, session=session)
        for session in here.values()
        if session.external_id and not session.is_dropped
    ]
    return plan


def _words(session: Session, found: FoundSession, names: list[str]) -> list[str]:
    keys = [name for name in COLUMNS if getattr(session, name) != getattr(found, name)]
    if (session.room.name if session.room else "") != found.room:
        keys.append("room")
    if (session.track.name if session.track else "") != found.track:
        keys.append("track")
    if session.is_dropped:
        keys.append("is_dropped")
    if names != [speaker.name for speaker in found.speakers]:
        keys.append("speakers")
    return list(dict.fromkeys(str(TOLD.get(key, _("other details"))) for key in keys))
