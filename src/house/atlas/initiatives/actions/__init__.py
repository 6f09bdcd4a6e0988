"""Verbs of the map."""

from house.atlas.initiatives.actions.answering import answer, deal_with
from house.atlas.initiatives.actions.curating import (
    accept,
    hide,
    refuse,
    save_edit,
    show_again,
    take_gone,
)
from house.atlas.initiatives.actions.suggesting import Said, suggest

__all__ = [
    "Said", "accept", "answer", "deal_with", "hide", "refuse", "save_edit", "show_again", "suggest",
    "take_gone",
]  # fmt: skip
