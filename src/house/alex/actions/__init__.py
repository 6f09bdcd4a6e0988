"""The verbs of the lexicon. Each checks its own permission, runs in one transaction and may be repeated."""

from house.alex.actions.labels import label_best_practice, show_nearest_failures, take_label_off
from house.alex.actions.pieces import attach_file, detach_file, keep_transcript
from house.alex.actions.publishing import publish_entry, restore_version, withdraw_entry
from house.alex.actions.reuse import add_result, record_adoption
from house.alex.actions.reviewing import (
    refuse_entry,
    say,
    submit_entry,
    take_back,
    take_into_review,
)
from house.alex.actions.standing import answer_freshness
from house.alex.actions.taking_in import Taken, take_in
from house.alex.actions.writing import Saved, create_entry, discard_draft, revise_entry, save_draft

__all__ = [
    "Saved",
    "Taken",
    "add_result",
    "answer_freshness",
    "attach_file",
    "create_entry",
    "detach_file",
    "discard_draft",
    "keep_transcript",
    "label_best_practice",
    "publish_entry",
    "record_adoption",
    "refuse_entry",
    "restore_version",
    "revise_entry",
    "save_draft",
    "say",
    "show_nearest_failures",
    "submit_entry",
    "take_back",
    "take_in",
    "take_into_review",
    "take_label_off",
    "withdraw_entry",
]
