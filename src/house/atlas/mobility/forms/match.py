from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from house.atlas.mobility import wording
from house.atlas.mobility.forms.correction import LineField
from house.atlas.mobility.naming.gazetteer import Gazetteer, Place
from house.atlas.mobility.naming.words import parts_of, state_of

NO_CITY, OTHER = "-", "?"


class MatchForm(forms.Form):
    """Which city a location means: one that is near by name, one by its name, or none."""

    place = forms.ChoiceField(label=_("Which city is meant?"), widget=forms.RadioSelect)
    name = LineField(
        label=_("Its name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Of a place in the same country. Several cities: put “/” between them."),
    )
    system = forms.ChoiceField(label=_("For which systems?"), required=False)
    reason = LineField(
        label=_("How do you know?"),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Such as “the operator’s own map”. It stands in the journal."),
    )

    def __init__(
        self, *args: Any, row: dict[str, Any], gazetteer: Gazetteer, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.gazetteer = row, gazetteer
        near = [gazetteer.by_code[code] for code in row["near"] if code in gazetteer.by_code]
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            *((place.code, told(place)) for place in near),
            (OTHER, _("Another place, by its name")),
            (NO_CITY, _("None: it is a country, a region, or no place")),
        ]
        self.fields["system"].choices = [  # type: ignore[attr-defined]
            ("", _("All of this location")),
            *((each["id"], each["name"]) for each in row["systems"]),
        ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("place") == OTHER:
            said["codes"] = self._by_name(said.get("name", ""))
        elif said.get("place"):
            said["codes"] = [] if said["place"] == NO_CITY else [said["place"]]
        return said

    def _by_name(self, name: str) -> list[str]:
        country = self.row["country"]
        codes = []
        for part in parts_of(name, country) or [name]:
            bare, state = state_of(part)
            found = self.gazetteer.called(bare, country) or self.gazetteer.also_called(
                bare, country
            )
            if state:
                found = [place for place in found if place.admin == state]
            if len(found) != 1:
                self.add_error("name", self._why_not(part, found))
                return []
            codes.append(found[0].code)
        return codes

    def _why_not(self, name: str, found: list[Place]) -> ValidationError:
        where = wording.country(self.row["country"])
        if not name:
            return ValidationError(_("Give the name of the place."))
        if found:
            return ValidationError(
                _(
                    "%(count)d places of %(country)s are called %(name)s. Put the state behind a comma, "
                    "such as %(state)s."
                ),
                params={"count": len(found), "country": where, "name": name, "state": found[0].admin},
            )  # fmt: skip
        return ValidationError(
            _("The gazetteer knows no %(name)s in %(country)s."),
            params={"name": name, "country": where},
        )


def told(place: Place) -> str:
    people = f", {wording.number(place.population)}" if place.population else ""
    return f"{place.name} ({place.admin}{people})"
