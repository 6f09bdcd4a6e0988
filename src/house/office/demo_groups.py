"""The demonstration's groups."""


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
