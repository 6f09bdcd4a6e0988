"""Fields that several forms of this room share."""

import datetime
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from house.ground.days import YEARS
from house.ground.text import clean, one_line


class LineField(forms.CharField):
    """Words on one line: what goes into titles and mail headers."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class TextField(forms.CharField):
    widget = forms.Textarea(attrs={"rows": 6})

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "").strip()


class LocalMomentField(forms.Field):
    """A day and an hour as the clock of a place shows them; `in_zone` makes it a moment."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": _("Give a day and an hour, such as 2026-05-04T09:30.")}

    def to_python(self, value: Any) -> datetime.datetime | None:
        if value in self.empty_values:
            return None
        try:
            made = datetime.datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if made.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return made.replace(tzinfo=None, second=0, microsecond=0)


def in_zone(
    local: datetime.datetime, zone: str, before: datetime.datetime | None = None
) -> datetime.datetime:
    """The moment. Raises `ValidationError` for an hour that the clock leaps over in spring.

    `before` is the moment that stood there: where the clock shows nothing else, it stays to the second,
    also in the hour that comes twice in autumn.
    """
    tz = zoneinfo.ZoneInfo(zone)
    if before and before.astimezone(tz).replace(tzinfo=None, second=0, microsecond=0) == local:
        return before.astimezone(datetime.UTC)
    moment = local.replace(tzinfo=tz).astimezone(datetime.UTC)
    if moment.astimezone(tz).replace(tzinfo=None) != local:
        raise ValidationError(_("On this day the clock leaps over this hour."))
    return moment
