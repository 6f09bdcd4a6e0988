"""Single values of a schedule file, read the same in XML and JSON. Each says in words what is wrong."""

import base64
import contextlib
import datetime
import re
import uuid
from collections.abc import Iterable
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from house.gatherings.schedule.found import Found, FoundDay, FoundRoom, FoundSession, FoundSpeaker
from house.ground.html import safe_url, to_text
from house.ground.text import clean, one_line

_DURATION = re.compile(r"(\d{1,3}):([0-5]?\d)(?::([0-5]?\d))?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_TAG = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


class Unreadable(ValueError):  # noqa: N818 -- reads as what the value is
    """A value that can't be used; its text is for the person who chose the file."""


def line(value: Any, limit: int) -> str:
    """Words on one line; markup is taken out, not shown."""
    if isinstance(value, dict):  # {"en": …, "de": …}
        value = value.get("en") or next(iter(value.values()), "")
    return one_line(to_text(str(value or "")))[:limit].strip()


def words(value: Any, limit: int) -> str:
    if isinstance(value, dict):
        value = value.get("en") or next(iter(value.values()), "")
    text = str(value or "")
    return (to_text(text) if "<" in text else clean(text)).strip()[:limit]


def moment(value: Any, what: str) -> datetime.datetime:
    try:
        found = parse_datetime(str(value or "").strip())
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2200:  # not to be reckoned with
        raise Unreadable(
            _("%(what)s “%(value)s” is not a moment such as 2026-05-04T09:30:00+02:00.")
            % {"what": what, "value": str(value)[:60]}
        )
    if found.tzinfo is None:
        raise Unreadable(
            _("%(what)s “%(value)s” does not say in which time zone, such as +02:00 at its end.")
            % {"what": what, "value": str(value)[:60]}
        )
    return found.astimezone(datetime.UTC)


def duration(value: Any) -> int:
    """Minutes of "01:30"."""
    match = _DURATION.fullmatch(str(value or "").strip())
    minutes = int(match[1]) * 60 + int(match[2]) if match else 0
    if not 1 <= minutes <= 24 * 60:
        raise Unreadable(
            _("The length “%(value)s” is not hours and minutes such as 00:45, at most 24:00.")
            % {"value": str(value)[:60]}
        )
    return minutes


def identity(value: Any, found: Found, place: str, fallback: str) -> uuid.UUID:
    """The guid; of what has none or another form, always the same one made from what it has."""
    text = str(value or "").strip()
    try:
        # frab wrote the sixteen bytes in base64 for some years.
        is_packed = len(text) == 22
        return (
            uuid.UUID(bytes=base64.urlsafe_b64decode(f"{text}==")) if is_packed else uuid.UUID(text)
        )
    except ValueError:
        name = text or fallback
        if text:
            found.complain(
                place,
                _("The guid “%(value)s” has another form; a steady one was made from it.")
                % {"value": text[:60]},
            )
        return uuid.uuid5(uuid.NAMESPACE_URL, f"schedule:{found.acronym}:{name}")


def colour(value: Any) -> str:
    text = str(value or "").strip()
    return text if _COLOUR.fullmatch(text) else ""


def language(value: Any) -> str:
    text = str(value or "").strip().replace("_", "-")
    return text[:12] if _TAG.fullmatch(text) else ""


def number(value: Any) -> int | None:
    try:
        found = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if 0 < found < 1_000_000 else None


def links(rows: Any) -> list[dict[str, str]]:
    """Only web addresses: a link that a browser could run is left out."""
    kept = []
    for row in rows or ():
        url = safe_url(str(row.get("url") or row.get("href") or ""))[:400]
        if url:
            kept.append({"url": url, "title": line(row.get("title"), 200) or url})
    return kept[:20]


def note_room(found: Found, name: str, *, guid: Any = None, capacity: Any = None) -> None:
    room = found.rooms.setdefault(name, FoundRoom(name))
    with contextlib.suppress(ValueError):
        room.guid = uuid.UUID(str(guid)) if guid else room.guid
    room.capacity = number(capacity) or room.capacity


def speaker(external_id: Any, name: Any, role: Any = "") -> FoundSpeaker | None:
    told = line(name, 120)
    return FoundSpeaker(str(external_id or told)[:60], told, line(role, 160)) if told else None


def apart(speakers: Iterable[FoundSpeaker | None]) -> list[FoundSpeaker]:
    """Each once: some files list the same people as persons and as participants."""
    return list({each.external_id: each for each in speakers if each is not None}.values())


def keep(found: Found, session: FoundSession) -> None:
    """Add it, unless the file says the same guid twice."""
    if not session.title:
        raise Unreadable(_("This session has no title."))
    earlier = found.titles.setdefault(session.guid, session.title)
    if len(found.titles) == len(found.sessions):
        raise Unreadable(
            _("The guid of “%(title)s” stands in the file twice, also at “%(other)s”.")
            % {"title": session.title[:80], "other": earlier[:80]}
        )
    if session.room:
        note_room(found, session.room)
    if session.track:
        found.tracks.setdefault(session.track, "")
    found.sessions.append(session)


def web(value: Any) -> str:
    return safe_url(str(value or "").strip()[:400])


def date(value: Any, begin: datetime.datetime) -> datetime.date:
    """The day as the file says it; else that on which it begins."""
    try:
        return datetime.date.fromisoformat(str(value or "").strip()[:10])
    except ValueError:
        return begin.date()


def keep_day(found: Found, place: str, day: Any, starts_at: Any, ends_at: Any) -> None:
    """A day that can't be read costs nothing: the sessions make their own."""
    try:
        begin = moment(starts_at, _("The beginning of the day"))
        end = moment(ends_at, _("The end of the day"))
    except Unreadable as problem:
        found.complain(place, str(problem))
        return
    if end <= begin:
        found.complain(place, _("The day ends before it begins."))
        return
    found.days.append(FoundDay(date(day, begin), begin, end))
