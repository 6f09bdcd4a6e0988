"""What the person who imports says about all documents at once."""

import re
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from house.access.audience import Audience
from house.access.viewer import Viewer
from house.alex.kinds import KINDS
from house.ground.errors import Refused
from house.partners.models import Circle
from house.people.models import Person
from house.vocabulary.models import City

# How kinds of the test corpus, and of most collections, become ours; anything else is a case study.
KIND_OF = {
    "law": "policy", "regulation": "policy", "ordinance": "policy", "bill": "policy", "study": "research",
    "paper": "research", "software": "technology", "video": "recording",
}  # fmt: skip
NOT_STATED = {"", "not_stated", "unknown", "none", "n/a"}
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")


@dataclass(frozen=True, slots=True)
class Options:
    """Empty means: as each document says of itself. `scope` keeps equal file names of two sources apart."""

    audience: str = Audience.ALLIANCE.value
    circle: str = ""
    city: str = ""
    kind: str = ""
    language: str = ""
    scope: str = ""
    accept_doubtful: bool = False

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        return cls(**kept)

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    def check(self, person: Person | None) -> None:
        """Raise `Refused` for what can't be, before anything is read."""
        if self.kind and self.kind not in KINDS:
            known = ", ".join(KINDS)
            raise Refused(
                _("There is no kind “%(value)s”. The kinds are: %(known)s.")
                % {"value": self.kind, "known": known}
            )
        if self.language and (not LANGUAGE.fullmatch(self.language) or len(self.language) > 12):
            raise Refused(
                _("“%(value)s” is not a language tag, such as nl or pt-BR.")
                % {"value": self.language}
            )
        # every row: cities are public
        if self.city and not City.objects.filter(pk=self.city).exists():
            raise Refused(_("There is no city “%(value)s” in the house.") % {"value": self.city})
        self._check_audience(person)

    def _check_audience(self, person: Person | None) -> None:
        if self.audience not in Audience.values:
            known = ", ".join(Audience.values)
            raise Refused(
                _("There is no audience “%(value)s”. The audiences are: %(known)s.")
                % {"value": self.audience, "known": known}
            )
        if self.audience == Audience.CITY and not self.city:
            raise Refused(_("Say which city's people may read it."))
        # every row: asks only whether the circle exists
        if self.audience == Audience.CIRCLE and not Circle.objects.filter(pk=self.circle).exists():
            raise Refused(_("Say which circle may read it."))
        if self.audience == Audience.PRIVATE and person is None:
            raise Refused(_("Say who imports: what only one may read needs that one."))


def acting(person: Person | None) -> Viewer:
    """Who acts when the operator imports from the shell: the foundation's office, without a name."""
    from house.partners.viewing import operator, viewer_for  # noqa: PLC0415 -- pulls in the partner models

    return viewer_for(person) if person is not None else operator()
