import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.capabilities import CAPABILITIES, Standing
from house.access.viewer import Viewer
from house.ground.days import DayField
from house.ground.text import one_line
from house.partners.actions.rights import LONGEST_EXCEPTION, MOST_SEATS, MOST_UNITS
from house.partners.models import Benefit, Level, Per
from house.partners.versions import Contents
from house.people.models import Person
from house.vocabulary.models import City


class TableForm(forms.Form):
    """A version being written: which cells are ticked, units and seats by level, from when and why.

    `known` is the state of the versions that the author saw: somebody else may lay one meanwhile.
    """

    cells = forms.MultipleChoiceField(
        label=_("Rights"),
        required=False,
        choices=[
            (f"{standing}:{name}", f"{standing.label}: {name}")
            for name in CAPABILITIES
            for standing in Standing
        ],
    )
    effective_from = forms.DateTimeField(
        label=_("In force from"),
        required=False,
        help_text=_("In your time zone. Empty: at once."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = forms.CharField(
        label=_("Why it changes"),
        max_length=300,
        help_text=_("Stands beside the version for ever, and in the journal."),
    )
    known = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        benefits = Benefit.objects.visible_to(viewer)
        self.benefits = list(benefits.filter(is_offered=True))
        for level in Level:
            self.fields[f"seats-{level}"] = forms.IntegerField(
                label=_("Seats, %(level)s") % {"level": level.label},
                min_value=0,
                max_value=MOST_SEATS,
            )
            for benefit in self.benefits:
                named = {"level": level.label, "benefit": benefit.name}
                self.fields[f"units-{level}-{benefit.pk}"] = forms.IntegerField(
                    label=_("%(benefit)s, %(level)s: units") % named,
                    min_value=0,
                    max_value=MOST_UNITS,
                )
                self.fields[f"per-{level}-{benefit.pk}"] = forms.ChoiceField(
                    label=_("%(benefit)s, %(level)s: in each") % named, choices=Per.choices
                )
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", field.label)

    @staticmethod
    def filled(contents: Contents, benefits: list[Benefit]) -> dict[str, Any]:
        """What the form begins with: a version as it stands."""
        made: dict[str, Any] = {
            "cells": [f"{standing}:{name}" for standing, name in contents.cells]
        }
        for level in Level.values:
            made[f"seats-{level}"] = contents.seats.get(level, 0)
            for benefit in benefits:
                units, per = contents.allowances.get((level, benefit.pk), (0, Per.YEAR))
                made[f"units-{level}-{benefit.pk}"] = units
                made[f"per-{level}-{benefit.pk}"] = per
        return made

    def clean_note(self) -> str:
        return one_line(self.cleaned_data["note"])

    def clean_effective_from(self) -> datetime.datetime | None:
        moment: datetime.datetime | None = self.cleaned_data["effective_from"]
        if moment is not None and moment < timezone.now():
            raise forms.ValidationError(
                _("This moment has passed. Choose one to come, or leave it empty for “at once”.")
            )
        return moment

    def contents(self) -> Contents:
        told = self.cleaned_data
        pairs = (cell.partition(":") for cell in told["cells"])
        return Contents(
            frozenset((standing, name) for standing, _colon, name in pairs),
            {
                (level, benefit.pk): (units, told[f"per-{level}-{benefit.pk}"])
                for level in Level.values
                for benefit in self.benefits
                if (units := told[f"units-{level}-{benefit.pk}"])
            },
            {level: told[f"seats-{level}"] for level in Level.values},
        )

    # -- What the page draws ---------------------------------------------------------------------

    def grid(self) -> Iterator[tuple[str, list[tuple[Any, list[tuple[str, str, bool]]]]]]:
        """Title → rows (capability, [(standing, value, is ticked)]): the rooms first, then the desk."""
        ticked = set(self["cells"].value() or [])
        for title, is_hidden in ((_("In the rooms"), False), (_("At the desk"), True)):
            yield (
                str(title),
                [
                    (
                        each,
                        [
                            (str(standing.label), value, value in ticked)
                            for standing in Standing
                            for value in [f"{standing}:{each.name}"]
                        ],
                    )
                    for each in CAPABILITIES.values()
                    if each.is_hidden == is_hidden
                ],
            )

    def allowances(self) -> list[tuple[str, list[tuple[str, Any, Any]]]]:
        """Benefit → [(level, units, per)]."""
        return [
            (
                benefit.name,
                [
                    (
                        str(level.label),
                        self[f"units-{level}-{benefit.pk}"],
                        self[f"per-{level}-{benefit.pk}"],
                    )
                    for level in Level
                ],
            )
            for benefit in self.benefits
        ]

    def seats(self) -> list[tuple[str, Any]]:
        return [(str(level.label), self[f"seats-{level}"]) for level in Level]

    def words(self) -> list[Any]:
        return [self["effective_from"], self["note"]]


def typed(data: QueryDict) -> list[tuple[str, str]]:
    """Everything that was sent, to be sent once more: a preview loses nothing."""
    return [
        (name, value)
        for name, values in data.lists()
        if name not in {"csrfmiddlewaretoken", "act", "known"}
        for value in values
    ]


class ExceptionForm(forms.Form):
    city = forms.ChoiceField(label=_("A city"), required=False)
    person = forms.EmailField(
        label=_("Or a person, by her e-mail"),
        required=False,
        help_text=_("Name one of the two."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    capability = forms.ChoiceField(
        label=_("What it is about"),
        choices=[(each.name, each.told) for each in CAPABILITIES.values()],
    )
    is_granted = forms.TypedChoiceField(
        label=_("They"),
        choices=[("yes", _("may, although the table says no")), ("no", _("may not, although it says yes"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Last day"), help_text=_("Two years at most."))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_(
            "Those it concerns are told these words where something is refused to them: write them to her."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.cities = {city.pk: city for city in City.objects.visible_to(viewer).order_by("name")}
        self.fields["city"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((pk, city.label()) for pk, city in self.cities.items()),
        ]

    def clean_city(self) -> City | None:
        return self.cities.get(self.cleaned_data["city"])

    def clean_person(self) -> Person | None:
        address = self.cleaned_data["person"]
        if not address:
            return None
        found = Person.objects.visible_to(self.viewer).filter(email__iexact=address).first()
        if found is None:
            raise forms.ValidationError(_("Nobody you can see has this address."))
        return found

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if "person" in told and bool(told.get("city")) == bool(told["person"]):
            self.add_error("city", _("Name either a city or a person."))
        starts, ends = told.get("starts_on"), told.get("ends_on")
        if starts and starts < timezone.localdate():
            self.add_error("starts_on", _("It can't begin in the past."))
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("It ends before it begins."))
        if starts and ends and ends > starts + LONGEST_EXCEPTION:
            self.add_error(
                "ends_on",
                _("Two years at most: what should last longer belongs into the table."),
            )
        return told


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=300)
