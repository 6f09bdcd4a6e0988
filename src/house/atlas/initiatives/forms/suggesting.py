from dataclasses import replace
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from house.atlas.initiatives.actions import Said
from house.atlas.initiatives.forms.fields import PlaceForm, calm
from house.ground.text import clean
from house.people.addresses import plain_address

# Nobody reads and fills the form faster; a program does. Told, and kept, so that no person loses a word.
QUICKEST = 3  # seconds
_SALT = "initiatives.suggesting"
_GUARDS = frozenset({"subject", "opened"})
# Asked of those who know it, in a part of its own.
_EXACTLY = ("language", "languages", "opening_hours", "repeats", "without")


class SuggestionForm(PlaceForm):
    """A place that somebody knows. She needs no account, and no address unless she wants an answer."""

    email = forms.EmailField(
        label=_("Your e-mail, if you want an answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Never shown. We write once, when it is decided, and delete it a month later."),
    )
    consent = forms.BooleanField(
        label=_("You may use my address for that one answer."), required=False
    )
    note = forms.CharField(
        label=_("Anything we should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by the foundation alone."),
    )
    # Left empty by people, who can't see it; filled in by programs that fill in everything.
    subject = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = [
        "name", "kinds", "point", "street", "postcode", "place", "description", "opening_note", "website",
        *_EXACTLY, "note", "email", "consent",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("opened", signing.TimestampSigner(salt=_SALT).sign("opened"))

    @property
    def asked(self) -> list[forms.BoundField]:
        """Of the place, in order."""
        return [self[name] for name in self.field_order[: -len(_EXACTLY) - 3]]

    @property
    def exactly(self) -> list[forms.BoundField]:
        return [self[name] for name in _EXACTLY]

    @property
    def of_you(self) -> list[forms.BoundField]:
        return [self[name] for name in self.field_order[-3:]]

    @property
    def is_exact_wrong(self) -> bool:
        return any(field.errors for field in self.exactly)

    def clean_email(self) -> str:
        given = self.cleaned_data["email"]
        return plain_address(given) if given else ""

    def clean_subject(self) -> str:
        if self.cleaned_data["subject"]:
            raise ValidationError(
                _("Please leave this field empty: it is there to catch programs.")
            )
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("email") and not data.get("consent"):
            self.add_error(
                "consent", _("Without this we may not keep your address. Or leave it out.")
            )
        self._refuse_haste()
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

    def said(self) -> Said:
        data = self.cleaned_data
        return replace(super().said(), email=data["email"], note=calm(clean(data["note"]).strip()))
