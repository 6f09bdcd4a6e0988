"""What changed from one version of a programme to the next, session by session."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from house.gatherings.programme.snapshot import Content

# In the order in which a reader wants to know.
TOLD = {
    "starts_at": _("another time"),
    "minutes": _("another length"),
    "room": _("another room"),
    "title": _("another title"),
    "subtitle": _("another title"),
    "speakers": _("other speakers"),
    "track": _("another track"),
    "language": _("another language"),
    "kind": _("another sort of session"),
    "abstract": _("another text"),
    "description": _("another text"),
    "links": _("other links"),
    "do_not_record": _("another word on recording"),
    "capacity": _("another number of places"),
    "takes_places": _("chosen or open to all"),
}
# These touch somebody who chose the session.
MOVES = {"starts_at", "minutes", "room"}


@dataclass(frozen=True, slots=True)
class Change:
    """`was` and `now` are sessions as the versions keep them; one of them is empty where it came or went."""

    code: str
    title: str
    was: Content = field(default_factory=dict)
    now: Content = field(default_factory=dict)
    keys: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        return not self.was

    @property
    def is_gone(self) -> bool:
        return not self.now

    @property
    def words(self) -> list[str]:
        return list(dict.fromkeys(str(TOLD[key]) for key in self.keys))

    @property
    def touches_who_comes(self) -> bool:
        return self.is_gone or bool(MOVES & set(self.keys))


def differences(old: Content, new: Content) -> list[Change]:
    """By guid: added, changed, taken out; in the order of the programme."""
    before = {session["guid"]: session for session in old.get("sessions", ())}
    after = {session["guid"]: session for session in new.get("sessions", ())}
    rooms_before, rooms_after = _names(old, "rooms"), _names(new, "rooms")
    tracks_before, tracks_after = _names(old, "tracks"), _names(new, "tracks")
    found = [
        Change(session["code"], session["title"], was=session)
        for guid, session in before.items()
        if guid not in after
    ]
    for guid, session in after.items():
        earlier = before.get(guid)
        if earlier is None:
            found.append(Change(session["code"], session["title"], now=session))
            continue
        one = _by_name(earlier, rooms_before, tracks_before)
        other = _by_name(session, rooms_after, tracks_after)
        keys = tuple(_differing(one, other))
        if keys:
            found.append(Change(session["code"], session["title"], one, other, keys))
    return sorted(found, key=lambda change: ((change.now or change.was)["starts_at"], change.code))


def _names(content: Content, what: str) -> dict[str, str]:
    return {row["code"]: row["name"] for row in content.get(what, ())}


def _by_name(session: Content, rooms: dict[str, str], tracks: dict[str, str]) -> Content:
    return {
        **session,
        "room": rooms.get(session["room"], ""),
        "track": tracks.get(session["track"], ""),
    }


def _differing(one: Content, other: Content) -> Iterator[str]:
    for key in TOLD:
        if one.get(key) != other.get(key):
            yield key
