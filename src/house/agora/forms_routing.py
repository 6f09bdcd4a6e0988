from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from house.agora.models.routing import Willingness
from house.people.models import Person


class WillingnessForm(forms.ModelForm):
    """How often somebody may be asked."""

    class Meta:
        model = Willingness
        fields = ["per_month", "away_until"]
        widgets = {
            "per_month": forms.NumberInput(attrs={"min": 0, "max": 30}),
            "away_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "per_month": _("0 for never. Nobody is shown this number."),
            "away_until": _(
                "Until that day you are not asked; neither are you while your notices say that you are away."
            ),
        }

    per_month = forms.IntegerField(
        label=_("Invitations a month, at most"),
        min_value=0,
        max_value=30,
        widget=forms.NumberInput(attrs={"min": 0, "max": 30}),
        help_text=_("0 for never. Nobody is shown this number."),
    )


class DeclineForm(forms.Form):
    why = forms.CharField(
        label=_("Why not"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Only for the house, to choose better. The asker is not told."),
    )


class PassOnForm(forms.Form):
    colleague = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=Person.objects.none(),  # every row: none, until the view says who
        to_field_name="code",
        empty_label=_("Choose a colleague"),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = people
