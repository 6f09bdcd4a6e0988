import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.atlas.mobility.actions.correcting import DOCUMENT, MOST, Evidence
from house.atlas.mobility.models import Field
from house.ground import stripping
from house.ground.html import safe_url
from house.ground.text import clean, one_line


class LineField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class CorrectionForm(forms.Form):
    field = forms.ChoiceField(
        label=_("What is wrong?"), choices=Field.choices, widget=forms.RadioSelect
    )
    value = forms.IntegerField(
        label=_("The right value"),
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("A whole number. We reckon what stands per 1,000 people."),
    )
    on = forms.DateField(
        label=_("True on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day of the count, or of the register."),
    )
    source = LineField(
        label=_("Who says so"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Such as “Statistics Netherlands, population on 1 January”."),
    )
    url = LineField(
        label=_("Where it can be looked up: a web address"),
        max_length=400,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        help_text=_("Needed, unless you add a document."),
    )
    document = forms.FileField(
        label=_("Or a document"),
        required=False,
        help_text=_(
            "PDF, office file, picture or text, at most 10 MB. Names and places that the file carries are "
            "taken out. Curators and people of your city can open it; once accepted, everybody."
        ),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why is our value wrong?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def clean_value(self) -> int:
        value: int = self.cleaned_data["value"]
        field = self.data.get("field", "")
        if field in Field.values and value > MOST[Field(field)]:
            raise ValidationError(_("This is more than any city has. Please check the digits."))
        if field == Field.POPULATION and value == 0:
            raise ValidationError(_("A city has people."))
        return value

    def clean_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        if day < timezone.localdate() - datetime.timedelta(days=3660):
            raise ValidationError(_("This is more than ten years ago."))
        return day

    def clean_url(self) -> str:
        told: str = self.cleaned_data["url"]
        if told and not safe_url(told):
            raise ValidationError(_("A web address begins with https:// or http://."))
        return told

    def clean_document(self) -> Any:
        file = self.cleaned_data["document"]
        if file is None:
            return None
        if file.size > DOCUMENT:
            raise ValidationError(_("The document is larger than 10 MB. Give its web address."))
        if str(file.name).rpartition(".")[2].lower() not in stripping.ENDINGS:
            raise ValidationError(
                _("Files of this kind are not taken. Give one of these: %(known)s."),
                params={"known": ", ".join(stripping.ENDINGS)},
            )
        return file

    def clean_reason(self) -> str:
        told = clean(self.cleaned_data["reason"]).strip()
        if not told:
            raise ValidationError(_("Say why our value is wrong."))
        return told

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if (
            not told.get("url")
            and not told.get("document")
            and not self.errors.keys() & {"url", "document"}
        ):
            self.add_error("url", _("Give a web address or a document: one of them proves it."))
        if self.errors and told.get("document"):
            self.say_that_the_document_went()
        return told

    def say_that_the_document_went(self) -> None:
        """Browsers send a file once; all else that was typed stands in the form again."""
        self.add_error(
            "document", _("Please choose the document again: only it could not be kept.")
        )

    def evidence(self, *, was: float | None, edition: str) -> Evidence:
        told = self.cleaned_data
        file = told["document"]
        return Evidence(
            field=told["field"], value=float(told["value"]), on=told["on"], source=told["source"],
            reason=told["reason"], url=told["url"], document=file.read() if file else b"",
            document_name=str(file.name) if file else "", was=was, edition=edition,
        )  # fmt: skip


class DecisionForm(forms.Form):
    act = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[("accept", _("Accept: it counts from the next edition on")), ("refuse", _("Refuse"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    answer = forms.CharField(
        label=_("A word to the city"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Needed where you refuse: say why and what would convince you."),
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("act") == "refuse" and not clean(told.get("answer", "")).strip():
            self.add_error("answer", _("Say why: the city will ask."))
        return told
