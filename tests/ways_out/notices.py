"""The ways out of notices: see tests/readers.py."""

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    "notices:inbox": "notices/tests/test_inbox.py",
    "notices:bell": "notices/tests/test_inbox.py",
    "notices:read": "leads to the former",
    "notices:unread": "leads to the former",
    "notices:settings": "notices/tests/test_settings.py",
    "notices:next_digest": "notices/tests/test_digests.py",
    "notices:kinds": "leads to the former",
    "notices:add": "leads to the former",
    "notices:follow": "notices/tests/test_settings.py",
    "notices:leave": "notices/tests/test_leaving.py",
}
