import datetime
import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.ground.days import DayField
from house.partners.models import Level
from house.partners.terms import GRACE_AT_MOST, GRACE_DAYS, SEATS_AT_MOST
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import City


def reason_field(*, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        max_length=300,
        required=required,
        help_text=_("Stands in the history; the city’s own people can read it."),
    )


class LevelForm(forms.Form):
    level = forms.ChoiceField(label=_("New level"), choices=Level.choices)
    on = DayField(label=_("From"), help_text=_("Today or a later day."))
    reason = reason_field()


class LongerForm(forms.Form):
    ends_on = DayField(label=_("Last day of the partnership"))
    reason = reason_field()


class EndForm(forms.Form):
    ends_on = DayField(
        label=_("Last day of the partnership"),
        help_text=_("Choose yesterday and no grace to close the city at once."),
    )
    grace_days = forms.IntegerField(
        label=_("Days of grace"),
        min_value=0,
        max_value=GRACE_AT_MOST,
        initial=GRACE_DAYS,
        help_text=_("Everything stays open for so long after the last day."),
    )
    reason = reason_field(required=True)


class SeatsForm(forms.Form):
    seats = forms.IntegerField(
        label=_("Number of seats"),
        min_value=0,
        max_value=SEATS_AT_MOST,
        required=False,
        help_text=_("Empty: as many as the level brings. Nobody loses a seat by a lower number."),
    )
    reason = reason_field()


class NotesForm(forms.Form):
    notes = forms.CharField(
        label=_("Notes of the foundation"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        help_text=_("Only the office reads them."),
    )
    # What stood there when she began, so that nobody's words are lost to another's.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class OpenForm(forms.Form):
    # every row: none at all, until the viewer's own take their place below
    city = forms.ModelChoiceField(label=_("City"), queryset=City.objects.none())
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.PARTNER)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(
        label=_("Last day"), required=False, help_text=_("Empty: it has no end yet.")
    )
    grace_days = forms.IntegerField(
        label=_("Days of grace after the end"),
        min_value=0,
        max_value=GRACE_AT_MOST,
        initial=GRACE_DAYS,
    )
    is_demonstration = forms.BooleanField(
        label=_("Only for the demonstration"),
        required=False,
        help_text=_("Marked as such wherever the level is shown."),
    )
    reason = reason_field()

    def __init__(self, *args: Any, viewer: Viewer, **facts: Any) -> None:
        super().__init__(*args, **facts)
        field: Any = self.fields["city"]
        field.queryset = City.objects.visible_to(viewer).order_by("name")
        field.label_from_instance = lambda city: f"{city.label()}, {city.country_name}"
        if settings.DEMO:
            self.fields["is_demonstration"].initial = True
        else:  # a real house opens no partnership in play, and none with an invented city
            field.queryset = field.queryset.real()
            del self.fields["is_demonstration"]


class CityForm(forms.Form):
    name = forms.CharField(label=_("Name of the city"), max_length=80)
    country_name = forms.CharField(label=_("Country"), max_length=80)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Code of the country"),
        help_text=_("Two letters, such as NL."),
        error_messages={"invalid": _("Two letters, such as NL.")},
    )
    time_zone = forms.ChoiceField(label=_("Time zone"))
    languages = forms.MultipleChoiceField(
        label=_("Languages of the city that the house speaks"),
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    latitude = forms.FloatField(
        label=_("Latitude"), min_value=-90, max_value=90, help_text=_("Degrees, such as 52.37.")
    )
    longitude = forms.FloatField(
        label=_("Longitude"), min_value=-180, max_value=180, help_text=_("Degrees, such as 4.90.")
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone)
        field: Any = self.fields["time_zone"]
        field.choices = [("", _("Choose")), *((zone, zone.replace("_", " ")) for zone in zones)]


def a_year_on(day: datetime.date) -> datetime.date:
    """The same day of the next year; the last of February for a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
