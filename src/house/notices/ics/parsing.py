"""Takes a calendar from outside apart, into components of properties. What it says is for `reading`.

Written by hand, since a parser that builds zones and expands rules as it reads can be kept busy for
hours by one line, and some keep a hostile file's zones for the next file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from house.ground.errors import Refused

MAX_BYTES = 5 * 1024 * 1024
MAX_COMPONENTS = 20_000
MAX_LINE = 200_000  # letters of one line, its continuations included: a picture in an attachment
MAX_DEPTH = 6
_NAME = re.compile(r"[A-Za-z0-9.-]{1,80}\Z")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CARET = re.compile(r"\^([n'^])")


class NotACalendar(Refused):
    """What came can't be read as a calendar; the message says why."""

    code = "not-a-calendar"
    status = 422


@dataclass(frozen=True, slots=True)
class Property:
    name: str
    value: str
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """A TEXT value in plain letters."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass(slots=True)
class Component:
    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        return next((each for each in self.properties if each.name == name), None)

    def all(self, name: str) -> list[Property]:
        return [each for each in self.properties if each.name == name]

    def value(self, name: str) -> str:
        found = self.first(name)
        return found.value.strip() if found else ""

    def named(self, name: str) -> list["Component"]:
        return [part for part in self.parts if part.name == name]


def components(raw: bytes) -> list[Component]:
    """The calendars in the file: there may be several. Raises `NotACalendar` with a sentence."""
    if len(raw) > MAX_BYTES:
        raise NotACalendar(_("The calendar is larger than 5 MB."))
    roots: list[Component] = []
    stack: list[Component] = []
    count = 0
    for line in _lines(_decoded(raw)):
        prop = _property(line)
        if prop is None:
            continue  # not a property: real files hold such lines, and what follows may be read
        if prop.name == "BEGIN":
            count += 1
            if count > MAX_COMPONENTS or len(stack) >= MAX_DEPTH:
                raise NotACalendar(_("The calendar holds more than the house reads."))
            stack.append(Component(prop.value.strip().upper()))
        elif prop.name == "END":
            _close(prop.value.strip().upper(), stack, roots)
        elif stack:
            stack[-1].properties.append(prop)
    while stack:  # cut off in the middle: what came is read
        _close(stack[-1].name, stack, roots)
    found = [root for root in roots if root.name == "VCALENDAR"]
    if not found and any(root.name in {"VEVENT", "VFREEBUSY"} for root in roots):
        found = [Component("VCALENDAR", [], roots)]  # the events without their cover
    if not found:
        raise NotACalendar(_("This is not a calendar: it has no BEGIN:VCALENDAR."))
    return found


def _close(name: str, stack: list[Component], roots: list[Component]) -> None:
    """Ends the innermost component of that name, and with it what was left open inside."""
    if not any(each.name == name for each in stack):
        return
    while stack:
        done = stack.pop()
        (stack[-1].parts if stack else roots).append(done)
        if done.name == name:
            return


def _decoded(raw: bytes) -> str:
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _lines(text: str) -> Iterator[str]:
    """Unfolded. Bare line feeds and carriage returns end a line too, as real files have them."""
    held: list[str] = []
    size = 0
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in {" ", "\t"} and held:
            size += len(line)
            if size > MAX_LINE:
                raise NotACalendar(_("A line of the calendar is longer than the house reads."))
            held.append(line[1:])
            continue
        if held:
            yield "".join(held)
        held, size = [line], len(line)
        if size > MAX_LINE:
            raise NotACalendar(_("A line of the calendar is longer than the house reads."))
    yield "".join(held)


def _property(line: str) -> Property | None:
    head, value = _split(line)
    name, *told = head
    name = name.rpartition(".")[2].strip().upper()  # a group before the name, as vCards have it
    if value is None or not _NAME.match(name):
        return None
    parameters = {}
    for each in told[:40]:
        key, equals, said = each.partition("=")
        if equals:
            said = said.replace('"', "")
            parameters[key.strip().upper()] = _CARET.sub(
                lambda found: {"n": "\n", "'": '"', "^": "^"}[found[1]], said
            )
    return Property(name, value, parameters)


def _split(line: str) -> tuple[list[str], str | None]:
    """(name and parameters, value): neither `;` nor `:` parts anything between quotation marks."""
    if '"' not in line.partition(":")[0]:
        head, colon, value = line.partition(":")
        return head.split(";"), value if colon else None
    parts, start, quoted = [], 0, False
    for at, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter in ";:" and not quoted:
            parts.append(line[start:at])
            start = at + 1
            if letter == ":":
                return parts, line[start:]
    return [line], None
