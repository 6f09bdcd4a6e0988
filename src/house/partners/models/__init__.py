from house.partners.models.circle import Circle
from house.partners.models.partnership import RANK, Level, Partnership
from house.partners.models.right import Right
from house.partners.models.seat import Seat

__all__ = ["RANK", "Circle", "Level", "Partnership", "Right", "Seat"]
