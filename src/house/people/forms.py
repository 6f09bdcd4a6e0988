import io
import zoneinfo
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from house.ground.codes import short_code
from house.ground.text import clean, one_line
from house.people.directory import FACETS, Asked
from house.people.models import WITHHOLDABLE, Person
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import Topic

PHOTO_BYTES = 6 * 1024 * 1024
PHOTO_SIDE = 480  # pixels
MOST_CHOSEN = 20  # values of one filter


def portrait(upload: Any) -> ContentFile:
    """The picture made anew: upright, square at most `PHOTO_SIDE`, and nothing of its metadata.

    Raises `ValidationError` for what is no picture, or one too large to open safely.
    """
    if upload.size > PHOTO_BYTES:
        raise ValidationError(_("This picture is larger than 6 MB. Please choose a smaller one."))
    try:
        with Image.open(upload) as opened:
            if opened.width * opened.height > 50_000_000:
                raise ValidationError(
                    _("This picture has too many pixels. Please choose a smaller one.")
                )
            upright = ImageOps.exif_transpose(opened).convert("RGB")
            square = ImageOps.fit(upright, (min(PHOTO_SIDE, *upright.size),) * 2)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as problem:
        raise ValidationError(
            _("This file is not a picture that we can read (JPEG, PNG or WebP).")
        ) from problem
    written = io.BytesIO()
    square.save(written, "JPEG", quality=86, optimize=True)
    return ContentFile(written.getvalue(), name=f"{short_code(16)}.jpg")


def plain_line(value: str) -> str:
    """One line that is safe in a mail's head and can't pass for a link or for markup.

    Raises `ValidationError` for what tries to be more than words.
    """
    line = one_line(value)
    if any(sign in line for sign in ("<", ">", "://")):
        raise ValidationError(_("Please write plain words here: no markup and no web address."))
    return line


class ProfileForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages you work in"),
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics you follow"),
        queryset=Topic.objects.none(),  # every row: filled in below, topics are public
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_("Hold Ctrl (or ⌘) to choose several."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Times are shown to you in this zone.")
    )
    drop_photo = forms.BooleanField(label=_("Take my photo away"), required=False)
    withheld = forms.MultipleChoiceField(
        label=_("Keep from colleagues"),
        choices=[(name, Person._meta.get_field(name).verbose_name) for name in WITHHOLDABLE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only you and the foundation's office see what you tick; nobody can search for it."
        ),
    )

    class Meta:
        model = Person
        fields = [
            "name", "job_title", "languages", "topics", "can_help_with", "looks_for", "time_zone", "photo",
            "is_listed", "withheld", "single_keys",
        ]  # fmt: skip
        help_texts = {
            "can_help_with": _("Two or three lines. Peers find you by these words."),
            "looks_for": _("What would help you now?"),
            "photo": _(
                "JPEG, PNG or WebP, up to 6 MB. We cut it square and remove its hidden data."
            ),
            "is_listed": _(
                "Members of partner cities find you in the directory of people and see your page. Unticked, "
                "only your own city and those whom you write to see it. Nobody is shown your e-mail."
            ),
            "single_keys": _("Keys such as “/” to ask and “g” then a letter to go to a room."),
        }
        widgets = {
            "can_help_with": forms.Textarea(attrs={"rows": 3}),
            "looks_for": forms.Textarea(attrs={"rows": 3}),
            "photo": forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "job_title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = Topic.objects.all()  # every row: topics are public
        self.fields["time_zone"].choices = [(z, z) for z in sorted(zoneinfo.available_timezones())]

        self._photo_before = self.instance.photo.name
        if not self._photo_before:
            del self.fields["drop_photo"]
        # Beside the photo, not at the end where Django puts what is no column.
        order = [*self.Meta.fields]
        order.insert(order.index("photo") + 1, "drop_photo")
        self.order_fields(order)

    def save(self, commit: bool = True) -> Person:
        """A photo that is replaced or taken away leaves no file behind."""
        if self.cleaned_data.get("drop_photo") and "photo" not in self.changed_data:
            self.instance.photo = ""
        person: Person = super().save(commit)
        if self._photo_before and self._photo_before != person.photo.name:
            storage = person.photo.storage
            transaction.on_commit(partial(storage.delete, self._photo_before))
        return person

    def clean_name(self) -> str:
        return plain_line(self.cleaned_data["name"])

    def clean_job_title(self) -> str:
        return plain_line(self.cleaned_data["job_title"])

    def clean_can_help_with(self) -> str:
        return clean(self.cleaned_data["can_help_with"])

    def clean_looks_for(self) -> str:
        return clean(self.cleaned_data["looks_for"])

    def clean_photo(self) -> Any:
        photo = self.cleaned_data["photo"]
        return portrait(photo) if photo and "photo" in self.changed_data else photo


class AnyOf(forms.MultipleChoiceField):
    """Several values of one name. Unknown ones find nobody; they are no error to a reader."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def validate(self, value: list[str]) -> None:
        if len(value) > MOST_CHOSEN or any(len(one) > 100 for one in value):
            raise ValidationError(_("These are more filters than the directory can use."))


class DirectoryForm(forms.Form):
    """What stands in the address of the directory. Nothing else can be asked for, nor sorted by."""

    q = forms.CharField(required=False, max_length=200)
    helps = forms.CharField(required=False, max_length=200)
    looks = forms.CharField(required=False, max_length=200)
    city = AnyOf()
    country = AnyOf()
    topic = AnyOf()
    language = AnyOf()
    order = forms.ChoiceField(required=False, choices=[("alike", "")])
    page = forms.IntegerField(required=False, min_value=1, max_value=1000)

    def asked(self) -> Asked:
        """A value that could not be read filters nothing."""
        self.is_valid()
        kept = self.cleaned_data
        return Asked(
            q=kept.get("q", ""),
            helps=kept.get("helps", ""),
            looks=kept.get("looks", ""),
            order=kept.get("order", ""),
            chosen={name: tuple(kept.get(name, ())) for name in FACETS},
        )

    @property
    def number(self) -> int:
        return self.cleaned_data.get("page") or 1


class MessageForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=120)
    text = forms.CharField(
        label=_("Message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Plain text. It reaches her by mail, with your name and city."),
    )
    shows_address = forms.BooleanField(
        label=_("Reply to my address"),
        required=False,
        help_text=_(
            "She may then answer by mail, and sees your address. Otherwise she answers here."
        ),
    )

    def clean_subject(self) -> str:
        return plain_line(self.cleaned_data["subject"])

    def clean_text(self) -> str:
        text = clean(self.cleaned_data["text"]).strip()
        if not text:
            raise ValidationError(_("Please write what you want to say."))
        return text


class ErasureForm(forms.Form):
    word = forms.CharField(
        label=_("Type “erase me”"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        help_text=_("So that nobody does this by mistake."),
    )

    def clean_word(self) -> str:
        word = one_line(self.cleaned_data["word"]).casefold()
        if word.strip("“”\"'") != _("erase me"):
            raise ValidationError(_("Please type the two words as they stand above."))
        return word


class OfficeErasureForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_(
            "Such as “her letter of 3 May”. It stays in the journal for ever: no name and no address, please."
        ),
    )
