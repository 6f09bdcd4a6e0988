"""The ways out of meetings: see tests/readers.py."""

_PAGES = "house/meetings/tests/test_pages.py"
_VISITS = "house/meetings/tests/test_visits.py"
# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    "meetings:home": _PAGES,
    "meetings:availability": "house/meetings/tests/test_hours.py",
    "meetings:desk": _PAGES,
    "meetings:rules": "public rules",
    "meetings:expert": _PAGES,
    "meetings:book": "a form",
    "meetings:session": _PAGES,
    "meetings:session_move": "free times, and a form",
    "meetings:session_cancel": "a form",
    "meetings:session_prepare": "what its writer wrote",
    "meetings:session_hand": "a form",
    "meetings:session_propose": "a form",
    "meetings:session_file": _PAGES,
    "meetings:join": _PAGES,
    "meetings:promise_end": "leads back",
    "meetings:visit_list": _VISITS,
    "meetings:visit_new": "a form",
    "meetings:visit": _VISITS,
    "meetings:visit_end": "a form",
    "meetings:visit_programme": _VISITS,
    "meetings:visit_brief": _VISITS,
    "meetings:visit_brief_pdf": _VISITS,
    "meetings:visit_brief_ics": _VISITS,
    "api:one_on_ones_free": "free times: house/meetings/tests/test_api.py",
    "api:one_on_ones": "house/meetings/tests/test_api.py",
    "api:one_on_one_cancel": "house/meetings/tests/test_api.py",
    "api:visits": "house/meetings/tests/test_api.py",
}
