from house.partners.models.application import (
    CLOSED,
    PIPELINE,
    Application,
    ApplicationEvent,
    Stage,
)
from house.partners.models.circle import Circle
from house.partners.models.domain import CityDomain
from house.partners.models.invitation import Invitation
from house.partners.models.joining import JoinRequest
from house.partners.models.ledger import Account, Hold, Movement
from house.partners.models.partnership import RANK, Level, Partnership, PartnershipChange, level_on
from house.partners.models.right import Allowance, Benefit, Per, Right, RightException, Table
from house.partners.models.seat import Seat
from house.partners.models.tenure import Tenure
from house.partners.models.threshold import Threshold
from house.partners.models.welcome import CityProfile, Guide

__all__ = [
    "CLOSED",
    "PIPELINE",
    "RANK",
    "Account",
    "Allowance",
    "Application",
    "ApplicationEvent",
    "Benefit",
    "Circle",
    "CityDomain",
    "CityProfile",
    "Guide",
    "Hold",
    "Invitation",
    "JoinRequest",
    "Level",
    "Movement",
    "Partnership",
    "PartnershipChange",
    "Per",
    "Right",
    "RightException",
    "Seat",
    "Stage",
    "Table",
    "Tenure",
    "Threshold",
    "level_on",
]
