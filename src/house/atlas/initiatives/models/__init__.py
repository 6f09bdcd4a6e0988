"""The nouns of the map: initiatives, where they come from, what people say about them."""

from house.atlas.initiatives.models.coming import Renewal, Run, RunState
from house.atlas.initiatives.models.initiative import Initiative, InitiativeQuerySet, Layer, State
from house.atlas.initiatives.models.saying import Answer, Ask, Decision, Suggestion

__all__ = [
    "Answer", "Ask", "Decision", "Initiative", "InitiativeQuerySet", "Layer", "Renewal", "Run", "RunState",
    "State", "Suggestion",
]  # fmt: skip
