import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from house.gatherings.forms.fields import LineField, TextField
from house.gatherings.models import FeedbackQuestion, Material, Session
from house.ground import stripping
from house.ground.captions import reading
from house.people.models import Person
from house.vocabulary.languages import LANGUAGES

_LINE = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2}(?:\.\d{1,3})?)\s+(.+)")
_SPEAKER = re.compile(r"(.+?)\s*\[(.+)\]$")


class MinutesForm(forms.Form):
    html = forms.CharField(
        label=_("Minutes"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 20, "data-editor": ""}),
        help_text=_("What was decided, who does what until when, and what stayed open."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()))
    note = LineField(label=_("What changed"), max_length=300, required=False)
    share = forms.BooleanField(
        label=_("Readers of the event see this version"), required=False,
        help_text=_("Those who had a place are told the first time."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class MaterialForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PDF, office files, pictures or text, at most 50 MB. Names, places and programs that the "
            "file carries are taken out."
        ),
    )
    sort = forms.ChoiceField(label=_("Sort"), choices=Material.Sort)
    label = LineField(label=_("Title"), max_length=200, required=False)
    licence = LineField(label=_("Licence"), max_length=200, required=False)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        ending = str(file.name).rpartition(".")[2].lower()
        if ending not in stripping.ENDINGS:
            raise ValidationError(
                _("Files of this kind are not taken. Give one of these: %(known)s."),
                params={"known": ", ".join(stripping.ENDINGS)},
            )
        return file


class RecordingForm(forms.Form):
    title = LineField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("Language spoken"), choices=list(LANGUAGES.items()))
    session = forms.ChoiceField(label=_("Session"), required=False)

    def __init__(self, *args: Any, sessions: list[Session], **facts: Any) -> None:
        super().__init__(*args, **facts)
        field: Any = self.fields["session"]
        field.choices = [("", _("The whole event")), *((s.code, s.title) for s in sessions)]
        if not sessions:
            del self.fields["session"]


class MediaForm(forms.Form):
    """Sound or film as a file, or where it can be watched."""

    file = forms.FileField(
        label=_("Sound or film"),
        required=False,
        help_text=_("MP4, WebM, MP3 or Ogg, at most 500 MB."),
    )
    url = LineField(
        label=_("Or the address where it can be watched"), max_length=400, required=False
    )
    poster = forms.FileField(
        label=_("Picture before it plays"), required=False, help_text=_("JPEG, PNG or WebP.")
    )
    licence = LineField(label=_("Licence"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        made = super().clean() or {}
        if not any(made.get(name) for name in ("file", "url", "poster", "licence")):
            self.add_error("file", _("Choose a file, or give an address."))
        return made


class TranscriptForm(forms.Form):
    file = forms.FileField(
        label=_("Transcript"), help_text=_("WebVTT, SRT or JSON with seconds, at most 5 MB.")
    )
    language = forms.ChoiceField(
        label=_("Language spoken"), choices=[("", _("As the file says")), *LANGUAGES.items()],
        required=False,
    )  # fmt: skip
    certain = forms.BooleanField(
        label=_("I have listened to it: the transcript is right"), required=False,
        help_text=_("Only where it was refused as doubtful. Readers then see a warning."),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if not reading.ending_of(str(file.name)):
            raise ValidationError(_("A transcript is a WebVTT, SRT or JSON file."))
        if (file.size or 0) > reading.LARGEST:
            raise ValidationError(_("A transcript is a text of at most 5 MB."))
        return file


class ChaptersForm(forms.Form):
    """One chapter a line: a time and a title, as in “12:30 What we found [Maja Lind]”."""

    lines = forms.CharField(
        label=_("Chapters"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One on each line: a time, then its title, such as “12:30 What we found”. A name in "
            "brackets at the end says whose part it is."
        ),
    )  # fmt: skip

    def clean_lines(self) -> list[dict[str, Any]]:
        made, wrong = [], []
        for line in filter(None, map(str.strip, self.cleaned_data["lines"].splitlines())):
            found = _LINE.fullmatch(line)
            if found is None:
                wrong.append(line[:60])
                continue
            start = int(found[1] or 0) * 3600 + int(found[2]) * 60 + float(found[3])
            named = _SPEAKER.fullmatch(found[4])
            title, speaker = (named[1], named[2]) if named else (found[4], "")
            made.append({"start": start, "title": title, "speaker": speaker})
        if wrong:
            raise ValidationError(
                _("These lines do not begin with a time, such as 12:30: %(lines)s"),
                params={"lines": " · ".join(wrong[:3])},
            )
        return made

    @staticmethod
    def told(chapters: list[dict[str, Any]]) -> str:
        """The chapters as lines."""
        return "\n".join(
            f"{_clock(row['start'])} {row['title']}"
            + (f" [{row['speaker']}]" if row.get("speaker") else "")
            for row in chapters
        )


def _clock(seconds: float) -> str:
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(int(minutes), 60)
    told = f"{second:06.3f}".rstrip("0").rstrip(".") if second % 1 else f"{int(second):02}"
    return f"{hours}:{minute:02}:{told}" if hours else f"{minute}:{told}"


class VoiceForm(forms.Form):
    """Who a voice is: one of those who came or stand in the programme, or a name."""

    name = LineField(label=_("Name to be shown"), max_length=120, required=False)
    person = forms.ChoiceField(
        label=_("Person of the house"), required=False,
        help_text=_(
            "Who came, speaks in the programme or is a colleague of yours. She is asked by letter and "
            "answers herself."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Person], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.people = {person.code: person for person in people}
        field: Any = self.fields["person"]
        field.choices = [
            ("", _("Somebody without an account here")),
            *((p.code, p.name) for p in people),
        ]

    @property
    def chosen(self) -> Person | None:
        return self.people.get(self.cleaned_data["person"])


class EvidenceForm(forms.Form):
    evidence = LineField(
        label=_("How you know"), max_length=300,
        help_text=_("A signed form and where it is kept, a mail, words at the beginning of the recording."),
    )  # fmt: skip
    agrees = forms.ChoiceField(
        label=_("Her answer"), choices=[("yes", _("She agrees")), ("no", _("She does not agree"))],
        widget=forms.RadioSelect,
    )  # fmt: skip


class FeedbackForm(forms.Form):
    """The questions of one event."""

    def __init__(self, *args: Any, questions: list[FeedbackQuestion], **facts: Any) -> None:
        super().__init__(*args, **facts)
        for question in questions:
            if question.sort == FeedbackQuestion.Sort.SCALE:
                self.fields[question.code] = forms.TypedChoiceField(
                    label=question.text, required=False, coerce=int, empty_value=None,
                    choices=[(value, str(value)) for value in range(1, 6)],
                    widget=forms.RadioSelect, help_text=_("1 is not at all, 5 is very."),
                )  # fmt: skip
            else:
                self.fields[question.code] = TextField(
                    label=question.text, max_length=3000, required=False
                )
                self.fields[question.code].widget.attrs["rows"] = 3


class QuestionsForm(forms.Form):
    """The hosts' own questions: one a line, those that begin with “1-5” on a scale."""

    lines = TextField(
        label=_("Questions"), max_length=5000,
        help_text=_("One on each line. A line that begins with “1-5” is answered on that scale."),
    )  # fmt: skip

    def rows(self) -> list[tuple[str, str]]:
        made = []
        for line in filter(None, map(str.strip, self.cleaned_data["lines"].splitlines())):
            scale = line.startswith(("1-5", "1–5"))
            sort = FeedbackQuestion.Sort.SCALE if scale else FeedbackQuestion.Sort.OPEN
            made.append((sort, line[3:].strip() if scale else line))
        return made


class AskForm(forms.Form):
    text = LineField(
        label=_("Your question"), max_length=500,
        help_text=_("Shown with the name of your city, not with yours."),
    )  # fmt: skip
