"""The nouns of the map: initiatives, where they come from, what people say about them."""

from house.atlas.initiatives.models.coming import Run, RunState
from house.atlas.initiatives.models.initiative import Initiative, InitiativeQuerySet, Layer, State
from house.atlas.initiatives.models.saying import Answer, Ask, Decision, Suggestion

__all__ = [
    "Answer", "Ask", "Decision", "Initiative", "InitiativeQuerySet", "Layer", "Run", "RunState", "State",
    "Suggestion",
]  # fmt: skip
