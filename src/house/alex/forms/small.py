"""Forms of one or two questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.alex.models import AdoptionResult, FreshnessAsk, Outcome, Stage


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The author reads this. Say what to change, and what is already good."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why: its author has to know what to change.")},
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Write to each other"),
        help_text=_("Only the author, the holder of the role and the curators read this."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you want to say.")},
    )
    anchor = forms.CharField(label=_("About"), required=False, max_length=60)

    def __init__(self, *args: Any, fields: list[tuple[str, Any]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.fields["anchor"].widget = forms.Select(choices=[("", _("The whole text")), *fields])


class AdoptionForm(forms.Form):
    city = forms.ChoiceField(label=_("Your city"))
    stage = forms.ChoiceField(
        label=_("How far are you?"), choices=Stage.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What you changed"),
        help_text=_("What did you have to do differently at home?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    started_on = forms.DateField(
        label=_("Since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    result_entry = forms.CharField(
        label=_("Your own entry about it"),
        help_text=_("Paste the address of your entry in ALEX, if you wrote one."),
        required=False,
        max_length=500,
    )

    def __init__(self, *args: Any, cities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["city"]
        field.choices = cities  # type: ignore[attr-defined]
        if len(cities) == 1:
            field.initial = cities[0][0]


class ResultForm(forms.Form):
    months = forms.TypedChoiceField(
        label=_("When"), choices=AdoptionResult.MONTHS, coerce=int, widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(
        label=_("How did it go?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What came of it"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Is this still true?"),
        choices=FreshnessAsk.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three answers.")},
    )


class FileForm(forms.Form):
    """One file with its licence. What may be uploaded is the action's to say."""

    file = forms.FileField(label=_("File"))
    label = forms.CharField(label=_("What it is"), required=False, max_length=200)
    licence = forms.CharField(label=_("Licence"), required=False, max_length=200)
