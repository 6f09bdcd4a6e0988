"""The ways out of groups: see tests/readers.py."""

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    **dict.fromkeys(
        (
            "groups:group_list", "groups:group", "groups:people", "groups:page_history", "groups:page_version",
            "groups:page_diff", "groups:task_list", "groups:task", "groups:meeting_list", "groups:meeting",
            "groups:file_list", "groups:file", "groups:page_edit", "groups:page_keep", "groups:group_invite",
        ),
        "groups/tests/test_views.py",
    ),
    **dict.fromkeys(
        ("groups:group_new", "groups:group_join", "groups:task_new", "groups:group_end", "groups:group_close"),
        "a form",
    ),
    **dict.fromkeys(
        (
            "groups:group_edit", "groups:group_readers", "groups:meeting_new", "groups:meeting_edit",
            "groups:meeting_minutes",
        ),
        "what its members see on the group's own pages: tests/matrix",
    ),
    **dict.fromkeys(
        (
            "groups:group_start", "groups:group_leave", "groups:member_act", "groups:admission_act",
            "groups:page_restore", "groups:task_act", "groups:meeting_cancel", "groups:meeting_answer",
            "groups:file_remove",
        ),
        "leads to the former",
    ),
    "groups:meeting_join": "leads members away, in time: groups/tests/test_views.py",
    **dict.fromkeys(
        ("api:groups", "api:group", "api:group_create", "api:group_tasks", "api:group_add_task", "api:group_task_done"), "groups/tests/test_api.py"
    ),
}  # fmt: skip
