from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.ground.text import clean, one_line
from house.partners.forms.seats import SeatChoice
from house.partners.models import JoinRequest, Partnership
from house.people.addresses import plain_address
from house.vocabulary.models import City


class JoinForm(forms.ModelForm):
    city = forms.ModelChoiceField(
        label=_("Your city"),
        queryset=City.objects.none(),  # every row: filled in below, who is a partner is public
        to_field_name="slug",
        empty_label=_("Choose your city"),
    )

    class Meta:
        model = JoinRequest
        fields = ["city", "name", "email", "title", "words"]
        labels = {"title": _("Your role there"), "name": _("Your name"), "email": _("Your e-mail")}
        help_texts = {
            "email": _("Your work address. A code goes there, which you type on the next page."),
            "title": _("As in “Policy adviser, shared mobility”."),
        }
        widgets = {
            "words": forms.Textarea(attrs={"rows": 3}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # every row: who is a partner is public
        running = Partnership.objects.running().values("city")
        self.fields["city"].queryset = City.objects.filter(pk__in=running)  # every row: as above
        if is_known:
            del self.fields["email"], self.fields["name"]

    def clean_email(self) -> str:
        return plain_address(self.cleaned_data["email"])

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_words(self) -> str:
        return clean(self.cleaned_data["words"])


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )


class ApprovalForm(forms.Form):
    seat = SeatChoice(
        label=_("The seat"), empty_label=_("A new seat, as asked for"), required=False
    )

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats


class DeclineForm(forms.Form):
    reply = forms.CharField(
        label=_("A word to her or him"),
        max_length=300,
        help_text=_("It stands in the mail that says no."),
    )

    def clean_reply(self) -> str:
        return one_line(self.cleaned_data["reply"])
