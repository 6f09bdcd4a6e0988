import io
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from house.ground.codes import short_code
from house.ground.text import clean, one_line
from house.people.models import Person
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import Topic

PHOTO_BYTES = 6 * 1024 * 1024
PHOTO_SIDE = 480  # pixels


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

    class Meta:
        model = Person
        fields = [
            "name", "job_title", "languages", "topics", "can_help_with", "looks_for", "time_zone", "photo",
            "single_keys",
        ]  # fmt: skip
        help_texts = {
            "can_help_with": _("Two or three lines. Peers find you by these words."),
            "looks_for": _("What would help you now?"),
            "photo": _(
                "JPEG, PNG or WebP, up to 6 MB. We cut it square and remove its hidden data."
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

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_job_title(self) -> str:
        return one_line(self.cleaned_data["job_title"])

    def clean_can_help_with(self) -> str:
        return clean(self.cleaned_data["can_help_with"])

    def clean_looks_for(self) -> str:
        return clean(self.cleaned_data["looks_for"])

    def clean_photo(self) -> Any:
        photo = self.cleaned_data["photo"]
        return portrait(photo) if photo and "photo" in self.changed_data else photo
