from house.alex.models.entry import (
    DoorColumns,
    Entry,
    EntryQuerySet,
    Outcome,
    State,
)
from house.alex.models.freshness import FreshnessAsk
from house.alex.models.importing import ImportRecord, ImportRun
from house.alex.models.pieces import Attachment, Contact, Transcript
from house.alex.models.reuse import Adoption, AdoptionResult, Stage
from house.alex.models.said import Said
from house.alex.models.talk import FailuresShown, ReviewNote
from house.alex.models.version import Draft, DraftCopy, ReviewState, Version

__all__ = [
    "Adoption",
    "AdoptionResult",
    "Attachment",
    "Contact",
    "DoorColumns",
    "Draft",
    "DraftCopy",
    "Entry",
    "EntryQuerySet",
    "FailuresShown",
    "FreshnessAsk",
    "ImportRecord",
    "ImportRun",
    "Outcome",
    "ReviewNote",
    "ReviewState",
    "Said",
    "Stage",
    "State",
    "Transcript",
    "Version",
]
