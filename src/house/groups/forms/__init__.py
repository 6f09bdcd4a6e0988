from house.groups.forms.group import GroupForm, ReadersForm
from house.groups.forms.meeting import MeetingForm, MinutesForm
from house.groups.forms.small import CloseForm, EndForm, FileForm, InviteForm, JoinForm, PageForm
from house.groups.forms.task import TaskForm

__all__ = [
    "CloseForm",
    "EndForm",
    "FileForm",
    "GroupForm",
    "InviteForm",
    "JoinForm",
    "MeetingForm",
    "MinutesForm",
    "PageForm",
    "ReadersForm",
    "TaskForm",
]
