"""The family tree of an entry and its likes, as the page draws them."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.alex.models import AdoptionResult, Entry
from house.alex.queries import Branch, Family, family_of

_MONTHS = dict(AdoptionResult.MONTHS)


def tree(entry: Entry, viewer: Viewer) -> dict[str, Any]:
    """`origins` it grew out of, `nodes` for the tree component, `count` of the cities that took it home."""
    family: Family = family_of(entry, viewer)
    return {
        "origins": [
            {
                "title": each.entry.title,
                "href": each.entry.get_absolute_url(),
                "language": each.entry.language,
            }
            for each in family.origins
        ],
        "nodes": [_node(branch) for branch in family.branches],
        "count": len(family.branches),
    }  # fmt: skip


def _node(branch: Branch) -> dict[str, Any]:
    adoption, results = branch.adoption, branch.results
    said = [str(adoption.get_stage_display())]
    if adoption.started_on:
        said.append(_("since %(when)s") % {"when": date_format(adoption.started_on, "F Y")})
    return {
        "title": adoption.city.label(),
        "href": branch.entry.get_absolute_url() if branch.entry else "",
        "text": " · ".join(said),
        "note": adoption.note,
        "outcome": results[-1].outcome if results else "",
        "results": [
            {"when": _MONTHS[each.months], "outcome": each.outcome, "text": each.text}
            for each in results
        ],
        "children": [_node(child) for child in branch.branches],
    }


def same_topics(entry: Entry, viewer: Viewer) -> list[Entry]:
    """Near in topic: published, not itself, the best shared first. Behind its own door."""
    topics = [topic.pk for topic in entry.topics.all()]
    return list(
        Entry.objects.visible_to(viewer)
        .published()
        .filter(topics__in=topics)
        .exclude(pk=entry.pk)
        .select_related("shown_city")
        .distinct()
        .order_by("-reuse_count", "-published_at")[:4]
    )
