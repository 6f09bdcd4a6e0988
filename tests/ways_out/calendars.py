"""The ways out of calendars and of answers by mail: see tests/readers.py."""

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    "calendars:calendar": "notices/tests/test_feeds.py",
    "calendars:feed": "notices/tests/test_feeds.py",
    "calendars:feed_make": "shows one's own new address, once",
    "calendars:feed_reset": "shows one's own new address, once",
    "calendars:feed_revoke": "leads to the former",
}
OPEN |= {
    "notices:replies": "notices/tests/test_intake_held.py",
    "notices:reply": "notices/tests/test_intake_held.py",
    "notices:reply_discard": "leads to the former",
}
