from django import forms
from django.utils.translation import gettext_lazy as _

from house.atlas.initiatives.forms.fields import PlaceForm
from house.atlas.initiatives.models import Answer


class EditForm(PlaceForm):
    """For who looks after the atlas: also its contact, and whether that may be shown."""

    class Meta(PlaceForm.Meta):
        fields = [
            *PlaceForm.Meta.fields, "email", "phone", "contact_is_public", "contact_source",
        ]  # fmt: skip
        help_texts = PlaceForm.Meta.help_texts | {
            "contact_is_public": _(
                "Only then are they shown, and asked once a year whether all is still true."
            ),
            "contact_source": _("Such as the address of its contact page."),
        }


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sent to who suggested it, if there is an address."),
        error_messages={"required": _("Say why, for who suggested it.")},
    )


class AnswerForm(forms.Form):
    """What an initiative says of itself, behind the link of its letter."""

    answer = forms.ChoiceField(
        label=_("Is it still true?"),
        choices=[
            (Answer.TRUE, _("Yes, all of it")),
            (Answer.CHANGED, _("Something has changed")),
            (Answer.GONE, _("We no longer exist")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What has changed?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A person puts it right on the map."),
    )
    forget = forms.BooleanField(
        label=_("Remove our e-mail address and telephone number from the map."),
        required=False,
        help_text=_("We don't write again then."),
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("answer") == Answer.CHANGED and not str(data.get("words", "")).strip():
            self.add_error("words", _("Say in a few words what has changed."))
        return data
