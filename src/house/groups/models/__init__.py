from house.groups.models.group import CLOSED_STATES, OPEN_STATES, Group, Outcome, Result, State
from house.groups.models.meeting import Meeting, MeetingAnswer
from house.groups.models.member import Admission, Member, cities_of
from house.groups.models.page import Draft, Page, PageVersion
from house.groups.models.piece import GroupFile
from house.groups.models.task import Task

__all__ = [
    "CLOSED_STATES",
    "OPEN_STATES",
    "Admission",
    "Draft",
    "Group",
    "GroupFile",
    "Meeting",
    "MeetingAnswer",
    "Member",
    "Outcome",
    "Page",
    "PageVersion",
    "Result",
    "State",
    "Task",
    "cities_of",
]
