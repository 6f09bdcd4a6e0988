from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.candour import Candour
from house.memory.actions.offering import LONGEST
from house.memory.actions.settling import is_as_hidden
from house.memory.models import Consent, OfferedSpan
from house.partners.anonymity import hides


class ConsentForm(forms.Form):
    """Her own words to mend, one field for each span, and how she is named."""

    candour = forms.ChoiceField(
        label=gettext_lazy("How ALEX names you"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "As where you said it, or less. Readers come from one to the other."
        ),
    )
    described_as = forms.CharField(
        label=gettext_lazy("A description of your city"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "Only if you chose a description: such as “a mid-size European port city”. "
            "At least three partner cities must fit it."
        ),
    )

    def __init__(
        self,
        *args: Any,
        consent: Consent,
        spans: Sequence[OfferedSpan],
        labels: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.spans = {f"words-{span.code}": span for span in spans}
        choices = [each for each in Candour if is_as_hidden(each, consent.candour_there)]
        self.fields["candour"].choices = [(each.value, each.label) for each in choices]
        self.fields["candour"].initial = consent.candour
        self.fields["described_as"].initial = consent.described_as
        if Candour.DESCRIBED not in choices:
            del self.fields["described_as"]
        for name, span in self.spans.items():
            self.fields[name] = forms.CharField(
                label=labels.get(span.field, _("Your words")),
                initial=span.text,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(
                    attrs={"rows": min(12, 3 + len(span.text) // 90), "dir": "auto"}
                ),
                help_text=_("Mend them if you like; emptied, they are left out."),
            )
        self.order_fields([*self.spans, "candour", "described_as"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("candour") == Candour.DESCRIBED and (
            problem := hides(told.get("described_as", ""))
        ):
            self.add_error("described_as", problem)
        return told

    def texts(self) -> dict[str, str]:
        """Code of a span → what she made of it."""
        return {span.code: self.cleaned_data[name] for name, span in self.spans.items()}
