"""The demonstration's mobility."""


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
