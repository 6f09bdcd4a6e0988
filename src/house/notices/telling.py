"""What notices say to their receiver now: how an inbox, a mail or a digest gets its words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from house.access.viewer import Viewer
from house.notices import happenings, untold
from house.notices.happenings import Kind, Told
from house.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Item:
    """One notice in words, for one viewer."""

    notice: Notice
    kind: Kind
    told: Told

    @property
    def thread(self) -> str:
        """What belongs together: the thread, or the thing itself where there is none."""
        happening = self.notice.happening
        return happening.thread or f"{self.kind.name}:{happening.thing}"


@dataclass(slots=True)
class Teller:
    """Asks the rooms for words, for one viewer. Kinds that tell in the same way are asked together.

    What a room fails to tell is left out and noted (`untold`): it hides nothing else.
    """

    viewer: Viewer
    failure: Exception | None = None
    _told: dict[object, dict[int, Told]] = field(default_factory=dict)

    def ask(self, things: Iterable[tuple[str, int]]) -> None:
        asked: dict[object, dict[int, Kind]] = defaultdict(dict)
        for name, thing in things:
            if self.may_be_told(name):
                kind = happenings.kind_of(name)
                asked[kind.told][thing] = kind
        for tell, wanted in asked.items():
            self._told.setdefault(tell, {}).update(self._words_for(wanted))

    def _words_for(self, wanted: Mapping[int, Kind]) -> Mapping[int, Told]:
        """All at once; where the room fails, one by one, without those it fails at."""
        kind = next(iter(wanted.values()))
        try:
            return kind.told(sorted(wanted), self.viewer)
        except Exception as problem:  # noqa: BLE001 -- a room's outer edge: it must not close an inbox
            if len(wanted) == 1:
                self.failure = problem
                untold.note(kind.name, next(iter(wanted)), problem)
                return {}
        found: dict[int, Told] = {}
        for thing, its_kind in sorted(wanted.items(), key=lambda each: each[0]):
            found.update(self._words_for({thing: its_kind}))
        return found

    def words(self, kind: str, thing: int) -> Told | None:
        """None for what the viewer may not see (any more)."""
        if not self.may_be_told(kind):
            return None
        return self._told.get(happenings.kind_of(kind).told, {}).get(thing)

    def may_be_told(self, kind: str) -> bool:
        if not happenings.is_known(kind):
            return False
        takes = happenings.kind_of(kind).takes
        return not takes or self.viewer.can(takes)


def items_of(notices: Iterable[Notice], viewer: Viewer, *, for_mail: bool = False) -> list[Item]:
    """In the order given; what the viewer may not see (any more) is left out. A query or so for each kind.

    For a mail: where nothing can be told only because a room fails, that is raised and the letter waits.
    """
    found = list(notices)
    teller = Teller(viewer)
    teller.ask((notice.happening.kind, notice.happening.thing) for notice in found)
    items = []
    for notice in found:
        name = notice.happening.kind
        if words := teller.words(name, notice.happening.thing):
            items.append(Item(notice, happenings.kind_of(name), words))
    if for_mail and not items and teller.failure:
        raise teller.failure
    return items
