import datetime
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from house.gatherings import times
from house.gatherings.forms.fields import LineField, LocalMomentField, TextField, in_zone
from house.gatherings.models import Mode, Suggestion, SuggestionQuerySet
from house.gatherings.models.hosting import HostedKind, HostingOffer, Side
from house.ground.days import DayField
from house.people.models import Person
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import City, Topic


class TopicField(forms.ModelChoiceField):
    def label_from_instance(self, topic: Any) -> str:
        behind = ngettext("%(count)d city", "%(count)d cities", topic.cities)
        return f"{topic.title} ({behind % {'count': topic.cities}})"


class OfferForm(forms.Form):
    """What the city offers. Nothing is asked that the office can find out by itself."""

    kind = forms.ChoiceField(
        label=_("What you offer to host"), choices=HostedKind, widget=forms.RadioSelect
    )
    title = LineField(
        label=_("Working title"), max_length=200,
        help_text=_("Such as “Bicycles left behind: who takes them away, and who pays?”"),
    )  # fmt: skip
    about = TextField(
        label=_("What it would be about"), max_length=5000,
        help_text=_("What your city can show, who should come, what they would take home."),
    )  # fmt: skip
    suggestion = TopicField(
        label=_("A topic that members wanted"), queryset=Suggestion.objects.none(),  # every row: none
        to_field_name="code", required=False, empty_label=_("None of these"),
        help_text=_("From the topic market. If the office accepts, the cities behind it are told."),
    )  # fmt: skip
    starts_on = DayField(label=_("First day that suits you"))
    ends_on = DayField(label=_("Last day that suits you"))
    dates_note = LineField(
        label=_("About the dates"), max_length=300, required=False,
        help_text=_("Such as “not on 17 May, our national day”."),
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("How people come"), choices=Mode, widget=forms.RadioSelect)
    place = LineField(label=_("Place"), max_length=300, required=False)
    capacity = forms.IntegerField(
        label=_("People the place holds"), min_value=1, max_value=100_000, required=False
    )
    access = TextField(
        label=_("Accessibility of the place"), max_length=2000, required=False,
        help_text=_("Steps, lifts, toilets, hearing loop, a quiet room, the way from the station."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=list(LANGUAGES.items()), widget=forms.CheckboxSelectMultiple,
        help_text=_("In which it would be held, and those for which you bring interpreters."),
    )  # fmt: skip
    budget = TextField(label=_("What the city pays"), max_length=2000, required=False)
    in_kind = TextField(
        label=_("What the city brings in kind"), max_length=2000, required=False,
        help_text=_("Rooms, staff, food, technology, a visit on site."),
    )  # fmt: skip
    partners = TextField(label=_("Partners"), max_length=2000, required=False)

    def __init__(
        self, *args: Any, cities: list[City], topics: SuggestionQuerySet, **facts: Any
    ) -> None:
        super().__init__(*args, **facts)
        self.fields["suggestion"].queryset = topics  # type: ignore[attr-defined]
        for name in ("about", "access", "budget", "in_kind", "partners"):
            self.fields[name].widget.attrs["rows"] = 6 if name == "about" else 3
        if len(cities) > 1:
            field = forms.ChoiceField(
                label=_("For which city"), choices=[(each.pk, each.label()) for each in cities]
            )
            self.fields = {"city": field, **self.fields}

    def clean(self) -> dict[str, Any]:
        made = super().clean() or {}
        first, last = made.get("starts_on"), made.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        if first and last and last < datetime.date.today():  # noqa: DTZ011 -- a day, wherever
            self.add_error("ends_on", _("These days are over."))
        if made.get("mode") and made["mode"] != Mode.ONLINE and not made.get("place"):
            self.add_error("place", _("Say where: a building or a part of the city is enough."))
        return made

    @classmethod
    def initial_of(cls, offer: HostingOffer, *, years: int = 0) -> dict[str, Any]:
        told = {name: getattr(offer, name) for name in cls.base_fields}
        told["suggestion"] = offer.suggestion.code if offer.suggestion else ""
        if years:
            for name in ("starts_on", "ends_on"):
                told[name] = _later(told[name], years)
            told["suggestion"] = ""
        return told


def _later(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


class MessageForm(forms.Form):
    text = TextField(label=_("Message"), max_length=5000)


class ReasonForm(forms.Form):
    reason = LineField(label=_("Why"), max_length=1000, help_text=_("The city is told."))


class WithdrawForm(forms.Form):
    reason = LineField(label=_("Why"), max_length=300, required=False)


class AcceptForm(forms.Form):
    """Hours are those of the city that hosts."""

    begins = LocalMomentField(label=_("Begins"))
    ends = LocalMomentField(label=_("Ends"))
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = LineField(
        label=_("A word to the city"), max_length=1000, required=False,
        help_text=_("It is told that its offer is accepted."),
    )  # fmt: skip

    def __init__(self, *args: Any, topics: list[Topic], zone: str, **facts: Any) -> None:
        super().__init__(*args, **facts)
        field: Any = self.fields["topics"]
        field.choices = [(topic.pk, topic.label()) for topic in topics]
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        made = super().clean() or {}
        for name in ("begins", "ends"):
            if made.get(name):
                try:
                    made[name] = in_zone(made[name], self.zone)
                except ValidationError as problem:
                    self.add_error(name, problem)
        begins, ends = made.get("begins"), made.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("It ends before it begins."))
        return made


class TaskForm(forms.Form):
    title = LineField(label=_("What is to be done"), max_length=200)
    side = forms.ChoiceField(label=_("Who does it"), choices=Side)
    owner = forms.ChoiceField(label=_("Person"), required=False)
    due_on = DayField(label=_("Until"))
    note = LineField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, people: list[Person], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.people = {person.code: person for person in people}
        field: Any = self.fields["owner"]
        field.choices = [("", _("Nobody yet")), *((p.code, p.name) for p in people)]

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"owner": self.people.get(self.cleaned_data["owner"])}


class HoursForm(forms.Form):
    """What the planner of fair hours is asked. It changes nothing, so it travels in the address."""

    first = DayField(label=_("From"))
    last = DayField(label=_("Until"))
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=15, max_value=12 * 60)
    zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("In which days and hours are meant.")
    )
    proposed = LocalMomentField(
        label=_("A time of your own"), required=False,
        help_text=_("It is set beside those that are proposed."),
    )  # fmt: skip
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, topics: list[Topic], **facts: Any) -> None:
        super().__init__(*args, **facts)
        fields: dict[str, Any] = self.fields
        fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in times.zones()]
        fields["topics"].choices = [(topic.pk, topic.label()) for topic in topics]

    def clean(self) -> dict[str, Any]:
        made = super().clean() or {}
        first, last = made.get("first"), made.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        elif first and last and (last - first).days > 31:
            self.add_error("last", _("A month at most: choose a narrower time."))
        if made.get("proposed") and made.get("zone"):
            zone = zoneinfo.ZoneInfo(made["zone"])
            made["proposed"] = made["proposed"].replace(tzinfo=zone)
        return made
