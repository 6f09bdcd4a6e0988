from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.access.viewer import Viewer
from house.alex import kinds
from house.alex.importing.options import Options
from house.partners.models import Circle
from house.people.models import Person
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import City


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files of a single control."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        clean = super().clean
        files = data if isinstance(data, list | tuple) else [data]
        return [clean(file, initial) for file in files or [None]]


class ImportForm(forms.Form):
    documents = FilesField(
        label=_("Files"),
        help_text=_(
            "JSONL or CSV, Markdown or HTML pages, PDF, Word (.docx), captions (WebVTT, SRT), "
            "transcript JSON. Several at once are fine, up to 250 MB together."
        ),
        widget=_ManyFiles(
            attrs={
                "multiple": True,
                "accept": ".jsonl,.ndjson,.csv,.tsv,.md,.markdown,.html,.htm,.pdf,.docx,.vtt,.srt,.json",
            }
        ),
        error_messages={
            "required": _("Choose at least one file."),
            "empty": _("One of the files is empty."),
        },
    )
    audience = forms.ChoiceField(
        label=_("Who may read them?"), choices=Audience.choices, initial=Audience.ALLIANCE
    )
    circle = forms.ChoiceField(label=_("Circle"), required=False)
    city = forms.ChoiceField(
        label=_("City"),
        required=False,
        help_text=_("Empty: the city that each document names, where we know it."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("As each document says")), *kinds.CHOICES],
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As found in each document")), *LANGUAGES.items()],
    )
    accept_doubtful = forms.BooleanField(
        label=_("Take transcripts even if they look untrue"),
        required=False,
        help_text=_(
            "Such as one sentence over and over, which speech recognition hears in silence."
        ),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        circles = Circle.objects.visible_to(viewer).order_by("name").values_list("pk", "name")
        cities = City.objects.visible_to(viewer).order_by("name")
        self.fields["circle"].choices = [("", _("None")), *circles]  # type: ignore[attr-defined]
        self.fields["city"].choices = [  # type: ignore[attr-defined]
            ("", _("As each document says")),
            *((city.pk, city.label()) for city in cities),
        ]

    def options(self, person: Person) -> Options:
        """File names are kept apart by who uploads: two cities may both have a `report.pdf`."""
        said = self.cleaned_data
        return Options(
            audience=said["audience"],
            circle=said["circle"],
            city=said["city"],
            kind=said["kind"],
            language=said["language"],
            scope=person.code,
            accept_doubtful=said["accept_doubtful"],
        )
