from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.ground.html import safe_url
from house.ground.text import clean, one_line
from house.showcase import content as contents
from house.showcase.content import html_of, video_host
from house.showcase.models import Quotation, Side
from house.vocabulary.languages import LANGUAGES


class WritingForm(forms.Form):
    """The text of a showcase. A draft may lack anything; what publishing needs is told beside the field."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("What somebody from another continent understands at once."),
        max_length=contents.TITLE,
        required=False,
    )
    summary = forms.CharField(
        label=_("In a sentence or two"),
        help_text=_("Stands on cards, in search engines and where the page is shared."),
        max_length=contents.SUMMARY,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        required=False,
    )
    text = forms.CharField(
        label=_("Tell it"),
        help_text=_(
            "What you did, for whom, what came of it, and what another city could take from it."
        ),
        max_length=contents.TEXT,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto", "data-editor": ""}),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()))
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        help_text=_("Five at most."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    video = forms.CharField(
        label=_("A film"),
        help_text=_(
            "Its address on YouTube, Vimeo, PeerTube.tv, archive.org or Wikimedia Commons. We link to it."
        ),
        max_length=400,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    contact = forms.ChoiceField(
        label=_("Whom readers may write to"),
        help_text=_("A colleague is asked first. Nobody is shown who has not agreed herself."),
        required=False,
    )
    agrees = forms.BooleanField(
        label=_("I agree that the public sees my name and role here"),
        help_text=_("Only if you name yourself. You can take it back at any time."),
        required=False,
    )
    shows_address = forms.BooleanField(label=_("… and my e-mail address"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *args: Any,
        topics: list[tuple[str, str]],
        people: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]
        self.fields["contact"].choices = [("", _("Nobody")), *people]  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_text(self) -> str:
        return html_of(self.cleaned_data["text"])

    def clean_topics(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["topics"]
        if len(chosen) > contents.TOPICS:
            raise forms.ValidationError(
                _("Choose five topics at most, those that somebody looks for.")
            )
        return chosen

    def clean_video(self) -> str:
        url: str = self.cleaned_data["video"].strip()
        if url and not video_host(url):
            raise forms.ValidationError(
                _("We link to films on: %(hosts)s."),
                params={"hosts": ", ".join(dict.fromkeys(contents.VIDEO_HOSTS.values()))},
            )
        return url


class PictureForm(forms.Form):
    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP up to 12 MB. Where and with what it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt = forms.CharField(
        label=_("What is to be seen"),
        help_text=_("For those who can't see it: “Four people repair a bicycle at a long table.”"),
        max_length=contents.ALT,
        error_messages={"required": _("Describe the picture for those who can't see it.")},
    )
    caption = forms.CharField(
        label=_("Caption and who made it"), max_length=contents.ALT, required=False
    )

    def clean_alt(self) -> str:
        told = one_line(self.cleaned_data["alt"])
        if not told:
            raise forms.ValidationError(_("Describe the picture for those who can't see it."))
        return told


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why? Your city and the foundation read this."), max_length=300, required=False
    )


class FaceForm(forms.Form):
    agrees = forms.BooleanField(
        label=_("The public may see my name and my role on my city's page"), required=False
    )
    words = forms.CharField(
        label=_("One sentence about your work"),
        help_text=_("What you would tell somebody on a train."),
        max_length=200,
        required=False,
    )


class QuotationForm(forms.ModelForm):  # type: ignore[type-arg]
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()))
    side = forms.ChoiceField(label=_("Who speaks"), choices=Side.choices, widget=forms.RadioSelect)

    source_url = forms.URLField(
        label=_("Address of the source"), max_length=400, required=False, assume_scheme="https"
    )

    class Meta:
        model = Quotation
        fields = (
            "side", "text", "language", "name", "role", "city", "said_on", "source", "source_url",
            "agreed_on", "agreed_how", "position",
        )  # fmt: skip
        widgets = {
            "text": forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
            "said_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "agreed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "agreed_how": _(
                "By letter, in person … and who has it on file. For the press: the licence or permission."
            ),
            "agreed_on": _("Nothing is shown without it."),
        }

    def clean_text(self) -> str:
        return clean(self.cleaned_data["text"]).strip()

    def clean_source_url(self) -> str:
        url: str = self.cleaned_data["source_url"]
        if url and not safe_url(url):
            raise forms.ValidationError(_("Write a web address such as https://example.org."))
        return url
