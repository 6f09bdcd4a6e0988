from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.ground.text import one_line
from house.vocabulary.context import NAMES, STATED, WORDS


class TraitForm(forms.Form):
    """One thing that a city says of itself, with where it stands."""

    what = forms.ChoiceField(label=_("What is so in your city?"))
    source = forms.CharField(
        label=_("Where does it stand?"),
        max_length=200,
        help_text=_("The law, decision or statistics, as your city cites it."),
    )
    url = forms.URLField(
        label=_("Web address of that"), max_length=400, required=False, assume_scheme="https"
    )
    year = forms.IntegerField(label=_("Of which year?"), required=False, min_value=1800)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [
            (NAMES[name], [(f"{name}:{value}", word) for value, word in WORDS[name].items()])
            for name in STATED
        ]

    def clean_source(self) -> str:
        if source := one_line(self.cleaned_data["source"]):
            return source
        raise forms.ValidationError(_("Say where it stands: who reads it looks it up there."))

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year and year > timezone.localdate().year:
            raise forms.ValidationError(_("This year has not come yet."))
        return year
