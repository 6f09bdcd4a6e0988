"""The house's proposal for one month: what rooms tell, ranked, each with its reasons in words."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from house.access.viewer import VISITOR, Viewer
from house.ground.text import shorten
from house.magazine.models import Article, Plan
from house.magazine.proposing import Candidate, Name, propose
from house.memory import tellers
from house.memory.tellers import SORTS, Tellable
from house.vocabulary.models import City, Topic

MOST = 12
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
LABELS = {
    "new": gettext_lazy("New in ALEX"),
    "updated": gettext_lazy("Says something new"),
    "solved": gettext_lazy("Questions solved"),
    "success": gettext_lazy("Successes"),
    "held": gettext_lazy("Gatherings held"),
    "coming": gettext_lazy("Gatherings to come"),
    "wanted": gettext_lazy("Topics that cities want"),
    "outside": gettext_lazy("Outside the alliance"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing on the editor's page."""

    thing: Tellable
    reasons: tuple[str, ...] = ()
    is_public: bool = False
    cities: tuple[str, ...] = ()

    @property
    def opening(self) -> str:
        return shorten(self.thing.quote, 200)

    @property
    def label(self) -> str:
        return str(LABELS.get(self.thing.sort, self.thing.sort))

    @property
    def key(self) -> str:
        return f"{self.thing.kind}:{self.thing.key}"


@dataclass(slots=True)
class Proposal:
    month: datetime.date
    picked: list[Row] = field(default_factory=list)
    proposed: list[Row] = field(default_factory=list)
    dropped: list[Row] = field(default_factory=list)
    gone: int = 0  # of what was picked and can't be told any more
    others: int = 0


def month_of(text: str) -> datetime.date:
    """Of "2026-11"; the month that runs, where it says nothing of sense."""
    if found := _MONTH.fullmatch(text):
        return datetime.date(int(found[1]), int(found[2]), 1)
    return timezone.localdate().replace(day=1)


def bounds(month: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    after = (month + datetime.timedelta(days=31)).replace(day=1)
    zero = datetime.time()
    since = datetime.datetime.combine(month, zero, datetime.UTC)
    return since, datetime.datetime.combine(after, zero, datetime.UTC)


def tellable(month: datetime.date, viewer: Viewer) -> dict[Name, Tellable]:
    """By name. Of one that two sorts tell of (new and then updated), the first counts."""
    found: dict[Name, Tellable] = {}
    for thing in tellers.told(*bounds(month), viewer):
        found.setdefault(thing.name, thing)
    return found


def proposal_for(month: datetime.date, viewer: Viewer) -> Proposal:
    """What a plain reader may be told, never more, whoever looks; and what the editor made of it."""
    things = tellable(month, tellers.reader())
    public = tellable(month, VISITOR).keys()
    plan = Plan.objects.visible_to(viewer).filter(month=month).first()
    picked = names_of(plan.picked) if plan else []
    dropped = names_of(plan.dropped) if plan else []
    until = bounds(month)[1]
    candidates = [_candidate(thing, until) for thing in things.values()]
    choices = propose(
        candidates, most=len(candidates), told_before=told_before(viewer), dropped=dropped
    )
    reasons = {choice.name: choice.reasons for choice in choices}
    labels = _labels(things.values())

    def row(name: Name) -> Row:
        thing = things[name]
        words = tuple(words_of(reason, labels) for reason in reasons.get(name, ()))
        cities = tuple(labels[f"city:{code}"] for code in thing.cities if f"city:{code}" in labels)
        return Row(thing, words, name in public, cities)

    rest = [choice.name for choice in choices if choice.name not in picked]
    return Proposal(
        month,
        [row(name) for name in picked if name in things],
        [row(name) for name in rest[:MOST]],
        [row(name) for name in dropped if name in things],
        gone=sum(name not in things for name in picked),
        others=max(0, len(rest) - MOST),
    )


def names_of(kept: Sequence[Sequence[object]]) -> list[Name]:
    return [(str(kind), int(str(key))) for kind, key in kept]


def told_before(viewer: Viewer) -> set[Name]:
    rows = Article.objects.visible_to(viewer).filter(live=True).exclude(source_kind="")
    return {(kind, key) for kind, key in rows.values_list("source_kind", "source_key") if key}


def moved(month: datetime.date, viewer: Viewer) -> list[tuple[str, str, int]]:
    """(sort, label, how many), of what this viewer may read; each count is the length of its list."""
    counted = Counter(thing.sort for thing in tellable(month, viewer).values())
    return [(sort, str(LABELS[sort]), counted[sort]) for sort in SORTS if counted[sort]]


def rows_moved(month: datetime.date, sort: str, viewer: Viewer) -> list[Tellable]:
    return [thing for thing in tellable(month, viewer).values() if thing.sort == sort]


def _candidate(thing: Tellable, until: datetime.datetime) -> Candidate:
    # By the day: the hour of a hidden author's words is nobody's to weigh.
    age = (until.date() - thing.when.astimezone(datetime.UTC).date()).days
    return Candidate(
        thing.name, thing.sort, age, frozenset(thing.cities), frozenset(thing.topics), thing.counts
    )


def _labels(things: Sequence[Tellable] | object) -> dict[str, str]:
    listed: list[Tellable] = list(things)  # type: ignore[call-overload]
    cities = {code for thing in listed for code in thing.cities}
    topics = {slug for thing in listed for slug in thing.topics}
    # every row: names of cities and topics are no secret
    made = {f"city:{city.pk}": city.label() for city in City.objects.filter(pk__in=cities)}
    # every row: as above
    made |= {f"topic:{topic.pk}": topic.label() for topic in Topic.objects.filter(pk__in=topics)}
    return made


def words_of(reason: tuple[str, str | int], labels: dict[str, str]) -> str:
    name, about = reason
    if isinstance(about, str):
        told = labels.get(f"{name}:{about}", about)
        if name == "city":
            return _("The first here from %(city)s") % {"city": told}
        return _("Brings in %(topic)s") % {"topic": told}
    counted = _counted(name, about)
    return counted % {"n": about} if counted else ""


def _counted(name: str, n: int) -> str:
    match name:
        case "reuse":
            return ngettext("Taken home by %(n)d city", "Taken home by %(n)d cities", n)
        case "helped":
            return ngettext("Helped %(n)d city", "Helped %(n)d cities", n)
        case "supporters":
            return ngettext("%(n)d city stands behind it", "%(n)d cities stand behind it", n)
        case "answers":
            return ngettext("%(n)d answer", "%(n)d answers", n)
        case "sources":
            return ngettext("Told by %(n)d outlet", "Told by %(n)d outlets", n)
        case "coming":
            return ngettext(
                "Takes place %(n)d day after the month", "Takes place %(n)d days after the month", n
            )
        case "held":
            return _("Took place this month")
        case "solved":
            return _("Solved this month")
        case "success":
            return _("A success of this month, told with consent")
        case "wanted":
            return _("Wanted by members this month")
        case "updated":
            return _("Was changed this month")
        case "outside":
            return _("Moved outside the alliance")
        case _:
            return _("New this month")
