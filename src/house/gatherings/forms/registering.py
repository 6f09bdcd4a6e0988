import csv
import io
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.gatherings.forms.fields import LineField, TextField
from house.gatherings.models import Event, Question, Registration, Session
from house.people.models import Person


class RegisterForm(forms.Form):
    """How she comes, what the hosts ask, what she needs."""

    seat = forms.ChoiceField(label=_("How you come"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, event: Event, viewer: Viewer, mine: Registration | None, **kwargs: Any
    ) -> None:
        if mine is not None:
            told = {f"q-{code}": text for code, text in mine.answers.items()}
            kwargs["initial"] = {"seat": mine.seat, "needs": mine.needs, **told}
        super().__init__(*args, **kwargs)
        seat: Any = self.fields["seat"]
        seat.choices = [(kind.value, kind.label) for kind in event.seat_kinds]
        if mine is not None and mine.is_live:
            seat.choices = [(mine.seat, mine.get_seat_display())]
            if len(event.seat_kinds) > 1:
                seat.help_text = _(
                    "To come in another way, give this place back and register again."
                )
        if len(event.seat_kinds) == 1:
            seat.initial = event.seat_kinds[0].value
        self.questions = list(Question.objects.visible_to(viewer).filter(event=event))
        for question in self.questions:
            self.fields[f"q-{question.code}"] = TextField(
                label=question.text,
                required=question.is_needed,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["needs"] = TextField(
            label=_("What you need"),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_(
                "Food, access, interpretation. Only those who look after the event read this; it is "
                "deleted thirty days after."
            ),
        )

    def answers(self) -> dict[str, str]:
        return {each.code: self.cleaned_data[f"q-{each.code}"] for each in self.questions}


class ComersForm(forms.Form):
    """Whom the hosts look for among those who come. It changes nothing, so it travels in the address."""

    name = LineField(label=_("Name"), max_length=100, required=False)
    session = forms.ChoiceField(label=_("Session"), required=False)

    def __init__(self, *args: Any, sessions: Sequence[Session], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="find_%s", **kwargs)
        field: Any = self.fields["session"]
        field.choices = [("", _("All")), *((each.code, each.title) for each in sessions)]
        if not sessions:
            del self.fields["session"]


class GivePlaceForm(forms.Form):
    """The office gives a place beside the line."""

    email = forms.EmailField(label=_("E-mail address"))
    seat = forms.ChoiceField(label=_("How they come"))
    reason = LineField(
        label=_("Why"), max_length=500, help_text=_("It stands in the journal, with your name.")
    )

    def __init__(self, *args: Any, event: Event, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        seat: Any = self.fields["seat"]
        seat.choices = [(kind.value, kind.label) for kind in event.seat_kinds]

    def clean_email(self) -> Person:
        address = self.cleaned_data["email"]
        person: Person | None = (
            Person.objects.visible_to(self.viewer)
            .filter(email__iexact=address, is_active=True)
            .first()
        )
        if person is None:
            raise ValidationError(_("Nobody here has this address."))
        return person


class LinksForm(forms.Form):
    """Where to enter: one address for all, and a table of own ones."""

    url = LineField(
        label=_("Address to enter"),
        max_length=1000,
        required=False,
        help_text=_(
            "Any https address: Jitsi, BigBlueButton, Teams, Zoom. {person} in it becomes a code of "
            "each person. Shown only to those who have a place, and only from a quarter of an hour before."
        ),
    )
    own = forms.FileField(
        label=_("Own addresses of single persons"),
        required=False,
        help_text=_(
            "CSV with two columns: the code of a registration, as the list of those who come has it, and an "
            "address. At most 1 MB."
        ),
    )

    def clean_own(self) -> list[tuple[str, str]]:
        file = self.cleaned_data["own"]
        if file is None:
            return []
        if file.size > 1024 * 1024:
            raise ValidationError(_("The file is larger than 1 MB."))
        try:
            text = file.read().decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text else ","))
        except (UnicodeDecodeError, csv.Error):
            raise ValidationError(
                _("This is not a table that can be read: save it as CSV in UTF-8.")
            ) from None
        made = []
        for number, row in enumerate(rows, start=1):
            if not any(cell.strip() for cell in row):
                continue
            if number == 1 and "://" not in "".join(row):  # the head of the table
                continue
            if len(row) < 2 or not row[0].strip():
                raise ValidationError(
                    _("Line %(number)s does not hold a code and an address."),
                    params={"number": number},
                )
            made.append((row[0].strip(), row[1].strip()))
        return made
