"""What people type about visits."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from house.ground.days import DayField
from house.ground.text import clean, one_line
from house.meetings import programme
from house.meetings.actions.programmes import Planned
from house.meetings.actions.visits import Wish
from house.meetings.forms import LANGUAGE_CHOICES, PersonChoice, text
from house.meetings.models import Format
from house.meetings.programme import Row


def _day(label: Any, *, required: bool = False, help_text: Any = "") -> DayField:
    return DayField(label=label, required=required, help_text=help_text)


class VisitForm(forms.Form):
    goals = text(
        _("What should the day bring?"), 5000, rows=5, required=True,
        help_text=_("What you want to decide, learn or begin. The programme is made from this."),
    )  # fmt: skip
    teams = text(
        _("Which teams would meet us?"), 2000, rows=3, required=True,
        help_text=_("One a line, as in “Housing inspection, 6 people”."),
    )  # fmt: skip
    formats = forms.MultipleChoiceField(
        label=_("Formats"), choices=[each for each in Format.choices if each[0] != Format.BREAK],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    day_1 = _day(
        _("The best day"), required=True,
        help_text=_("At least three weeks ahead, so that people can be found."),
    )  # fmt: skip
    day_2 = _day(_("The next best"))
    day_3 = _day(_("Another day"))
    means_it = forms.BooleanField(
        label=_("We mean these days, also where one is a weekend or a holiday"), required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(label=_("Where the day begins"), max_length=200, required=False)
    access_needs = text(
        _("Access needs"), 1000, rows=2,
        help_text=_("Steps, hearing, food, whatever the day should take care of."),
    )  # fmt: skip
    contact_name = forms.CharField(label=_("Who answers questions about the day"), max_length=120)
    contact_way = forms.CharField(
        label=_("How to reach them"),
        max_length=200,
        help_text=_("A telephone number or an address."),
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def days(self) -> tuple[datetime.date, ...]:
        told = (self.cleaned_data.get(name) for name in ("day_1", "day_2", "day_3"))
        return tuple(dict.fromkeys(day for day in told if day))

    def clean_contact_name(self) -> str:
        return one_line(self.cleaned_data["contact_name"])

    def clean_contact_way(self) -> str:
        return one_line(self.cleaned_data["contact_way"])

    def wish(self) -> Wish:
        told = self.cleaned_data
        return Wish(
            goals=told["goals"], teams=told["teams"], days=self.days(), formats=tuple(told["formats"]),
            languages=tuple(told["languages"]), access_needs=told["access_needs"],
            contact_name=told["contact_name"], contact_way=told["contact_way"], place=told["place"],
            means_it=told["means_it"], key=told["key"],
        )  # fmt: skip


class TalkForm(forms.Form):
    text = text(_("Your message"), 5000, rows=4, required=True)

    def clean_text(self) -> str:
        return clean(self.cleaned_data["text"])


class DayForm(forms.Form):
    day = _day(_("The day of the visit"), required=True)
    place = forms.CharField(label=_("Where the day begins"), max_length=200, required=False)


class LeadForm(forms.Form):
    person = PersonChoice(label=_("Who looks after it"), empty_label=_("Choose a person"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class AnswerForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput)
    agrees = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("We agree to this programme")), ("no", _("Something should change"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect, empty_value=None,
    )  # fmt: skip
    word = text(_("What should change, or a word"), 2000, rows=3)


class ReportForm(forms.Form):
    report = text(
        _("What came of the day"), 20_000, rows=10, required=True,
        help_text=_("What was seen, what was decided, what the city takes home. The city reads it."),
    )  # fmt: skip


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("What is new in this version"), max_length=300, required=False,
        help_text=_("One line. The city reads it above the programme."),
    )  # fmt: skip


class CopyForm(forms.Form):
    template = forms.ChoiceField(label=_("Begin with"))

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = [(name, label) for name, (label, _rows) in programme.templates().items()]
        self.fields["template"].choices = [(_("Templates"), made), (_("Other visits"), others)]


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"),
    )


def _line(label: Any, most: int) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )


class RowForm(forms.Form):
    """One row of a programme; an empty one is left out, and so is one that is marked."""

    begins, ends = _hour(_("From")), _hour(_("To"))
    format = forms.ChoiceField(
        label=_("Format"), choices=[("", "–"), *Format.choices], required=False
    )
    title = _line(_("Title"), 160)
    team, place = _line(_("Team"), 160), _line(_("Place"), 200)
    people, notes = _line(_("Others who take part"), 300), _line(_("Notes"), 500)
    travel = forms.IntegerField(
        label=_("Minutes on the way afterwards"), required=False, min_value=0, max_value=600
    )
    members = forms.MultipleChoiceField(
        label=_("People of the house"), required=False, widget=forms.CheckboxSelectMultiple
    )
    remove = forms.BooleanField(label=_("Leave this row out"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = people

    @property
    def is_blank(self) -> bool:
        told = self.cleaned_data
        return not any(
            told.get(name)
            for name in ("begins", "ends", "title", "team", "place", "people", "notes")
        )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("remove"):
            self._errors.clear()
            return told
        if self.is_blank:
            return told
        begins, ends = told.get("begins"), told.get("ends")
        for name, said in (("begins", _("Say from when.")), ("ends", _("Say until when.")),
                           ("format", _("Choose a format.")), ("title", _("Give it a title."))):  # fmt: skip
            if (
                not told.get(name)
                and name not in self.errors
                and told.get(name) != datetime.time(0)
            ):
                self.add_error(name, said)
        if begins and ends and ends <= begins:
            self.add_error("ends", ValidationError(_("It ends before it begins.")))
        return told

    def planned(self) -> Planned | None:
        told = self.cleaned_data
        if told.get("remove") or self.is_blank:
            return None
        return Planned(
            Row(
                told["begins"], told["ends"], told["format"], one_line(told["title"]),
                one_line(told["place"]), told["travel"] or 0,
            ),
            team=one_line(told["team"]), people=one_line(told["people"]), notes=one_line(told["notes"]),
            members=tuple(int(pk) for pk in told["members"]),
        )  # fmt: skip


RowFormSet: type[BaseFormSet] = formset_factory(RowForm, extra=0, max_num=40, absolute_max=60)
