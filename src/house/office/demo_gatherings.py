"""The demonstration's gatherings."""


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
