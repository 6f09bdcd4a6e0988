"""frab's and pretalx's schedule.xml. No document type, no entity, nothing fetched."""

from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from house.gatherings.schedule import values
from house.gatherings.schedule.found import MOST, Found, FoundSession
from house.gatherings.schedule.values import Unreadable

_DEEP = 12  # a schedule has six levels


class _TooDeepError(ParseError):
    """Its nesting alone says that it is no schedule."""


class _Lined(DefusedXMLParser):
    """Notes the line on which each element begins, and stops at nesting that no schedule has."""

    depth = 0

    def _start(self, tag: str, attributes: Any) -> Any:
        self.depth += 1
        if self.depth > _DEEP:
            raise _TooDeepError
        element = super()._start(tag, attributes)
        element.line = self.parser.CurrentLineNumber
        return element

    def _end(self, tag: str) -> Any:
        self.depth -= 1
        return super()._end(tag)


def read(data: bytes) -> Found:
    found = Found()
    root = _parsed(data, found)
    if root is None:
        return found
    if root.tag != "schedule":
        said = _("This is XML, but no schedule: it begins with “%(tag)s”.")
        found.complain(_line(root), said % {"tag": str(root.tag)[:40]}, fatal=True)
        return found
    _head(root, found)
    for day in root.findall("day"):
        _day(day, found)
    return found


def _parsed(data: bytes, found: Found) -> Any:
    parser = _Lined(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        return parser.close()
    except DefusedXmlException:
        said = _(
            "The file defines a document type or entities. A schedule needs none: it was not read."
        )
        found.complain(_("line 1"), said, fatal=True)
    except _TooDeepError:
        said = _("The file is nested deeper than any schedule.")
        found.complain(_("the file"), said, fatal=True)
    except ParseError as problem:
        at = getattr(problem, "position", (0, 0))[0]
        place = _("line %(number)s") % {"number": at} if at else _("the file")
        found.complain(place, _("The file is not well-formed XML here."), fatal=True)
    except (ValueError, LookupError):  # an encoding that nobody knows
        found.complain(_("line 1"), _("The file's letters can't be read."), fatal=True)
    return None


def _line(element: Any) -> str:
    return _("line %(number)s") % {"number": getattr(element, "line", 1)}


def _head(root: Any, found: Found) -> None:
    conference = root.find("conference")
    found.version = values.line(root.findtext("version"), 100)
    if conference is None:
        found.complain(_line(root), _("The file has no conference."), fatal=True)
        return
    found.title = values.line(conference.findtext("title"), 200)
    found.acronym = values.line(conference.findtext("acronym"), 80)
    found.zone = values.line(conference.findtext("time_zone_name"), 40)
    for track in conference.findall("track"):
        name = values.line(track.get("name") or track.text, 120)
        if name:
            found.tracks[name] = values.colour(track.get("color"))


def _day(day: Any, found: Found) -> None:
    values.keep_day(found, _line(day), day.get("date"), day.get("start"), day.get("end"))
    for room in day.findall("room"):
        name = values.line(room.get("name"), 120)
        if name:
            values.note_room(found, name, guid=room.get("guid"))
        for event in room.findall("event"):
            if len(found.sessions) >= MOST:
                found.complain(
                    _line(event), _("There are more sessions than a programme holds."), fatal=True
                )
                return
            try:
                values.keep(found, _session(event, name, found))
            except Unreadable as problem:
                found.complain(_line(event), str(problem), fatal=True)


def _session(event: Any, room: str, found: Found) -> FoundSession:
    def text(name: str) -> str:
        return event.findtext(name) or ""

    recording = event.find("recording")
    opted_out = recording is not None and (recording.findtext("optout") or "").strip() == "true"
    persons = [
        values.speaker(each.get("guid") or each.get("id"), each.text)
        for each in event.findall("persons/person")
    ]
    return FoundSession(
        guid=values.identity(
            event.get("guid"), found, _line(event), event.get("id") or text("slug")
        ),
        title=values.line(text("title"), 300),
        starts_at=values.moment(text("date"), _("The date")),
        minutes=values.duration(text("duration")),
        kind=values.line(text("type"), 60),
        subtitle=values.line(text("subtitle"), 300),
        abstract=values.words(text("abstract"), 20_000),
        description=values.words(text("description"), 50_000),
        language=values.language(text("language")),
        track=values.line(text("track"), 120),
        room=values.line(text("room"), 120) or room,
        licence=values.line(recording.findtext("license"), 120) if recording is not None else "",
        do_not_record=opted_out,
        external_id=values.line(event.get("id") or event.get("guid"), 60),
        origin_url=values.web(text("url")),
        links=values.links(
            [{"url": each.get("href"), "title": each.text} for each in event.findall("links/link")]
        ),
        speakers=values.apart(persons),
        place=_line(event),
    )
