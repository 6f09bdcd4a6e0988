from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking. Visibility rules may use these facts and no others."""

    person_id: int | None = None
    city_ids: frozenset[str] = frozenset()
    circle_ids: frozenset[str] = frozenset()
    level: str = ""
    is_member: bool = False
    is_office: bool = False
    is_curator: bool = False
    is_expert: bool = False

    @property
    def is_staff(self) -> bool:
        """Of the foundation that runs the network."""
        return self.is_office or self.is_curator or self.is_expert

    @property
    def tokens(self) -> frozenset[str]:
        """The audience tokens this viewer may read; the queryset and the index filter by these alike."""
        made = {"public"}
        if self.is_member or self.is_staff:
            made.add("alliance")
        if self.is_member:
            made |= {f"city:{code}" for code in self.city_ids}
        made |= {f"circle:{code}" for code in self.circle_ids}
        if self.person_id is not None:
            made.add(f"person:{self.person_id}")
        return frozenset(made)


VISITOR = Viewer()
