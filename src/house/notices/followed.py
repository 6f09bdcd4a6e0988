"""What a person follows, in words, for her settings."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.notices import happenings
from house.notices.models import Happening, Subscription
from house.notices.telling import Teller
from house.vocabulary.models import City, Topic

# every row in this file: topics and cities are no secret, a thread is opened through its room's door


@dataclass(frozen=True, slots=True)
class Followed:
    target: str
    label: str
    url: str
    is_muted: bool


def of(viewer: Viewer) -> dict[str, list[Followed]]:
    """Sort → what of it, by name. In a fixed number of queries, and one or so for each kind of thread."""
    mine = Subscription.objects.visible_to(viewer).order_by("target")
    by_sort: dict[str, dict[str, bool]] = defaultdict(dict)
    for target, is_muted in mine.values_list("target", "is_muted"):
        sort, _colon, name = target.partition(":")
        by_sort[sort][name] = is_muted
    found = {}
    for sort, names in by_sort.items():
        labels = _labels(sort, list(names), viewer)
        found[sort] = sorted(
            (
                Followed(
                    f"{sort}:{name}", *labels.get(name, (_("Something that is gone"), "")), muted
                )
                for name, muted in names.items()
            ),
            key=lambda each: each.label.casefold(),
        )
    return found


def _labels(sort: str, names: list[str], viewer: Viewer) -> dict[str, tuple[str, str]]:
    match sort:
        case "topic":
            topics = Topic.objects.filter(pk__in=names)
            return {topic.pk: (topic.label(), topic.get_absolute_url()) for topic in topics}
        case "city":
            cities = City.objects.filter(pk__in=names)
            return {city.pk: (city.label(), city.get_absolute_url()) for city in cities}
        case "kind":
            kinds = [happenings.kind_of(name) for name in names if happenings.is_known(name)]
            return {kind.name: (str(kind.label), "") for kind in kinds}
        case "thread":
            return _threads(names, viewer)
    return {name: (name, "") for name in names}


def _threads(names: list[str], viewer: Viewer) -> dict[str, tuple[str, str]]:
    """By the first thing that happened in each; what she may not read (any more) has no name."""
    first: dict[str, Happening] = {}
    for happening in Happening.objects.filter(thread__in=names).order_by("pk"):
        first.setdefault(happening.thread, happening)
    teller = Teller(viewer)
    teller.ask([(each.kind, each.thing) for each in first.values()])
    labels = {name: (_("A thread that you don’t see (any more)"), "") for name in names}
    for name, happening in first.items():
        if words := teller.words(happening.kind, happening.thing):
            labels[name] = (words.title, words.url)
    return labels
