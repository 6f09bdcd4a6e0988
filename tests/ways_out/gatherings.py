"""The ways out of gatherings: see tests/readers.py."""

_LEAKS = "gatherings/tests/test_leaks.py"
_HOSTS = "for those who look after the event: gatherings/tests/test_hosts.py and the matrix"

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    **dict.fromkeys((
        "gatherings:event_list", "gatherings:event_past", "gatherings:event_month", "gatherings:my_gatherings",
        "gatherings:event", "gatherings:event_ics", "gatherings:programme", "gatherings:programme_versions",
        "gatherings:programme_version", "gatherings:programme_embed", "gatherings:programme_file",
        "gatherings:session", "gatherings:event_register", "gatherings:join", "gatherings:speaking",
        "api:events", "api:event", "api:event_register", "api:event_give_back",
    ), _LEAKS),
    **dict.fromkeys((
        "gatherings:event_new", "gatherings:series_new", "gatherings:event_manage", "gatherings:event_edit",
        "gatherings:event_publish", "gatherings:event_cancel", "gatherings:event_repeat",
        "gatherings:event_questions", "gatherings:event_people", "gatherings:event_people_table",
        "gatherings:check_in", "gatherings:event_links", "gatherings:programme_edit", "gatherings:programme_draft",
        "gatherings:programme_publish", "gatherings:part_add", "gatherings:part_remove", "gatherings:session_new",
        "gatherings:session_edit", "gatherings:schedule_import", "gatherings:schedule_preview",
    ), _HOSTS),
    "gatherings:session_choose": "leads to the session", "gatherings:registration_act": "leads to the event",
}  # fmt: skip
