import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking. Visibility rules may use these facts and no others.

    `capabilities` is what the table of rights gives her now; `denied` tells, for a capability that an
    exception took from her, the reason that she is given. `table` is the version that was asked.
    """

    person_id: int | None = None
    city_ids: frozenset[str] = frozenset()
    circle_ids: frozenset[str] = frozenset()
    level: str = ""
    is_member: bool = False
    is_office: bool = False
    is_curator: bool = False
    is_expert: bool = False
    # The cities that she speaks for: by a contact's or a coordinator's seat.
    coordinates: frozenset[str] = frozenset()
    capabilities: frozenset[str] = frozenset()
    denied: dict[str, str] = field(default_factory=dict, hash=False, compare=False)
    # What she may, but the key of the program that calls for her leaves out.
    left_out: frozenset[str] = frozenset()
    table: int = 0
    # A right to read that the table takes away closes everything that is not public.
    reads_inside: bool = True
    # The day her partnership ended and the day it closes, while its grace runs.
    grace: tuple[datetime.date, datetime.date] | None = field(default=None, compare=False)

    @property
    def is_staff(self) -> bool:
        """Of the foundation that runs the network."""
        return self.is_office or self.is_curator or self.is_expert

    def can(self, capability: str) -> bool:
        """Does the table give her this? `partners.rights.decide` says also why not."""
        return capability in self.capabilities

    @property
    def tokens(self) -> frozenset[str]:
        """The audience tokens this viewer may read; the queryset and the index filter by these alike."""
        made = {"public"}
        if self.person_id is not None:
            made.add(f"person:{self.person_id}")
        if not self.reads_inside:
            return frozenset(made)
        if self.is_member or self.is_staff:
            made.add("alliance")
        if self.is_member:
            made |= {f"city:{code}" for code in self.city_ids}
        made |= {f"circle:{code}" for code in self.circle_ids}
        return frozenset(made)


VISITOR = Viewer()
