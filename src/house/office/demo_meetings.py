"""The demonstration's meetings."""


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
