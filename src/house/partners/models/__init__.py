from house.partners.models.circle import Circle
from house.partners.models.partnership import RANK, Level, Partnership, PartnershipChange, level_on
from house.partners.models.right import Allowance, Benefit, Per, Right, RightException, Table
from house.partners.models.seat import Seat

__all__ = [
    "RANK",
    "Allowance",
    "Benefit",
    "Circle",
    "Level",
    "Partnership",
    "PartnershipChange",
    "Per",
    "Right",
    "RightException",
    "Seat",
    "Table",
    "level_on",
]
