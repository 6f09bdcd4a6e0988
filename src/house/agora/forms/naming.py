"""How the writer is named: the same questions for whatever she writes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.access.candour import Candour
from house.agora.hiding import GivesAway, TooNarrow
from house.ground.errors import Refused
from house.ground.text import clean


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFiles(forms.FileField):
    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFiles, self).clean(each, initial) for each in files]


class NamingForm(forms.Form):
    """`despite` is the digest of the warnings that the writer has read."""

    candour = forms.ChoiceField(
        label=_("How you are named"), choices=Candour.choices, widget=forms.RadioSelect
    )
    described_as = forms.CharField(
        label=_("Description of your city"),
        help_text=_(
            "For example: a mid-size European port city. At least three partner cities must fit."
        ),
        max_length=120,
        required=False,
    )
    despite = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    files = ManyFiles(
        label=_("Files"),
        help_text=_(
            "Pictures, PDF, Word, Excel, PowerPoint or text, up to 20 MB each. Who made them, where and when "
            "is taken out."
        ),
        required=False,
    )

    def __init__(self, *args: Any, has_city: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_city:
            field = self.fields["candour"]
            field.choices = [  # type: ignore[attr-defined]
                (Candour.PERSON, _("My name")),
                (Candour.CITY, _("The foundation")),
            ]
            del self.fields["described_as"]

    def naming(self) -> dict[str, str]:
        """What the actions take of it."""
        told = {name: self.cleaned_data.get(name, "") for name in ("candour", "described_as")}
        return {**told, "despite": self.cleaned_data["despite"]}

    def show_refusal(self, refused: Refused) -> None:
        """Beside the field that it is about; the form then holds what to send to go on all the same."""
        said = f"{refused.message} {refused.remedy}".strip()
        if isinstance(refused, TooNarrow):
            self.add_error("described_as" if "described_as" in self.fields else None, said)
            self.offered = refused.offered
        elif isinstance(refused, GivesAway):
            self.add_error("body", said)
            self.traces = refused.traces
            self.data = self.data.copy()  # type: ignore[union-attr]
            self.data[self.add_prefix("despite")] = refused.digest
        else:
            self.add_error(None, said)


def typed(data: Mapping[str, Any], form: forms.Form) -> dict[str, Any]:
    """What was typed into the fields of this form, as the autosave keeps it."""
    kept: dict[str, Any] = {}
    for name, field in form.fields.items():
        if isinstance(field, forms.FileField) or name == "despite":
            continue
        if isinstance(field, forms.MultipleChoiceField):
            kept[name] = ",".join(data.getlist(name))  # type: ignore[attr-defined]
        else:
            kept[name] = clean(str(data.get(name, "")))
    return kept
