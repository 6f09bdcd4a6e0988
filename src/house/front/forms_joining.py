"""The forms by which somebody outside the alliance asks to come in."""

import unicodedata
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.viewer import VISITOR
from house.ground.text import clean, one_line
from house.partners.models import Application, Level, Partnership
from house.partners.places import city_called, place_of
from house.people.addresses import plain_address
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import Topic

# Nobody reads and fills the form faster; a program does. Told, and kept, so that no person loses a word.
QUICKEST = 3  # seconds
_SALT = "front.joining"
_LINES = frozenset({"city_name", "country_name", "name", "role", "department"})
_TEXTS = frozenset({"why", "shares"})
# Letters that are stacked on one another until they cover the lines above.
_STACKED = 4


def _calm(value: str) -> str:
    """Without more than a few marks on one letter."""
    kept, marks = [], 0
    for sign in value:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= _STACKED:
            kept.append(sign)
    return "".join(kept)


class JoiningForm(forms.ModelForm):
    """What both forms ask. `partner` is the city that needs no application, once `is_valid` has found one."""

    city_name = forms.CharField(
        label=_("City"),
        max_length=80,
        help_text=_("Begin to type; if it is not in the list, write it as your own people do."),
        widget=forms.TextInput(attrs={"list": "cities-known", "autocomplete": "address-level2"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you can work in"),
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("What interests you most"),
        queryset=Topic.objects.none(),  # every row: filled in below, topics are public
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    consent = forms.BooleanField(
        label=_("The foundation may keep and read what I wrote here, to answer it."),
        error_messages={
            "required": _(
                "Without this we may not keep your application. What you wrote stands here, unsent."
            )
        },
    )
    # Left empty by people, who can't see it; filled in by programs that fill in everything.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    kind = Application.Kind.CITY

    class Meta:
        model = Application
        fields: list[str] = []
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "role": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "country_name": forms.TextInput(attrs={"autocomplete": "country-name"}),
            "why": forms.Textarea(attrs={"rows": 6}),
            "shares": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner = None
        self.fields["topics"].queryset = Topic.objects.visible_to(VISITOR).filter(broader=None)
        self.fields["topics"].label_from_instance = lambda topic: topic.label().capitalize()
        self.initial.setdefault("opened", signing.TimestampSigner(salt=_SALT).sign("opened"))

    @property
    def asked(self) -> list[forms.BoundField]:
        """What the page shows in order; the two guards stand apart."""
        return [field for field in self if field.name not in {"website", "opened", "consent"}]

    def clean_email(self) -> str:
        return plain_address(self.cleaned_data["email"])

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(
                _("Please leave this field empty: it is there to catch programs.")
            )
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in (_LINES | _TEXTS) & data.keys():
            data[name] = _calm(one_line(data[name]) if name in _LINES else clean(data[name]))
            if not data[name].strip() and self.fields[name].required:
                self.add_error(name, self.fields[name].error_messages["required"])
        self._refuse_haste()
        self._find_city(data)
        return data

    def _refuse_haste(self) -> None:
        """A stamp that is missing, old or not ours is no fault: a page may stay open for days."""
        signer = signing.TimestampSigner(salt=_SALT)
        try:
            signer.unsign(self.data.get("opened", ""))
            signer.unsign(self.data.get("opened", ""), max_age=QUICKEST)
        except signing.BadSignature:
            return
        self.add_error(
            None,
            _("That was sent faster than a person can read. Please look once more, then send it."),
        )

    def _find_city(self, data: dict[str, Any]) -> None:
        name, country = data.get("city_name", ""), data.get("country_name", "")
        self.instance.city = city_called(name, country)
        if self.instance.city is None:
            return
        running = Partnership.objects.visible_to(VISITOR).running()
        if running.filter(city=self.instance.city).exists():
            self.partner = self.instance.city
            self.add_error(
                "city_name",
                _("%(city)s is in the alliance already, so no application is needed.")
                % {"city": self.instance.city.label()},
            )

    def save(self, commit: bool = True) -> Application:
        made, now = self.instance, timezone.now()
        made.kind, made.consented_at, made.stage_at = self.kind, now, now
        if made.city and not made.country_name:
            made.country_name = made.city.country_name
        made.place = place_of(made.city, made.city_name, made.country_name)
        return super().save(commit)


class CityForm(JoiningForm):
    level = forms.ChoiceField(
        label=_("Which level do you have in mind?"),
        required=False,
        choices=[("", _("We don't know yet")), *Level.choices],
        widget=forms.RadioSelect,
    )

    class Meta(JoiningForm.Meta):
        fields = [
            "city_name", "country_name", "name", "role", "department", "email", "level", "why", "shares",
            "topics", "languages",
        ]  # fmt: skip
        labels = {
            "country_name": _("Country"),
            "why": _("Why does your city want to join, and what keeps it busy?"),
            "shares": _("What does your city share already, and what could it tell others?"),
        }
        help_texts = {
            "why": _("A few sentences are enough. What you struggle with is as welcome as a plan."),
            "shares": _("A scheme, a rule, a failure that taught you something."),
            "email": _("Your own at work. We send a code there to make sure that it is yours."),
        }


class PersonForm(JoiningForm):
    kind = Application.Kind.PERSON

    class Meta(JoiningForm.Meta):
        fields = [
            "city_name", "country_name", "name", "role", "department", "email", "why", "shares", "topics",
            "languages",
        ]  # fmt: skip
        labels = {
            "country_name": _("Country"),
            "department": _("Organisation and department"),
            "why": _("What do you work on, and what do you look for?"),
            "shares": _("What could you tell colleagues elsewhere?"),
        }
        help_texts = {
            "why": _("A few sentences are enough."),
            "email": _("Your own at work. We send a code there to make sure that it is yours."),
        }
