"""The demonstration's radar."""


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
