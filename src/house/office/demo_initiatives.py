"""The demonstration's initiatives."""


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
