"""What the topic market tells the floors below about itself."""

from collections.abc import Callable, Mapping, Sequence

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access import policy
from house.access.viewer import Viewer
from house.gatherings.market import search
from house.gatherings.market.access import SuggestionPolicy
from house.gatherings.models import Suggestion, Support
from house.ground.text import shorten
from house.notices import happenings
from house.notices.happenings import Kind, Told
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person
from house.retrieval import sources

# every row in this file: a person's own, for her alone or to be erased; what is told begins at its door

COVERS = (
    "gatherings.Suggestion.suggested_by", "gatherings.Suggestion.decided_by", "gatherings.Support.person",
)  # fmt: skip


def register() -> None:
    policy.register(Suggestion, SuggestionPolicy())
    sources.register(search.SOURCE)
    for name, label, title in (
        (
            "open",
            gettext_lazy("A topic is open again"),
            gettext_lazy("Open again: %(topic)s"),
        ),
        ("planned", gettext_lazy("A topic is planned"), gettext_lazy("Planned: %(topic)s")),
        ("done", gettext_lazy("A topic is done"), gettext_lazy("Done: %(topic)s")),
        ("declined", gettext_lazy("A topic is declined"), gettext_lazy("Declined: %(topic)s")),
    ):
        happenings.register(
            Kind(
                f"gatherings.topic_{name}",
                label,
                Suggestion,
                "gatherings.read",
                "topics",
                _teller(name, title),
            )
        )
    export.register(
        "topics", _export, told=gettext_lazy("Topics that you suggested."), covers=COVERS[:2]
    )
    export.register(
        "topics-supported",
        _supported,
        told=gettext_lazy("Topics that you supported for your city."),
        covers=COVERS[2:],
    )
    erasure.register(
        "topics",
        _erase,
        covers=COVERS,
        goes=gettext_lazy("Your name behind topics that you suggested or supported for your city."),
        stays=gettext_lazy("The topics, and that your city stands behind them."),
    )


def _teller(
    state: str, title: str | Promise
) -> Callable[[Sequence[int], Viewer], Mapping[int, Told]]:
    def told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
        """What has changed again since is told as what it is now, or not at all."""
        found = Suggestion.objects.visible_to(viewer).filter(pk__in=pks, state=state)
        return {
            each.pk: Told(
                str(title) % {"topic": each.title},
                each.get_absolute_url(),
                shorten(each.reason, 200)
                or _("It is for: %(target)s.") % {"target": each.get_target_display()},
                language=each.language,
            )
            for each in found
        }

    return told


def _export(person: Person) -> Section:
    mine = Suggestion.objects.filter(Q(suggested_by=person) | Q(decided_by=person))
    return Section(
        rows_of(
            mine.order_by("pk"), "code", "title", "text", "target", "state", "reason", "made_at"
        )
    )


def _supported(person: Person) -> Section:
    mine = Support.objects.filter(person=person).order_by("pk")
    return Section(rows_of(mine, "suggestion__title", "city__name", "made_at"))


def _erase(person: Person) -> None:
    Suggestion.objects.filter(suggested_by=person).update(suggested_by=None)
    Suggestion.objects.filter(decided_by=person).update(decided_by=None)
    Support.objects.filter(person=person).update(person=None)
