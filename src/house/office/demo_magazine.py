"""The demonstration's magazine: a free sample, and an issue for members."""

from house.magazine.demo import load
from house.partners.viewing import operator


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
    load.seed(operator())
