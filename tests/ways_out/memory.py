"""The ways out of memory: see tests/readers.py."""

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    "memory:consents": "one's own words: memory/tests/test_views.py",
    "memory:consent": "one's own words: memory/tests/test_views.py",
    "memory:ask_again": "leads back",
    "memory:offer_withdraw": "leads back",
}
