"""The verbs of the Agora. Each checks its own permission, runs in one transaction and may be repeated."""

from house.agora.actions.answering import (
    accept_answer,
    answer,
    comment,
    edit_said,
    say_it_helped,
    take_acceptance_back,
)
from house.agora.actions.writing import (
    discard_post,
    edit_post,
    keep_post,
    publish_post,
    start_post,
    write_post,
)

__all__ = [
    "accept_answer",
    "answer",
    "comment",
    "discard_post",
    "edit_post",
    "edit_said",
    "keep_post",
    "publish_post",
    "say_it_helped",
    "start_post",
    "take_acceptance_back",
    "write_post",
]
