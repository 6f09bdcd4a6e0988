"""The verbs of the groups. Each checks its own permission, runs in one transaction and may be repeated."""

from house.groups.actions.ending import close_group, end_group
from house.groups.actions.files import add_file, remove_file
from house.groups.actions.forming import About, create_group, edit_group, set_readers, start_group
from house.groups.actions.joining import (
    answer_admission,
    ask_to_join,
    invite_person,
    withdraw_admission,
)
from house.groups.actions.leaving import (
    come_back,
    leave_group,
    make_lead,
    remove_member,
    step_down,
)
from house.groups.actions.meeting import (
    Date,
    answer_meeting,
    cancel_meeting,
    change_meeting,
    plan_meeting,
    write_minutes,
)
from house.groups.actions.tasks import add_task, edit_task, finish_task, reopen_task
from house.groups.actions.writing import Saved, discard_draft, keep_draft, restore_page, save_page

__all__ = [
    "About",
    "Date",
    "Saved",
    "add_file",
    "add_task",
    "answer_admission",
    "answer_meeting",
    "ask_to_join",
    "cancel_meeting",
    "change_meeting",
    "close_group",
    "come_back",
    "create_group",
    "discard_draft",
    "edit_group",
    "edit_task",
    "end_group",
    "finish_task",
    "invite_person",
    "keep_draft",
    "leave_group",
    "make_lead",
    "plan_meeting",
    "remove_file",
    "remove_member",
    "reopen_task",
    "restore_page",
    "save_page",
    "set_readers",
    "start_group",
    "step_down",
    "withdraw_admission",
    "write_minutes",
]
