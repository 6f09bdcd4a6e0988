"""Questions about topics. Each begins at the door."""

from collections import defaultdict
from collections.abc import Iterable
from math import isnan

from django.db.models import Q

from house.access.viewer import Viewer
from house.gatherings.models import Suggestion, Support, Target
from house.gatherings.models.suggestion import SuggestionQuerySet
from house.retrieval.search import Filters, Found, passages_for
from house.vocabulary.models import City

KIND = "suggestion"
# A topic is alike when it holds this much of the words, or lies this near in meaning, in any language.
COVERED, NEAR, COSINE = 0.5, 2.0, 0.9


def wanted(
    viewer: Viewer, *, target: str = "", topic: str = "", state: str = "", sort: str = ""
) -> SuggestionQuerySet:
    """As a list shows them: most cities first, or the newest."""
    found: SuggestionQuerySet = Suggestion.objects.visible_to(viewer).standing()
    if target:
        found = found.filter(target=target)
    if topic:
        found = found.filter(topics=topic)
    if state:
        found = found.filter(state=state)
    found = found.for_list()
    return found.order_by("-made_at", "-pk") if sort == "new" else found.most_wanted()


def open_for(viewer: Viewer, *, limit: int = 5) -> list[Suggestion]:
    """Open topics that her cities do not stand behind yet, the most wanted first: for her desk."""
    if not viewer.can("topics.suggest") or not viewer.city_ids:
        return []
    hers = Support.objects.visible_to(viewer).filter(city__in=viewer.city_ids)
    found = wanted(viewer, state=Suggestion.State.OPEN)
    return list(found.exclude(pk__in=hers.order_by().values("suggestion"))[:limit])


def to_host(viewer: Viewer, *, also: int | None = None) -> SuggestionQuerySet:
    """What a city can offer to host: open or planned topics for a seminar or the summit; and `also`."""
    seen: SuggestionQuerySet = Suggestion.objects.visible_to(viewer)
    wanted = Q(state__in=["open", "planned"], target__in=[Target.SEMINAR, Target.SUMMIT])
    return seen.filter(wanted | Q(pk=also)).for_list().most_wanted()


def cities_behind(suggestions: Iterable[Suggestion], viewer: Viewer) -> dict[int, list[City]]:
    """Which cities stand behind each, in one query."""
    found: dict[int, list[City]] = defaultdict(list)
    rows = Support.objects.visible_to(viewer).filter(suggestion__in=list(suggestions))
    for row in rows.select_related("city").order_by("city__name"):
        found[row.suggestion_id].append(row.city)
    return found


def alike(text: str, viewer: Viewer, *, limit: int = 4) -> list[Suggestion]:
    """Topics that say nearly the same, in whatever language, best first."""
    if len(text.split()) < 2 and len(text) < 12:
        return []
    found = passages_for(text, viewer=viewer, filters=Filters(kind=(KIND,)), limit=4 * limit)
    keys = list(dict.fromkeys(each.thing.pk for each in found.passages if _is_alike(each)))
    opened = Suggestion.objects.visible_to(viewer).standing().for_list().in_bulk(keys[:limit])
    return [opened[key] for key in keys if key in opened]


def _is_alike(found: Found) -> bool:
    if found.coverage >= COVERED:
        return True
    if not isnan(found.near) and found.near >= NEAR:
        return True
    return not isnan(found.raw) and found.raw >= COSINE
