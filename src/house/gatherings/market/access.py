from django.db.models import Model, Q

from house.access.policy import NOTHING, Policy
from house.access.viewer import Viewer
from house.gatherings.models import Suggestion


class SuggestionPolicy(Policy):
    """Everybody of the alliance who may read programmes; its city is told, who of it suggested is not."""

    acts = frozenset({"support", "decide"})

    def seen_by(self, viewer: Viewer) -> Q:
        reads = viewer.can("gatherings.read") and "alliance" in viewer.tokens
        return Q(pk__isnull=False) if reads or viewer.can("gatherings.run") else NOTHING

    def may_support(self, viewer: Viewer, suggestion: Model) -> bool:
        assert isinstance(suggestion, Suggestion)  # noqa: S101 -- the registry's promise, told to mypy
        return (
            suggestion.is_open_for_support
            and viewer.can("topics.suggest")
            and bool(viewer.city_ids)
        )

    def may_decide(self, viewer: Viewer, suggestion: Model) -> bool:
        return viewer.can("gatherings.run")
