"""The demonstration's magazine."""


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
