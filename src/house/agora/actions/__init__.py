"""The verbs of the Agora. Each checks its own permission, runs in one transaction and may be repeated."""

from house.agora.actions.answering import (
    accept_answer,
    answer,
    comment,
    edit_said,
    say_it_helped,
    take_acceptance_back,
)
from house.agora.actions.files import attach_file, remove_file
from house.agora.actions.following import follow_post, mute_post, unfollow_post
from house.agora.actions.moderating import appeal, decide, report, settle
from house.agora.actions.tidying import close_post, merge_post, open_post_again, undo_merge
from house.agora.actions.unsent import forget_unsent, keep_unsent
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
    "appeal",
    "attach_file",
    "close_post",
    "comment",
    "decide",
    "discard_post",
    "edit_post",
    "edit_said",
    "follow_post",
    "forget_unsent",
    "keep_post",
    "keep_unsent",
    "merge_post",
    "mute_post",
    "open_post_again",
    "publish_post",
    "remove_file",
    "report",
    "say_it_helped",
    "settle",
    "start_post",
    "take_acceptance_back",
    "undo_merge",
    "unfollow_post",
    "write_post",
]
