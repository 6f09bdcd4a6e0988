"""Fields that both the public form and the curators' form ask."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.actions import Said
from house.atlas.initiatives.models import Initiative
from house.atlas.initiatives.opening import rules, windows
from house.ground.html import safe_url
from house.ground.text import clean, one_line
from house.vocabulary.languages import LANGUAGES

_NUMBER = r"(-?\d{1,3}(?:\.\d+)?)"
# "52.37, 4.89", geo:52.37,4.89, and what maps put into their addresses.
_POINTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[?&]mlat={_NUMBER}&mlon={_NUMBER}",
        rf"#map=\d+(?:\.\d+)?/{_NUMBER}/{_NUMBER}",
        rf"@{_NUMBER},{_NUMBER},",
        rf"[?&](?:q|ll|query)={_NUMBER}(?:,|%2C){_NUMBER}",
        rf"^(?:geo:)?\s*{_NUMBER}\s*[,; ]\s*{_NUMBER}",
    )
)
MOST_KINDS = 6
_STACKED = 4  # marks on one letter, before they cover the lines above
_LINE = re.compile(
    r"(?P<rule>\S+)(?:\s+(?P<starts>\d{1,2}:\d{2})\s*[-–]\s*(?P<ends>\d{1,2}:\d{2}))?"
)
LINES = ("name", "street", "postcode", "place", "opening_hours", "opening_note")


def calm(value: str) -> str:
    """Without more than a few marks on one letter."""
    kept, marks = [], 0
    for sign in value:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= _STACKED:
            kept.append(sign)
    return "".join(kept)


def point_of(text: str) -> tuple[float, float] | None:
    """(latitude, longitude) of what somebody pasted."""
    for pattern in _POINTS:
        if match := pattern.search(text.strip()):
            return float(match[1]), float(match[2])
    return None


class PlaceForm(forms.ModelForm):
    """Name, kinds, point, opening. Whoever inherits adds what else is asked."""

    kinds = forms.MultipleChoiceField(
        label=_("What kind of place is it?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One is enough."),
        error_messages={"required": _("Choose at least one kind.")},
    )
    point = forms.CharField(
        label=_("Where on the map?"),
        max_length=600,
        help_text=_(
            "Latitude and longitude, such as 52.3716, 4.8891; or paste the address of the place from any map "
            "on the web, we find the numbers in it."
        ),
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )
    website = forms.URLField(
        label=_("Website"),
        max_length=400,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        error_messages={"invalid": _("An address begins with https:// or http://.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the description"), choices=list(LANGUAGES.items()), initial="en"
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken there"),
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    repeats = forms.CharField(
        label=_("Days that repeat"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_(
            "One rule a line, such as FREQ=MONTHLY;BYDAY=1TU 13:00-17:00 for the first Tuesday of each month."
        ),
    )
    without = forms.CharField(
        label=_("Days without"),
        required=False,
        max_length=600,
        help_text=_("Such as 08 for each August, 12-24:12-31, or 2026-12-25; commas between them."),
    )

    class Meta:
        model = Initiative
        fields = [
            "name", "description", "language", "street", "postcode", "place", "opening_hours", "opening_note",
            "website",
        ]  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "opening_hours": _(
                "As OpenStreetMap writes it, such as Mo-Fr 10:00-18:00; Sa 11:00-16:00."
            ),
            "opening_note": _("For people, such as “by appointment”."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = taxonomy.choices()  # type: ignore[attr-defined]
        held = self.instance
        if held.pk:
            self.initial |= {
                "kinds": held.kind_list,
                "languages": held.language_list,
                "point": f"{held.latitude:.6f}, {held.longitude:.6f}",
                "repeats": "\n".join(_told(each) for each in held.recurrence),
                "without": ", ".join(held.closed),
            }

    def clean_kinds(self) -> list[str]:
        said: list[str] = self.cleaned_data["kinds"]
        if len(said) > MOST_KINDS:
            raise ValidationError(
                _("Choose at most %(most)d: those for which people come."),
                params={"most": MOST_KINDS},
            )
        return said

    def clean_point(self) -> tuple[float, float]:
        found = point_of(self.cleaned_data["point"])
        if found is None:
            raise ValidationError(
                _("We find no latitude and longitude in this. Write them as 52.3716, 4.8891.")
            )
        lat, lon = found
        if abs(lat) > 90 or abs(lon) > 180:
            raise ValidationError(_("There is no such point on earth: latitude comes first."))
        if lat == 0 == lon:
            raise ValidationError(_("0, 0 lies in the sea: it stands for “unknown”."))
        return lat, lon

    def clean_website(self) -> str:
        given = self.cleaned_data["website"]
        if given and not safe_url(given):
            raise ValidationError(_("An address begins with https:// or http://."))
        return str(given)

    def clean_repeats(self) -> list[dict[str, str]]:
        made = []
        for line in filter(None, map(str.strip, self.cleaned_data["repeats"].splitlines()[:10])):
            match = _LINE.fullmatch(line)
            try:
                rules.parse(match["rule"] if match else "")
            except rules.NotARule as problem:
                raise ValidationError(
                    _("We don't understand “%(line)s”: %(why)s."),
                    params={"line": line[:80], "why": str(problem)},
                ) from None
            made.append({key: value or "" for key, value in match.groupdict().items()})  # type: ignore[union-attr]
        return made

    def clean_without(self) -> list[str]:
        said = [each.strip() for each in self.cleaned_data["without"].split(",") if each.strip()]
        for each in said[:60]:
            if windows.closed_span(each) is None:
                raise ValidationError(
                    _("“%(day)s” is not a day or span."), params={"day": each[:40]}
                )
        return said[:60]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in (*LINES, "description"):
            if name in data:
                data[name] = calm(
                    one_line(data[name]) if name in LINES else clean(data[name]).strip()
                )
        if "name" in data and not any(map(str.isalnum, data["name"])):
            self.add_error("name", _("Please write something here."))
        return data

    def _post_clean(self) -> None:
        """The model's own checks need the point that was found."""
        if isinstance(point := self.cleaned_data.get("point"), tuple):
            self.instance.latitude, self.instance.longitude = point
        super()._post_clean()  # type: ignore[misc]

    def said(self) -> Said:
        data = self.cleaned_data
        facts = {name: data[name] for name in self._meta.fields or () if name in data}
        facts |= {
            "latitude": data["point"][0],
            "longitude": data["point"][1],
            "recurrence": data["repeats"],
            "closed": data["without"],
        }
        return Said(facts, data["kinds"], data["languages"])


def _told(each: dict[str, str]) -> str:
    hours = f" {each['starts']}-{each['ends']}" if each.get("starts") and each.get("ends") else ""
    return f"{each.get('rule', '')}{hours}"
