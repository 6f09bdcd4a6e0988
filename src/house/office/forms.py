from django import forms
from django.utils.translation import gettext_lazy as _

from house.ground.days import DayField
from house.office.acts import choices
from house.office.models import PeopleAct


class JournalForm(forms.Form):
    """What to look for in the journal; everything optional."""

    q = forms.CharField(label=_("Words in the reason"), max_length=100, required=False)
    act = forms.ChoiceField(label=_("Act"), choices=choices, required=False)
    person = forms.CharField(
        label=_("Who did it"),
        help_text=_("A name or an e-mail address."),
        max_length=120,
        required=False,
    )
    thing = forms.CharField(
        label=_("To what"), help_text=_("As the journal writes it, such as “partnership 12”."),
        max_length=100, required=False,
    )  # fmt: skip
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)


class PeopleForm(forms.Form):
    """Whom to show: by name or address, and by state."""

    q = forms.CharField(label=_("Name or e-mail address"), max_length=120, required=False)
    city = forms.CharField(label=_("City"), max_length=80, required=False)


class ActForm(forms.Form):
    """An act on persons, with the reason that stands in the journal."""

    act = forms.ChoiceField(choices=PeopleAct.Act, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why"), help_text=_("Stands in the journal for ever. Don’t write about health or family."),
        max_length=300,
    )  # fmt: skip


class ColleagueForm(forms.Form):
    """Somebody of the foundation. Whoever works for a city is invited to one of its seats."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), help_text=_("She signs in with codes sent there."))
    works_as = forms.MultipleChoiceField(
        label=_("Works as"), widget=forms.CheckboxSelectMultiple,
        choices=[("office", _("Office")), ("curator", _("Curator")), ("expert", _("Expert"))],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why"), help_text=_("Stands in the journal for ever."), max_length=300
    )


class RevealForm(forms.Form):
    thing = forms.CharField(
        label=_("Address"), max_length=500,
        help_text=_("Of the entry in ALEX, or of the post or answer in the Agora, as your browser shows it."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why"), help_text=_("A second person of the office reads it, and the author too."),
        max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
