"""Days that can be reckoned with."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Years of which every day has its hours in every zone; the ends of the calendar have not.
YEARS = range(2000, 2101)


class DayField(forms.DateField):
    """A day of those years, as the browser's own calendar gives it or typed as 2027-01-31."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": _("Write the day as year-month-day, such as 2027-01-31.")},
            **facts,
        )

    def to_python(self, value: Any) -> datetime.date | None:
        day = super().to_python(value)
        if day is not None and day.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day
