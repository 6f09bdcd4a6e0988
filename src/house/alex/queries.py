"""Questions about the lexicon that are too long for a queryset. Each begins at the door."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from house.access.viewer import Viewer
from house.alex.models import Adoption, AdoptionResult, Draft, Entry, Outcome, Version
from house.ground.text import shorten
from house.retrieval.search import Filters, search

GENERATIONS = 6  # how far down a family tree is followed


@dataclass(slots=True)
class Branch:
    """What one city made of an entry. `entry` is its own entry about it, where the viewer may see it."""

    adoption: Adoption
    results: list[AdoptionResult]
    entry: Entry | None = None
    branches: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Family:
    """`origins` are the adoptions that this entry grew out of; `branches` what others made of it."""

    origins: list[Adoption]
    branches: list[Branch]

    def __bool__(self) -> bool:
        return bool(self.origins or self.branches)


def family_of(entry: Entry, viewer: Viewer) -> Family:
    """The entry's family across cities, as the viewer may see it. Safe where it runs in circles.

    Costs a fixed number of queries for each generation. A city's own entry is named only while that
    entry names the city: otherwise the tree would tell what its author did not.
    """
    seen = {entry.pk}
    top: list[Branch] = []
    under: dict[int, list[Branch]] = {entry.pk: top}
    for _generation in range(GENERATIONS):
        grown = _branches(list(under), viewer)
        following: dict[int, list[Branch]] = {}
        for origin_pk, branch in grown:
            under[origin_pk].append(branch)
            if branch.entry is not None and branch.entry.pk not in seen:
                seen.add(branch.entry.pk)
                following[branch.entry.pk] = branch.branches
        if not following:
            break
        under = following
    return Family(origins=_origins(entry, viewer), branches=top)


def _branches(origin_pks: list[int], viewer: Viewer) -> list[tuple[int, Branch]]:
    adoptions = list(
        Adoption.objects.visible_to(viewer).filter(entry__in=origin_pks).select_related("city")
    )
    results: dict[int, list[AdoptionResult]] = defaultdict(list)
    for result in AdoptionResult.objects.visible_to(viewer).filter(
        adoption__in=[adoption.pk for adoption in adoptions]
    ):
        results[result.adoption_id].append(result)
    own = (
        Entry.objects.visible_to(viewer)
        .published()
        .select_related("shown_city")
        .in_bulk([each.result_entry_id for each in adoptions if each.result_entry_id])
    )
    grown = []
    for adoption in adoptions:
        entry = own.get(adoption.result_entry_id or 0)
        if entry is not None and entry.shown_city_id != adoption.city_id:
            entry = None
        grown.append((adoption.entry_id, Branch(adoption, results[adoption.pk], entry)))
    return grown


def _origins(entry: Entry, viewer: Viewer) -> list[Adoption]:
    if entry.shown_city_id is None:
        return []
    return list(
        Adoption.objects.visible_to(viewer)
        .filter(result_entry=entry, city_id=entry.shown_city_id)
        .filter(entry__in=Entry.objects.visible_to(viewer).published())
        .select_related("entry__shown_city")
    )


def nearest_failures(entry: Entry, viewer: Viewer, *, limit: int = 5) -> list[Entry]:
    """Published failures and mixed outcomes nearest to the entry, nearest first.

    By its words and their meaning; what search leaves room for shares most topics with it.
    """
    asked = f"{entry.title} {shorten(entry.summary, 300)}"
    filters = Filters(outcome=(Outcome.FAILED.value, Outcome.MIXED.value))
    hits = search(asked, viewer=viewer, filters=filters, limit=limit + 1).hits
    ranked = [hit.thing.pk for hit in hits if hit.thing.pk != entry.pk][:limit]
    # The index may lag behind: what an entry says of itself now decides.
    failures = (
        Entry.objects.visible_to(viewer)
        .published()
        .filter(outcome__in=[Outcome.FAILED, Outcome.MIXED])
        .select_related("current", "shown_city")
    )
    near = failures.in_bulk(ranked)
    topics = [topic.pk for topic in entry.topics.all()]
    others = (
        failures.exclude(pk__in=[entry.pk, *near])
        .annotate(shared=Count("topics", filter=Q(topics__in=topics)))
        .filter(shared__gt=0)
        .order_by("-shared", "outcome", "-published_at")[: limit - len(near)]
    )
    return [*(near[pk] for pk in ranked if pk in near), *others]


def versions_of(entry: Entry, viewer: Viewer) -> list[Version]:
    """Newest first, without their long texts."""
    return list(
        Version.objects.visible_to(viewer)
        .filter(entry=entry)
        .defer("fields", "sections", "sources")
        .newest_first()
    )


def waiting_drafts(viewer: Viewer) -> Iterable[Draft]:
    """The review queue, the longest waiting first: first submissions and revisions alike."""
    return (
        Draft.objects.visible_to(viewer)
        .filter(state__in=["submitted", "in_review"])
        .select_related("entry__shown_city", "reviewer")
        .order_by("submitted_at", "pk")
    )
