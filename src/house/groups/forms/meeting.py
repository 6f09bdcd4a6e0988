import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from house.groups.actions import Date
from house.groups.forms.group import area, day
from house.groups.models import Meeting


class MeetingForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=160, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    day = forms.DateField(label=_("Day"), widget=day())
    time = forms.TimeField(
        label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes_long = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720, initial=60)
    zone = forms.ChoiceField(
        label=_("In the hours of"), help_text=_("The zone in which the hour above is meant.")
    )
    join_url = forms.CharField(
        label=_("Link to join"),
        required=False,
        max_length=500,
        help_text=_(
            "Jitsi, BigBlueButton, Teams, Zoom: members see it from a quarter of an hour before."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    agenda = forms.CharField(label=_("Agenda"), required=False, max_length=8000, widget=area(6))

    def __init__(self, *args: Any, zones: list[str], has_link: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_link:
            # Also who plans it does not read the link here: it is shown when it is time.
            self.fields["join_url"].help_text = _("A link is kept. Write another to replace it.")
            self.fields["forgets_link"] = forms.BooleanField(
                label=_("Remove the link that is kept"), required=False
            )
        ours = list(dict.fromkeys([*zones, "UTC"]))
        others = sorted(available_timezones() - set(ours))
        self.fields["zone"].choices = [  # type: ignore[attr-defined]
            (_("Zones of the members"), [(zone, zone) for zone in ours]),
            (_("All others"), [(zone, zone) for zone in others if "/" in zone]),
        ]

    def moment(self) -> datetime.datetime | None:
        """When it begins, as far as the form says so."""
        told = self.cleaned_data
        if not (told.get("day") and told.get("time") and told.get("zone")):
            return None
        return datetime.datetime.combine(told["day"], told["time"], tzinfo=ZoneInfo(told["zone"]))

    def date(self) -> Date:
        told = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"day", "time", "forgets_link"}
        }
        if not told["join_url"] and not self.cleaned_data.get("forgets_link"):
            told["join_url"] = None
        moment = self.moment()
        assert moment is not None  # noqa: S101 -- the form is valid
        return Date(starts_at=moment, **told)


def kept(meeting: Meeting) -> dict[str, Any]:
    start = meeting.own_start
    return {
        "title": meeting.title,
        "day": start.date(),
        "time": start.time(),
        "minutes_long": int((meeting.ends_at - meeting.starts_at).total_seconds() // 60),
        "zone": meeting.zone,
        "place": meeting.place,
        "agenda": meeting.agenda,
    }


class MinutesForm(forms.Form):
    minutes = forms.CharField(
        label=_("Minutes"),
        max_length=40_000,
        help_text=_(
            "What was decided, and who does what until when. All readers of the group see it."
        ),
        widget=area(16),
    )
    seen = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
