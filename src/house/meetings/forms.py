"""What people type about sessions and their own hours. Forms check; the verbs decide."""

import datetime
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from house.ground.days import DayField
from house.ground.text import clean, one_line
from house.meetings.actions.booking import Asked
from house.meetings.models import (
    Availability,
    Session,
)
from house.people.models import Person
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import Topic

LANGUAGE_CHOICES = list(LANGUAGES.items())


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files of one field."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        found = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFiles, self).clean(each, initial) for each in found]


class PeopleChoice(forms.ModelMultipleChoiceField):
    def __init__(self, **facts: Any) -> None:
        facts.setdefault("queryset", Person.objects.none())  # every row: none
        super().__init__(to_field_name="code", widget=forms.CheckboxSelectMultiple, **facts)

    def label_from_instance(self, person: Person) -> str:
        return f"{person.name} · {person.job_title}" if person.job_title else person.name


class PersonChoice(forms.ModelChoiceField):
    def __init__(self, **facts: Any) -> None:
        facts.setdefault("queryset", Person.objects.none())  # every row: none
        super().__init__(to_field_name="code", **facts)

    def label_from_instance(self, person: Person) -> str:
        return f"{person.name} · {person.job_title}" if person.job_title else person.name


class TopicChoice(forms.ModelChoiceField):
    def __init__(self, **facts: Any) -> None:
        topics = Topic.objects.none()  # every row: none
        super().__init__(queryset=topics, **facts)

    def label_from_instance(self, topic: Topic) -> str:
        return topic.label()


def text(
    label: Any, most: int, *, rows: int = 4, required: bool = False, help_text: Any = ""
) -> Any:
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )  # fmt: skip


class PreparationForm(forms.Form):
    """What makes an hour with an expert worth it."""

    goal = text(
        _("What should be clearer afterwards?"),
        2000,
        rows=3,
        required=True,
        help_text=_("One or two sentences. The expert reads them first."),
    )
    tried = text(_("What did you try already?"), 5000)
    questions = text(
        _("Your questions"), 5000, help_text=_("One a line, the most important first.")
    )
    topic = TopicChoice(label=_("Topic"), required=False, empty_label=_("None of these"))
    language = forms.ChoiceField(label=_("Language of the session"), choices=LANGUAGE_CHOICES)
    joiners = PeopleChoice(
        label=_("Colleagues who join"),
        required=False,
        help_text=_("They see the session and get the invitation."),
    )
    others = forms.CharField(
        label=_("Who else joins, without a seat here"), max_length=300, required=False
    )
    files = ManyFiles(
        label=_("Documents"),
        required=False,
        help_text=_(
            "PDF, pictures, office files, up to 15 MB each. What they tell about who made them is taken out."
        ),
    )
    consents = forms.BooleanField(
        label=_("What comes of it may be offered to ALEX"),
        required=False,
        help_text=_(
            "Nothing is published: the expert must agree too, you read it first, a curator reviews it."
        ),
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, people: Any, topics: Any, languages: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["joiners"].queryset = people
        self.fields["topic"].queryset = topics
        if not people.exists():
            del self.fields["joiners"]
        if wanted := [pair for pair in LANGUAGE_CHOICES if pair[0] in set(languages)]:
            self.fields["language"].choices = wanted

    def asked(self) -> Asked:
        told = self.cleaned_data
        return Asked(
            goal=told["goal"],
            tried=told["tried"],
            questions=told["questions"],
            others=told["others"],
            language=told["language"],
            topic=told["topic"],
            joiners=tuple(told.get("joiners") or ()),
            files=tuple(told["files"] or ()),
            consents=told["consents"],
            key=told["key"],
        )


class WordForm(forms.Form):
    word = text(_("A word to the other side"), 500, rows=3)

    def clean_word(self) -> str:
        return one_line(self.cleaned_data["word"])


class ReasonForm(forms.Form):
    word = text(_("Why"), 500, rows=3, required=True, help_text=_("The other side reads it."))

    def clean_word(self) -> str:
        return one_line(self.cleaned_data["word"])


class MomentForm(forms.Form):
    """A day and an hour by the clocks of the one who types them; `zone` is hers."""

    day = DayField(label=_("Day"))
    hour = forms.TimeField(
        label=_("Begins at"),
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"),
    )
    word = text(_("A word to the other side"), 500, rows=2)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tz = ZoneInfo(zone)

    def clean_word(self) -> str:
        return one_line(self.cleaned_data["word"])

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("day") and told.get("hour") is not None:
            local = datetime.datetime.combine(told["day"], told["hour"], self.tz)
            told["starts_at"] = local.astimezone(datetime.UTC)
            if told["starts_at"].astimezone(self.tz).time() != told["hour"]:
                self.add_error("hour", _("On this day the clock leaps over this hour."))
        return told


class ColleagueForm(forms.Form):
    person = PersonChoice(label=_("Who takes it over"), empty_label=_("Choose a colleague"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class ExpertChoice(forms.ModelChoiceField):
    def label_from_instance(self, availability: Availability) -> str:
        return availability.person.name


class ExpertForm(forms.Form):
    word = text(_("A word to your colleague and the city"), 500, rows=2)

    def __init__(self, *args: Any, experts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expert"] = ExpertChoice(
            queryset=experts, to_field_name="code", label=_("Who takes it"),
            empty_label=_("Choose an expert"),
        )  # fmt: skip
        self.order_fields(["expert", "word"])


class PromiseForm(forms.Form):
    text = forms.CharField(
        label=_("What is promised"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    owner = PersonChoice(label=_("By whom"), empty_label=_("Choose a person"))
    due_on = DayField(label=_("Until when"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people

    def clean_text(self) -> str:
        return one_line(self.cleaned_data["text"])


class NotesForm(forms.Form):
    notes = text(_("Notes for both sides"), 20_000, rows=8)
    was = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def clean_notes(self) -> str:
        return clean(self.cleaned_data["notes"])


class PrivateForm(forms.Form):
    text = text(_("Notes for me alone"), 20_000, rows=5)


class LinkForm(forms.Form):
    link = forms.URLField(
        label=_("Where you meet"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_(
            "Jitsi, BigBlueButton, Teams, Zoom: any address. The city sees it shortly before."
        ),
    )

    def clean_link(self) -> str:
        return https_only(self.cleaned_data["link"])


def https_only(link: str) -> str:
    if link and urlsplit(link).scheme != "https":
        raise ValidationError(_("Give an address that begins with https://."))
    return link


class MarkForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What became of it?"),
        widget=forms.RadioSelect,
        choices=[
            (Session.State.HELD, _("It took place")),
            (Session.State.CITY_ABSENT, _("The city did not come")),
            (Session.State.EXPERT_ABSENT, _("I did not come")),
        ],
    )
    word = text(_("A word about it"), 500, rows=2)
