"""The ways out of asking peers and of remembering: see tests/readers.py."""

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = dict.fromkeys(
    ("agora:invitations", "agora:invitation", "agora:waiting", "agora:post_ask"),
    "agora/tests/test_asking_peers.py",
) | {"agora:remember": "agora/tests/test_remembering.py"}
