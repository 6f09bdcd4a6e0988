"""METHOD:REPLY (RFC 5546): what somebody's calendar answered to an invitation of ours."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from house.ground.text import one_line
from house.notices import calendars
from house.notices.ics.parsing import Component, NotACalendar, components
from house.notices.models import CalendarInvitation
from house.people.models import Person

# every row in this file: an invitation is found for the person who answers it

ANSWERS = ("ACCEPTED", "DECLINED", "TENTATIVE")
# The words of `apply` for an answer that changed nothing.
NOT_APPLIED = frozenset({"old", "late", "refused", "unknown"})
UTC = datetime.UTC
_SOON = datetime.timedelta(hours=12)  # clocks go wrong, but not by more


@dataclass(frozen=True, slots=True)
class Answered:
    """`answer` is a PARTSTAT, or COUNTER or DELEGATED, which the house explains and doesn't apply."""

    uid: str
    attendee: str
    answer: str
    sequence: int | None  # None: the calendar did not say which mail it answers
    at: datetime.datetime
    comment: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "uid": self.uid, "attendee": self.attendee, "answer": self.answer, "sequence": self.sequence,
            "at": self.at.isoformat(),
        }  # fmt: skip


def answer_of(told: dict[str, Any]) -> Answered:
    at = datetime.datetime.fromisoformat(told["at"])
    return Answered(told["uid"], told["attendee"], told["answer"], told["sequence"], at)


def answers_in(parts: list[tuple[str, bytes]], sender: str) -> list[Answered]:
    """The sender's own, each thing once. Broken calendars and other methods say nothing."""
    found: dict[str, Answered] = {}
    for _method, raw in parts[:5]:
        try:
            roots = components(raw[:200_000])
        except NotACalendar:
            continue
        for root in roots[:3]:
            method = root.value("METHOD").upper()
            if method not in {"REPLY", "COUNTER"}:
                continue
            for event in root.named("VEVENT")[:20]:
                one = _answer(event, method, sender)
                if one is not None:
                    found[one.uid] = one
    return list(found.values())


def _answer(event: Component, method: str, sender: str) -> Answered | None:
    for attendee in event.all("ATTENDEE")[:50]:
        address = attendee.value.strip().lower().removeprefix("mailto:")
        if address != sender:
            continue
        said = attendee.parameters.get("PARTSTAT", "").upper()
        if method == "COUNTER" or event.value("RECURRENCE-ID"):
            said = "COUNTER"
        comment = event.first("COMMENT")
        return Answered(
            one_line(event.value("UID"))[:200], address, said, _number(event.value("SEQUENCE")),
            _stamp(event.value("DTSTAMP")), comment.text[:2000] if comment else "",
        )  # fmt: skip
    return None


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else None


def _stamp(value: str) -> datetime.datetime:
    """Never far in the future: such an answer could not be changed for years."""
    now = timezone.now()
    try:
        at = datetime.datetime.strptime(value.strip()[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return now
    return min(at, now + _SOON)


def invitation_for(answered: Answered, person: Person) -> CalendarInvitation | None:
    """Only what was sent to this very person. Under a lock, since two answers may come at once."""
    return (
        CalendarInvitation.objects.select_for_update()
        .filter(person=person, uid=answered.uid)
        .first()
    )


def apply(answered: Answered, row: CalendarInvitation) -> str:
    """Tell the room, unless it answers an earlier time or a later answer is known. In a word, what it did."""
    tell = calendars.answered_by(row.kind)
    if tell is None or answered.answer not in ANSWERS:
        return "unknown"
    sequence = row.sequence if answered.sequence is None else answered.sequence
    if row.method == "CANCEL" or sequence < row.sequence:
        return "old"
    if row.answered_at is not None and answered.at <= row.answered_at:
        return "old"
    room_sequence = max(0, sequence - (row.sequence - row.room_sequence))
    done = tell(row.code, row.person_id, answered.answer, room_sequence, answered.at)
    # The room may have sent a new invitation meanwhile: only the answer is noted.
    CalendarInvitation.objects.filter(pk=row.pk).update(
        answer=answered.answer, answered_sequence=sequence, answered_at=answered.at
    )
    return done
