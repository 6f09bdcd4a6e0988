"""What an expert types about her own hours, and the office about what becomes of units."""

import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from house.ground.days import DayField
from house.ground.html import safe_url
from house.ground.text import clean, one_line
from house.meetings.actions.availability import Hours
from house.meetings.forms import LANGUAGE_CHOICES, https_only
from house.meetings.models import DEFAULTS, Availability, Case, Outcome, WeeklyHours
from house.partners.forms.welcome import topics_by_field
from house.people.models.person import known_time_zone

LENGTHS = [(15, _("15 minutes")), (30, _("30 minutes")), (45, _("45 minutes")), (60, _("one hour")),
           (90, _("an hour and a half")), (120, _("two hours"))]  # fmt: skip


class TermsForm(forms.ModelForm):
    lengths = forms.TypedMultipleChoiceField(
        label=_("How long sessions are"), choices=LENGTHS, coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGE_CHOICES, widget=forms.CheckboxSelectMultiple
    )

    join_link = forms.URLField(
        label=_("Where we meet"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Your own meeting room. Each session may have another one."),
    )

    class Meta:
        model = Availability
        fields = [
            "is_open", "about", "topics", "languages", "zone", "lengths", "before", "after", "notice_hours",
            "horizon_days", "most_per_day", "most_per_week", "join_link",
        ]  # fmt: skip
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "topics": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "is_open": _("Cities see you among the experts, and your free hours."),
            "zone": _("As in Europe/Amsterdam. Your days and weeks are counted there."),
            "before": _("In multiples of five."),
            "after": _("In multiples of five."),
            "notice_hours": _("Nobody books you at shorter notice."),
            "horizon_days": _("Nobody books you further ahead."),
            "most_per_day": _("0 means: as many as fit."),
            "most_per_week": _("0 means: as many as fit."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Grouped for the page; the field still looks each one up.
        self.fields["topics"].choices = topics_by_field()

    def clean_join_link(self) -> str:
        return https_only(self.cleaned_data["join_link"])

    def clean_about(self) -> str:
        return clean(self.cleaned_data["about"]).strip()

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for name in ("before", "after"):
            if (told.get(name) or 0) % 5:
                self.add_error(name, _("Give a multiple of five."))
        return told


class HoursForm(forms.Form):
    """One row of the week; an empty one is left out."""

    weekday = forms.TypedChoiceField(
        label=_("Day"), choices=[("", "–"), *WeeklyHours.Weekday.choices], coerce=int,
        required=False, empty_value=None,
    )  # fmt: skip
    begins = forms.TimeField(
        label=_("From"), required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"),
    )  # fmt: skip
    ends = forms.TimeField(
        label=_("To"), required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"),
    )  # fmt: skip
    zone = forms.CharField(
        label=_("Time zone"), max_length=40, required=False, validators=[known_time_zone]
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        day, begins, ends = told.get("weekday"), told.get("begins"), told.get("ends")
        if day is None and not begins and not ends:
            return told
        if day is None:
            self.add_error("weekday", _("Choose a day."))
        if begins is None and "begins" not in self.errors:
            self.add_error("begins", _("Say from when."))
        if ends is None and "ends" not in self.errors:
            self.add_error("ends", _("Say until when."))
        if begins and ends and ends <= begins and ends != datetime.time(0):
            self.add_error("ends", _("It ends before it begins. Until midnight is 00:00."))
        return told

    def hours(self, zone: str) -> Hours | None:
        told = self.cleaned_data
        if told.get("weekday") is None:
            return None
        return Hours(told["weekday"], told["begins"], told["ends"], told["zone"] or zone)


HoursFormSet: type[BaseFormSet] = formset_factory(HoursForm, extra=0, max_num=40, absolute_max=60)


class DayForm(forms.Form):
    SORTS = [("off", _("Off")), ("extra", _("Extra hours"))]
    sort = forms.ChoiceField(
        label=_("These days are"), choices=SORTS, widget=forms.RadioSelect, initial="off"
    )
    first = DayField(label=_("From the day"))
    last = DayField(label=_("to the day"), required=False)
    begins = forms.TimeField(
        label=_("From the hour"), required=False, help_text=_("Empty: the whole day."),
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"),
    )  # fmt: skip
    ends = forms.TimeField(
        label=_("to the hour"), required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if first and last and not first <= last <= first + datetime.timedelta(days=92):
            self.add_error("last", _("The last day follows the first, within three months."))
        begins, ends = told.get("begins"), told.get("ends")
        if (begins is None) != (ends is None):
            self.add_error("ends" if begins else "begins", _("Give both hours, or none."))
        if begins and ends and ends <= begins and ends != datetime.time(0):
            self.add_error("ends", _("It ends before it begins."))
        if told.get("sort") == "extra" and begins is None and "begins" not in self.errors:
            self.add_error("begins", _("Extra hours need a beginning and an end."))
        return told

    def days(self) -> list[datetime.date]:
        first = self.cleaned_data["first"]
        last = self.cleaned_data["last"] or first
        return [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]


class CalendarForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What it is"), choices=Availability.Calendar.choices, widget=forms.RadioSelect,
        initial=Availability.Calendar.ICS,
    )  # fmt: skip
    url = forms.CharField(
        label=_("Address of your calendar"),
        max_length=1000,
        required=False,
        help_text=_(
            "A secret address that ends in .ics, or that of a CalDAV calendar. Empty ends it."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    user = forms.CharField(
        label=_("User name, where it asks for one"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Password for programs"),
        max_length=200,
        required=False,
        help_text=_("Make one in your calendar for this house alone."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_url(self) -> str:
        url = one_line(self.cleaned_data["url"])
        if url.startswith("webcal://"):
            url = "https://" + url.removeprefix("webcal://")
        if url and (not safe_url(url) or urlsplit(url).username):
            raise ValidationError(_("Give an address that begins with https:// or webcal://."))
        return url


class RulesForm(forms.Form):
    """What becomes of a unit, case by case."""

    NUMBERS = {
        Case.CITY_EARLY: _("In time means: at least so many hours before"),
        Case.UNMARKED: _("After so many days"),
        Case.VISIT_EARLY: _("In time means: at least so many days before"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for case in DEFAULTS:
            self.fields[case] = forms.ChoiceField(
                label=Case(case).label, choices=Outcome.choices, widget=forms.RadioSelect
            )
            if case in self.NUMBERS:
                self.fields[f"{case}_number"] = forms.IntegerField(
                    label=self.NUMBERS[Case(case)], min_value=0, max_value=1000
                )

    def wanted(self) -> dict[str, tuple[str, int]]:
        told = self.cleaned_data
        return {case: (told[case], told.get(f"{case}_number") or 0) for case in DEFAULTS}
