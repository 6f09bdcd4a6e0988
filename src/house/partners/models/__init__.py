from house.partners.models.circle import Circle
from house.partners.models.domain import CityDomain
from house.partners.models.invitation import Invitation
from house.partners.models.joining import JoinRequest
from house.partners.models.partnership import RANK, Level, Partnership, PartnershipChange, level_on
from house.partners.models.right import Allowance, Benefit, Per, Right, RightException, Table
from house.partners.models.seat import Seat
from house.partners.models.tenure import Tenure

__all__ = [
    "RANK",
    "Allowance",
    "Benefit",
    "Circle",
    "CityDomain",
    "Invitation",
    "JoinRequest",
    "Level",
    "Partnership",
    "PartnershipChange",
    "Per",
    "Right",
    "RightException",
    "Seat",
    "Table",
    "Tenure",
    "level_on",
]
