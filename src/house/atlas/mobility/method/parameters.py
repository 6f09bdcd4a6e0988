from dataclasses import asdict, dataclass, field
from typing import Any

INDICATORS = ("supply", "modes", "operators", "openness")
# Weights are whole numbers, so that an address holds them and the same choice is computed once.
MOST = 10


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything that decides a result besides the inputs. Kept with each edition.

    `swing`: how far a weight is moved at random, up or down. `least_known`: an indicator that fewer cities
    have is shown, but not ranked by. `sure`: in how many of a hundred draws one city is ahead of another
    before the two are told apart.
    """

    weights: dict[str, int] = field(
        default_factory=lambda: {"supply": 4, "modes": 2, "operators": 2, "openness": 2}
    )
    draws: int = 500
    seed: int = 20_260_721
    swing: float = 0.5
    low: float = 0.05
    high: float = 0.95
    sure: float = 0.95
    least_known: int = 10

    def plain(self) -> dict[str, Any]:
        return asdict(self)
