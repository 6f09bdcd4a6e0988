"""What the rail and the bottom bar show, in one order everywhere.

A room stands here once it can be entered; the hues of the rooms to come wait in frontend/tokens.mjs.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.front.languages import in_language


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere the rail leads to. `letter` follows `g` on the keyboard."""

    name: str
    label: str | Promise
    url_name: str
    icon: str
    letter: str
    on_phone: bool = True
    # A capability: nobody else is told that there is such a place; `also` is another that opens it.
    takes: str = ""
    also: str = ""

    @property
    def url(self) -> str:
        """Empty until the place has a door: then nothing leads there."""
        return in_language(_address(self.url_name))


@functools.cache  # every page asks for all of them
def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


ROOMS = (
    Place("alex", _("ALEX"), "alex:entry_list", "alex", "a"),
    Place("agora", _("Agora"), "agora:post_list", "agora", "g", takes="agora.read"),
    Place(
        "groups",
        _("Working groups"),
        "groups:group_list",
        "groups",
        "w",
        on_phone=False,
        takes="agora.read",
    ),
    Place("gatherings", _("Gatherings"), "gatherings:event_list", "gatherings", "e"),
    Place(
        "meetings",
        _("Sessions"),
        "meetings:home",
        "meetings",
        "s",
        on_phone=False,
        takes="meetings.book",
        also="meetings.offer",
    ),
    Place("magazine", _("Magazine"), "magazine:issue_list", "magazine", "m", on_phone=False),
    Place("radar", _("Radar"), "radar:story_list", "radar", "r", on_phone=False),
    Place("atlas", _("Atlas"), "front:atlas", "atlas", "l", on_phone=False),
    Place("showcase", _("Showcase"), "showcase:home", "showcase", "o", on_phone=False),
)
HALL = (
    Place("home", _("Home"), "front:home", "home", "h"),
    Place("ask", _("Ask"), "front:ask", "ask", "q"),
)
SHELVES = (
    Place("cities", _("Cities"), "front:city_list", "cities", "c", on_phone=False),
    Place("topics", _("Topics"), "front:topic_list", "topics", "t", on_phone=False),
    Place(
        "people",
        _("People"),
        "people:person_list",
        "people",
        "p",
        on_phone=False,
        takes="people.directory",
    ),
)

MINE = (
    Place("me", _("My profile"), "people:me", "person", ""),
    Place("notices", _("Notices"), "notices:inbox", "bell", ""),
    Place("calendar", _("Calendar"), "calendars:calendar", "calendar", ""),
    Place("welcome", _("First weeks"), "front:welcome", "check", ""),
    Place("security", _("Safety"), "people:security", "lock", ""),
)
OURS = (Place("partnership", _("Our partnership"), "partners:partnership", "cities", ""),)
DESK = (Place("office", _("The foundation's desk"), "office:today", "office", ""),)
DEMO = (Place("mailbox", _("Mailbox of the demonstration"), "mailbox", "inbox", ""),)

ROOM_NAMES = frozenset(room.name for room in ROOMS)
# The atlas has three parts, each with addresses of its own.
ATLAS = frozenset({"initiatives", "mobility", "clauses"})


def rooms_for(viewer: Viewer) -> tuple[Place, ...]:
    return tuple(
        room for room in ROOMS if not room.takes or viewer.can(room.takes) or viewer.can(room.also)
    )


def more_on_phone(places: Iterable[Place]) -> tuple[Place, ...]:
    """What of these the bottom bar of a phone has no room for; it opens them under one word."""
    return tuple(place for place in places if not place.on_phone)


def shelves_for(viewer: Viewer) -> tuple[Place, ...]:
    return tuple(place for place in SHELVES if not place.takes or viewer.can(place.takes))


def menu_for(viewer: Viewer) -> tuple[Place, ...]:
    """What stands under her name; nothing for a visitor."""
    if viewer.person_id is None:
        return ()
    places: tuple[Place, ...] = MINE
    if viewer.can("partnership.read") and viewer.city_ids:
        places += OURS
    if viewer.can("office.today"):
        places += DESK
    return places + DEMO if settings.DEMO else places


def place_of(url_name: str) -> str:
    """The place whose mark is lit on a page, by the page's URL name ("alex:entry" → "alex")."""
    space, _colon, name = url_name.rpartition(":")
    if space in ROOM_NAMES:
        return space
    if space in ATLAS:
        return "atlas"
    if space == "people" and name in {"person_list", "person", "write"}:
        return "people"
    if space != "front":
        return ""
    return {"city": "cities", "city_list": "cities", "topic": "topics", "topic_list": "topics"}.get(
        name, name
    )
