"""The ways out of gatherings: see tests/readers.py."""

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    "gatherings:event_list": "gatherings/tests/test_leaks.py",
    "gatherings:event": "gatherings/tests/test_leaks.py",
}
