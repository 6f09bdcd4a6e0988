from house.gatherings.forms.event import CancelForm, EventForm, RepeatForm, SeriesForm
from house.gatherings.forms.programme import PartForm, PublishForm, ScheduleForm, SessionForm
from house.gatherings.forms.registering import ComersForm, GivePlaceForm, LinksForm, RegisterForm

__all__ = [
    "CancelForm",
    "ComersForm",
    "EventForm",
    "GivePlaceForm",
    "LinksForm",
    "PartForm",
    "PublishForm",
    "RegisterForm",
    "RepeatForm",
    "ScheduleForm",
    "SeriesForm",
    "SessionForm",
]
