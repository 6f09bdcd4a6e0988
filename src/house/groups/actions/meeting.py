import datetime
import zoneinfo
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.ground.html import safe_url
from house.ground.text import one_line
from house.groups.access import memberships
from house.groups.models import Group, Meeting, MeetingAnswer
from house.groups.steps import (
    call_off,
    herself,
    invite_to,
    line,
    lock,
    members_of,
    thread_of,
    within,
    words,
)
from house.notices import happenings
from house.partners import rights


@dataclass(frozen=True, slots=True)
class Date:
    """A meeting as somebody wants it. Without a link (None) the one it has stays."""

    title: str
    starts_at: datetime.datetime
    minutes_long: int = 60
    zone: str = "UTC"
    join_url: str | None = None
    place: str = ""
    agenda: str = ""


LONGEST = datetime.timedelta(hours=12)
_AHEAD = datetime.timedelta(days=2 * 366)


@transaction.atomic
def plan_meeting(group: Group, date: Date, *, by: Viewer) -> Meeting:
    """A date for all members, who each get an invitation for their calendar."""
    rights.require(by, "agora.write")
    allow(by, "work", lock(group))
    told = _told(date)
    if date.starts_at < timezone.now():
        raise Refused(_("This moment has passed."), remedy=_("Choose one to come."))
    meeting = Meeting.objects.create(group=group, made_by_id=by.person_id, **told)
    journal.record("groups.meet", group, by=by, facts={"meeting": meeting.code})
    for person in members_of(group):
        invite_to(meeting, person)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, date: Date, *, by: Viewer) -> Meeting:
    """Members get a new invitation where time, place or name changed; what they answered is asked anew."""
    rights.require(by, "agora.write")
    allow(by, "work", lock(meeting.group))
    meeting.refresh_from_db()
    if meeting.is_cancelled:
        raise Refused(_("This meeting was called off."), remedy=_("Plan a new one."))
    told = _told(date)
    moved = ("starts_at", "ends_at", "zone", "place", "title")
    is_new = any(getattr(meeting, name) != told[name] for name in moved)
    for name, value in told.items():
        setattr(meeting, name, value)
    meeting.changed_at = timezone.now()
    meeting.sequence += is_new
    meeting.save()
    if is_new:
        journal.record("groups.meeting_moved", meeting, by=by, facts={"to": meeting.starts_at})
        for person in members_of(meeting.group):
            invite_to(meeting, person)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Viewer) -> Meeting:
    """Called off: it goes from everybody's calendar."""
    rights.require(by, "agora.write")
    allow(by, "work", lock(meeting.group))
    meeting.refresh_from_db()
    if meeting.is_over():
        raise Refused(_("This meeting is over."), remedy=_("Write down what came of it."))
    if not meeting.is_cancelled:
        meeting.cancelled_at = meeting.changed_at = timezone.now()
        meeting.sequence += 1
        meeting.save(update_fields=["cancelled_at", "changed_at", "sequence"])
        journal.record("groups.meeting_cancelled", meeting, by=by)
        for person in members_of(meeting.group):
            call_off(meeting, person)
    return meeting


@transaction.atomic
def write_minutes(
    meeting: Meeting, minutes: str, *, by: Viewer, seen: str | None = None
) -> Meeting:
    """What was said and decided. `seen` is the text that she began from.

    Raises `Refused` when a colleague saved other minutes meanwhile: nothing is overwritten.
    """
    rights.require(by, "agora.write")
    allow(by, "work", lock(meeting.group))
    meeting.refresh_from_db()
    if seen is not None and words(seen, _("Minutes"), 40_000) != meeting.minutes:
        raise Refused(
            _("A colleague saved other minutes while you wrote."),
            remedy=_("Both texts stand below. Put them together, then save again."),
        )
    is_first = not meeting.minutes
    meeting.minutes = words(minutes, _("Minutes"), 40_000)
    meeting.minutes_by_id, meeting.minutes_at = by.person_id, timezone.now()
    meeting.save(update_fields=["minutes", "minutes_by", "minutes_at"])
    if is_first and meeting.minutes:
        happenings.tell(
            "groups.minutes", meeting, key=f"groups.minutes:{meeting.code}", by=by,
            thread=thread_of(meeting.group),
        )  # fmt: skip
    return meeting


@transaction.atomic
def answer_meeting(
    meeting: Meeting,
    answer: str,
    *,
    by: Viewer,
    sequence: int | None = None,
    at: datetime.datetime | None = None,
) -> MeetingAnswer | None:
    """Whether she comes. An answer older than the last one known changes nothing (None)."""
    if not memberships(by).filter(group=meeting.group).exists():
        raise Forbidden(_("Members of the group answer this."))
    if answer not in MeetingAnswer.Answer.values:
        raise Refused(_("Say whether you come."))
    at = at or timezone.now()
    sequence = meeting.sequence if sequence is None else sequence
    lock(meeting.group)
    known = MeetingAnswer.objects.filter(meeting=meeting, person_id=herself(by)).first()
    if known and (known.sequence, known.answered_at) > (sequence, at):
        return None
    said, _is_new = MeetingAnswer.objects.update_or_create(
        meeting=meeting,
        person_id=herself(by),
        defaults={"answer": answer, "sequence": sequence, "answered_at": at},
    )
    return said


def _told(date: Date) -> dict[str, Any]:
    if date.zone not in zoneinfo.available_timezones():
        raise Refused(_("“%(zone)s” is no time zone.") % {"zone": one_line(date.zone)[:60]})
    length = datetime.timedelta(minutes=date.minutes_long)
    if not datetime.timedelta(minutes=5) <= length <= LONGEST:
        raise Refused(_("A meeting lasts between 5 minutes and 12 hours."))
    if date.starts_at > timezone.now() + _AHEAD:
        raise Refused(_("Meetings are planned two years ahead at most."))
    told: dict[str, Any] = {
        "title": line(date.title, _("Title"), 160),
        "starts_at": date.starts_at,
        "ends_at": date.starts_at + length,
        "zone": date.zone,
        "place": within(one_line(date.place), _("Place"), 200),
        "agenda": words(date.agenda, _("Agenda"), 8000),
    }
    if date.join_url is not None:
        told["join_url"] = _link(one_line(date.join_url))
    return told


def _link(address: str) -> str:
    link = safe_url(address)
    if address and not link:
        raise Refused(_("The link to join is no web address, such as https://meet.example/…"))
    return within(link, _("The link to join"), 500)
