"""The ways out of hosting and of what comes after a gathering: see tests/readers.py."""

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    "gatherings:hosting_list": "gatherings/tests/test_views_hosting.py",
    "gatherings:hosting_calendar": "gatherings/tests/test_views_hosting.py",
    "gatherings:hosting": "gatherings/tests/test_views_hosting.py",
    "gatherings:hosting_edit": "a form for the offer's own city",
    "gatherings:hosting_new": "a form",
    "gatherings:hosting_task": "a form for the two sides of an offer",
    "gatherings:hours_plan": "hours of cities, and sums of events that the viewer may see",
    "gatherings:hours_of_event": "gatherings/tests/test_views_hosting.py",
    **dict.fromkeys(
        (
            "gatherings:after", "gatherings:minutes", "gatherings:minutes_edit", "gatherings:material",
            "gatherings:recording_edit", "gatherings:recording", "gatherings:recording_media",
            "gatherings:recording_vtt", "gatherings:voice", "gatherings:feedback",
            "gatherings:feedback_results", "gatherings:feedback_questions",
        ),
        "gatherings/tests/test_views_after.py",
    ),
    "gatherings:recording_poster": "served where the sound is",
    "gatherings:voice_edit": "a form for who looks after the recording",
    **dict.fromkeys(
        (
            "gatherings:material_new", "gatherings:material_remove", "gatherings:recording_new",
            "gatherings:recording_act", "gatherings:ask_there", "gatherings:asked_act",
        ),
        "leads back to the page",
    ),
    **dict.fromkeys(
        (
            "gatherings:hosting_say", "gatherings:hosting_accept", "gatherings:hosting_more",
            "gatherings:hosting_decline", "gatherings:hosting_withdraw", "gatherings:hosting_call_off",
            "gatherings:hosting_task_new", "gatherings:hosting_task_act",
        ),
        "leads back to the offer",
    ),
}  # fmt: skip
