"""What notices say to their receiver now: how an inbox, a mail or a digest gets its words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from house.access.viewer import Viewer
from house.notices import happenings
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
    """Asks the rooms for words, for one viewer. Kinds that tell in the same way are asked together."""

    viewer: Viewer
    _told: dict[object, dict[int, Told]] = field(default_factory=dict)

    def ask(self, things: Iterable[tuple[str, int]]) -> None:
        asked = defaultdict(set)
        for kind, thing in things:
            if self.may_be_told(kind):
                asked[happenings.kind_of(kind).told].add(thing)
        for tell, wanted in asked.items():
            self._told.setdefault(tell, {}).update(tell(sorted(wanted), self.viewer))

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


def items_of(notices: Iterable[Notice], viewer: Viewer) -> list[Item]:
    """In the order given; what the viewer may not see (any more) is left out. A query or so for each kind."""
    found = list(notices)
    teller = Teller(viewer)
    teller.ask((notice.happening.kind, notice.happening.thing) for notice in found)
    items = []
    for notice in found:
        name = notice.happening.kind
        if words := teller.words(name, notice.happening.thing):
            items.append(Item(notice, happenings.kind_of(name), words))
    return items
