"""The demonstration's showcase."""


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
