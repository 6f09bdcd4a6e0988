import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.access.capabilities import CAPABILITIES
from house.access.viewer import Viewer
from house.ground.text import one_line
from house.office.ledger.lists import SORTS
from house.partners import thresholds
from house.partners.models import Benefit
from house.vocabulary.models import City

# What a member may ask for: a benefit is never used by what only the desk may.
_ASKED = [
    (name, capability.told) for name, capability in CAPABILITIES.items() if not capability.is_hidden
]


class FilterForm(forms.Form):
    """What the list of balances shows. Whatever is not understood filters nothing."""

    city = forms.ChoiceField(label=_("City"), required=False)
    benefit = forms.ChoiceField(label=_("Benefit"), required=False)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("Periods that run now")),
            ("waiting", _("With something asked for")),
            ("over", _("Periods that are over")),
        ],
    )
    sort = forms.ChoiceField(
        required=False,
        choices=[(name, name) for key in SORTS for name in (key, f"-{key}")],
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = City.objects.visible_to(viewer).order_by("name").values_list("slug", "name")
        benefits = Benefit.objects.visible_to(viewer).values_list("pk", "name")
        self.fields["city"].choices = [("", _("All")), *cities]  # type: ignore[attr-defined]
        self.fields["benefit"].choices = [("", _("All")), *benefits]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        self.full_clean()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


def new_key() -> str:
    return uuid.uuid4().hex


class KeyedForm(forms.Form):
    """Carries the key by which sending it twice acts once."""

    key = forms.CharField(max_length=100, widget=forms.HiddenInput, initial=new_key)


class ReasonForm(KeyedForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("The city reads it in its statement.")
    )

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])


class GrantForm(ReasonForm):
    # every row: none, until the viewer is known
    benefit = forms.ModelChoiceField(Benefit.objects.none(), label=_("Benefit"))
    units = forms.IntegerField(label=_("Units"), min_value=1, max_value=100, initial=1)

    field_order = ("benefit", "units", "reason")

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Benefit.objects.visible_to(viewer)
        self.fields["benefit"].queryset = offered  # type: ignore[attr-defined]


class CorrectForm(ReasonForm):
    units = forms.IntegerField(
        label=_("Units"),
        min_value=-100,
        max_value=100,
        help_text=_("Such as 1 to add one, -1 to take one away. Never more than what is left."),
    )

    field_order = ("units", "reason")

    def clean_units(self) -> int:
        units: int = self.cleaned_data["units"]
        if units == 0:
            raise forms.ValidationError(_("Say how many, such as -1 or 1."))
        return units


class DecideForm(KeyedForm):
    reason = forms.CharField(
        label=_("What to tell the city"),
        max_length=300,
        required=False,
        help_text=_("Needed to give the unit back; the city reads it in its statement."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["reason"] = one_line(said.get("reason", ""))
        if "refund" in self.data and not said["reason"]:
            self.add_error("reason", _("Say why the unit is given back."))
        return said


class BenefitForm(forms.ModelForm):  # type: ignore[type-arg]
    capability = forms.ChoiceField(
        label=_("Who may ask for it"),
        required=False,
        help_text=_("Those who may do this may ask. Empty: the foundation hands it out itself."),
    )

    class Meta:
        model = Benefit
        fields = ("name", "description", "capability", "carry_over", "is_offered")
        labels = {"is_offered": _("Offered")}
        help_texts = {
            "carry_over": _("How many unused units of a period live on in the next one."),
            "is_offered": _("What is not offered any more is not granted; what was stays."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Only the foundation")), *_ASKED]
        self.fields["capability"].choices = choices  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        # every row: a name is taken for all
        others = Benefit.objects.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is a benefit of this name."))
        return name

    def clean_carry_over(self) -> int:
        units: int = self.cleaned_data["carry_over"]
        if units > 100:
            raise forms.ValidationError(_("At most 100."))
        return units


class DaysForm(forms.Form):
    """The number of days that a list goes by."""

    def __init__(self, *args: Any, known: thresholds.Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"] = forms.IntegerField(
            label=known.label, min_value=known.lowest, max_value=known.highest
        )
