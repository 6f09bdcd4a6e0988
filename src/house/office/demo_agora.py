"""The demonstration's agora."""


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
