from typing import Any
from urllib.parse import unquote

from django import forms
from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.atlas.clauses.kinds import ClauseType, Field, Form
from house.atlas.clauses.models import FACTS, Answer, Told
from house.ground.html import safe_url
from house.ground.text import clean, one_line
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import City

_LONG = 60_000


def _text(name: str, *, required: bool = False, rows: int = 0, help_text: Any = "") -> Any:
    """A field that mirrors the column: its label and its length are said once, in the model."""
    column = Told._meta.get_field(name)
    widget = (
        forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        if rows
        else forms.TextInput(attrs={"dir": "auto"})
    )
    return forms.CharField(
        label=capfirst(column.verbose_name), max_length=column.max_length, required=required,
        widget=widget, help_text=help_text,
    )  # fmt: skip


def _day(name: str) -> forms.DateField:
    return forms.DateField(
        label=capfirst(Told._meta.get_field(name).verbose_name), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


def written_in(city: City) -> str:
    """The language that the official texts of a city are most likely in."""
    return next((tag for tag in city.languages if tag in LANGUAGES), "en")


class ToldForm(forms.Form):
    """One answer with its proof. What it must hold beside yes or no depends on the question."""

    answer = forms.ChoiceField(
        label=_("What the text says"),
        help_text=_("If no text says anything, leave the question open: unknown is not a no."),
        choices=[(value, label) for value, label in Answer.choices],
        widget=forms.RadioSelect,
    )
    value = forms.DecimalField(
        label=_("Number"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    unit = _text("unit", help_text=_("With its time: nights a year, euros for each breach."))
    day = _day("day")
    words = _text("words", help_text=_("What the table shows: a phrase, not a sentence."))
    note = _text(
        "note", rows=2, help_text=_("What a colleague elsewhere must know to read it rightly.")
    )
    valid_from = _day("valid_from")
    valid_until = _day("valid_until")
    quote = _text(
        "quote", required=True, rows=5, help_text=_("Copied from the official text, not put in your words.")
    )  # fmt: skip
    quote_language = forms.ChoiceField(
        label=_("Language of the text"), choices=list(LANGUAGES.items())
    )
    source_title = _text("source_title", required=True)
    source_url = forms.CharField(
        label=_("Address of the source"), max_length=400,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: ClauseType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name, form in (("value", Form.NUMBER), ("unit", Form.NUMBER), ("day", Form.DATE)):
            if kind.form != form:
                del self.fields[name]
        if kind.unit and "unit" in self.fields:
            self.fields["unit"].initial = kind.unit

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name in ("unit", "words", "note", "source_title", "why"):
            if isinstance(told.get(name), str):
                told[name] = one_line(told[name])
        if isinstance(told.get("quote"), str):
            told["quote"] = clean(told["quote"]).strip()
            if not told["quote"] and "quote" not in self.errors:
                self.add_error("quote", _t("The official text is missing."))
        if told.get("answer") == Answer.YES:
            self._needs_its_answer(told)
        begins, ends = told.get("valid_from"), told.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", _t("It ends before it begins."))
        return told

    def _needs_its_answer(self, told: dict[str, Any]) -> None:
        if "value" in self.fields and told.get("value") is None and not told.get("words"):
            self.add_error("value", _t("Give the number, or say in a few words why there is none."))
        if told.get("value") is not None and not told.get("unit"):
            self.add_error("unit", _t("A number needs its unit."))
        if "day" in self.fields and told.get("day") is None and not told.get("words"):
            self.add_error("day", _t("Give the date, or say it in a few words."))
        if self.kind.form == Form.WORDS and not told.get("words"):
            self.add_error("words", _t("Say it in a few words."))

    def clean_source_url(self) -> str:
        address = safe_url(self.cleaned_data["source_url"])
        if not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_t("Give an address that begins with https://."))
        return address

    def facts(self) -> dict[str, Any]:
        """All columns of an answer; what the question does not ask for is empty."""
        empty = {"value": None, "day": None, "unit": "", "entry_url": ""}
        return {name: self.cleaned_data.get(name, empty.get(name)) for name in FACTS}


class ClauseForm(ToldForm):
    """What a curator writes."""

    audience = forms.ChoiceField(
        label=_("Who may read it"),
        choices=[
            (Audience.PUBLIC.value, Audience.PUBLIC.label),
            (Audience.ALLIANCE.value, Audience.ALLIANCE.label),
        ],
    )
    entry_url = forms.CharField(
        label=_("Entry in ALEX"), required=False, max_length=1000,
        help_text=_("Its address in this house, such as /alex/thirty-nights/."),
    )  # fmt: skip
    why = forms.CharField(
        label=_("What changed"), max_length=300, required=False,
        help_text=_("Stands in the history, beside what it said before."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_entry_url(self) -> str:
        """As the house writes it, also where it was copied whole, or with its letters of any script."""
        said = self.cleaned_data["entry_url"]
        if not said:
            return ""
        path = said.removeprefix(settings.BASE_URL)
        try:
            found = None if "//" in path else resolve(unquote(path))
        except Resolver404:
            found = None
        if found is None or found.view_name != "alex:entry":
            raise forms.ValidationError(_t("That is no address of an entry of this house."))
        return reverse("alex:entry", kwargs=found.kwargs)


class CorrectionForm(ToldForm):
    """What a city says of itself."""

    why = forms.CharField(
        label=_("What is wrong, and how you know"), max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip


class DecisionForm(forms.Form):
    act = forms.ChoiceField(choices=[("accept", _("Accept")), ("refuse", _("Refuse"))])
    reason = forms.CharField(
        label=_("Why"), max_length=600, required=False,
        help_text=_("The city reads it. Needed when you don’t take it over."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("act") == "refuse" and not one_line(told.get("reason") or ""):
            self.add_error("reason", _t("Say why: the city reads it."))
        return told


class QuestionForm(forms.Form):
    """Which question a new clause answers."""

    field = forms.ChoiceField(label=_("Field"), choices=Field.choices)
    # every row: none, until the view gives what its door lets through
    city = forms.ModelChoiceField(City.objects.none(), label=_("City"), to_field_name="slug")

    def __init__(self, *args: Any, cities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = cities  # type: ignore[attr-defined]  # a ModelChoiceField


class PassageForm(QuestionForm):
    """A passage of a text, in which candidates are looked for."""

    text = forms.CharField(
        label=_("Passage"), max_length=_LONG, widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        help_text=_("Paste an article of the law or policy, word for word."),
    )  # fmt: skip
    quote_language = forms.ChoiceField(
        label=_("Language of the text"),
        choices=[(tag, LANGUAGES[tag]) for tag in ("en", "nl", "es", "fr", "de")],
    )
    source_title = forms.CharField(label=_("Title of the source"), max_length=300)
    source_url = forms.CharField(
        label=_("Address of the source"), max_length=400,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )  # fmt: skip

    clean_source_url = ToldForm.clean_source_url

    def clean_text(self) -> str:
        return clean(self.cleaned_data["text"])
