from house.meetings.models.availability import Availability, Busy, DayChange, WeeklyHours
from house.meetings.models.promise import Promise
from house.meetings.models.rule import DEFAULTS, Case, Outcome, UnitRule
from house.meetings.models.session import (
    Joiner,
    Preparation,
    PrivateNote,
    Session,
    SessionFile,
    TakenTime,
)
from house.meetings.models.visit import (
    Format,
    Programme,
    ProgrammeRow,
    Visit,
    VisitWord,
)

__all__ = [
    "DEFAULTS",
    "Availability",
    "Busy",
    "Case",
    "DayChange",
    "Format",
    "Joiner",
    "Outcome",
    "Preparation",
    "PrivateNote",
    "Programme",
    "ProgrammeRow",
    "Promise",
    "Session",
    "SessionFile",
    "TakenTime",
    "UnitRule",
    "Visit",
    "VisitWord",
    "WeeklyHours",
]
