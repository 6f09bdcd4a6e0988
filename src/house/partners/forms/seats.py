from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from house.ground.text import clean, one_line
from house.partners.models import Invitation, Seat
from house.partners.models.invitation import LASTS
from house.people.addresses import plain_address


class SeatForm(forms.ModelForm):
    class Meta:
        model = Seat
        fields = ["title", "team", "kind"]
        labels = {
            "title": _("Role"),
            "team": _("Team or department"),
            "kind": _("Kind of seat"),
        }
        help_texts = {
            "title": _("What the person does, as in “Policy adviser, shared mobility”."),
            "team": _("As in “Department of Transportation”."),
            "kind": _("A coordinator and a contact speak for the city and look after its seats."),
        }
        widgets = {"kind": forms.RadioSelect}

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_team(self) -> str:
        return one_line(self.cleaned_data["team"])


class SeatChoice(forms.ModelChoiceField):
    """One of a city's seats, named by role, team and who sits there."""

    def __init__(self, **facts: Any) -> None:
        facts.setdefault("queryset", Seat.objects.none())  # every row: none
        super().__init__(to_field_name="code", **facts)

    def label_from_instance(self, seat: Seat) -> str:
        said = [seat.title, seat.team, seat.person.name if seat.person else ""]
        return " · ".join(part for part in said if part)


class InvitationForm(forms.ModelForm):
    seat = SeatChoice(
        label=_("Seat"),
        empty_label=_("A new seat, described below"),
        required=False,
        help_text=_("Where somebody sits, the seat changes hands when the invitation is accepted."),
    )
    title = forms.CharField(label=_("Role on a new seat"), max_length=120, required=False)
    team = forms.CharField(
        label=_("Team of a new seat"),
        max_length=120,
        required=False,
        help_text=_("As in “Department of Transportation”."),
    )
    kind = forms.ChoiceField(
        label=_("Kind of a new seat"),
        choices=Seat.Kind.choices,
        initial=Seat.Kind.MEMBER,
        widget=forms.RadioSelect,
        required=False,
    )

    class Meta:
        model = Invitation
        fields = ["name", "email", "words"]
        labels = {"words": _("A word to her or him")}
        help_texts = {
            "email": _("Addresses outside your city's mail domains wait for the foundation."),
            "words": _("Stands in the mail. It is good for %(days)s days.") % {"days": LASTS.days},
        }
        widgets = {
            "words": forms.Textarea(attrs={"rows": 3}),
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats
        self.order_fields(["name", "email", "seat", "title", "team", "kind", "words"])

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_email(self) -> str:
        return plain_address(self.cleaned_data["email"])

    def clean_words(self) -> str:
        return clean(self.cleaned_data["words"])

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not found.get("seat") and not one_line(found.get("title") or ""):
            self.add_error(
                "title", ValidationError(_("Choose a seat, or name the role of a new one."))
            )
        return found


class SuccessorForm(forms.Form):
    successor = SeatChoice(
        label=_("A colleague who sits for your city"),
        empty_label=_("Choose a colleague"),
        help_text=_("Her own seat becomes empty."),
    )

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = seats


class MoveForm(forms.Form):
    to = SeatChoice(label=_("To this empty seat"), empty_label=_("Choose a seat"))

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = seats


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("Kept in the journal for your city and the foundation."),
    )

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])


class UseForm(forms.Form):
    what_for = forms.CharField(
        label=_("What is it for?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few lines: the foundation answers, and your colleagues see it here."),
    )
    # The same page sent twice asks once.
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean_what_for(self) -> str:
        return clean(self.cleaned_data["what_for"]).strip()


class DomainForm(forms.Form):
    domain = forms.CharField(
        label=_("Mail domain"),
        max_length=190,
        help_text=_("What stands after the @, as in amsterdam.example."),
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"}),
    )
