"""The demonstration's clauses."""


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
