from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.access.viewer import Viewer
from house.gatherings import times
from house.gatherings.access import runs
from house.gatherings.actions import LoseSight
from house.gatherings.forms.fields import LineField, LocalMomentField, TextField, in_zone
from house.gatherings.models import Event, Kind, Mode, Series
from house.ground.text import number_in
from house.partners.forms.welcome import topics_by_field
from house.partners.models import Circle
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import City

_MOMENTS = {
    "begins": "starts_at", "ends": "ends_at", "opens": "registration_from", "closes": "registration_until",
}  # fmt: skip


class EventForm(forms.Form):
    """Hours are those of the event's own place."""

    title = LineField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind)
    summary = LineField(
        label=_("In one sentence"),
        max_length=300,
        required=False,
        help_text=_("Stands in every list, mail and calendar. Needed before you announce it."),
    )
    description = TextField(label=_("What happens there"), max_length=20_000, required=False)
    zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("All hours below are those of this place.")
    )
    begins = LocalMomentField(label=_("Begins"))
    ends = LocalMomentField(label=_("Ends"))
    mode = forms.ChoiceField(label=_("How people come"), choices=Mode)
    host_city = forms.ChoiceField(label=_("Host city"), required=False)
    place = LineField(label=_("Place"), max_length=300, required=False)
    seats_on_site = forms.IntegerField(
        label=_("Places on site"), min_value=0, max_value=100_000, required=False,
        help_text=_("Empty: as many as come."),
    )  # fmt: skip
    seats_online = forms.IntegerField(
        label=_("Places online"), min_value=0, max_value=100_000, required=False,
        help_text=_("Empty: as many as come."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    series = forms.ChoiceField(label=_("Series"), required=False)
    audience = forms.ChoiceField(
        label=_("Who sees it and may come"),
        choices=[each for each in Audience.choices if each[0] != Audience.PRIVATE],
    )
    city = forms.ChoiceField(
        label=_("Which city"), required=False, help_text=_("Where only one city sees it.")
    )
    circle = forms.ChoiceField(
        label=_("Which circle"), required=False, help_text=_("Where only a circle sees it.")
    )
    takes_registrations = forms.BooleanField(label=_("People register"), required=False)
    opens = LocalMomentField(label=_("Registration opens"), required=False)
    closes = LocalMomentField(label=_("Registration closes"), required=False)
    offer_hours = forms.IntegerField(
        label=_("Hours to take an offered place"), min_value=1, max_value=336, initial=48,
        help_text=_("Near the event it is a quarter of the time that is left."),
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = City.objects.visible_to(viewer).order_by("name")
        circles = Circle.objects.visible_to(viewer).order_by("name")
        if not runs(viewer):
            cities = cities.filter(pk__in=viewer.city_ids)
        named = [("", "–"), *((city.pk, city.label()) for city in cities)]
        fields: dict[str, Any] = self.fields
        fields["host_city"].choices = fields["city"].choices = named
        fields["circle"].choices = [("", "–"), *((each.pk, each.name) for each in circles)]
        fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in times.zones()]
        fields["topics"].choices = topics_by_field()
        series = Series.objects.visible_to(viewer)
        fields["series"].choices = [("", "–"), *((each.code, each.title) for each in series)]
        self.viewer = viewer

    def releasing(self) -> int:
        """How many may lose their places: the number that was agreed to."""
        return number_in(str(self.data.get("release", ""))) or 0

    def ask_to_release(self, problem: LoseSight) -> None:
        """Nothing was saved: the form says how many lose sight of the event and asks whether they may."""
        self.fields["release"] = forms.MultipleChoiceField(
            label=_("Those who would not see it any more"),
            choices=[(problem.count, _("Release them and tell each person why"))],
            widget=forms.CheckboxSelectMultiple,
            help_text=_(
                "They lose their place, or their place in line, and get a mail that says why; their "
                "calendars are told. What becomes free is offered to the next in line."
            ),
        )
        self.add_error("release", f"{problem.message} {problem.remedy}")

    def clean(self) -> dict[str, Any]:
        made = super().clean() or {}
        zone = made.get("zone")
        for name in _MOMENTS:
            if zone and made.get(name):
                try:
                    made[name] = in_zone(made[name], zone, self.initial.get(name))
                except ValidationError as problem:
                    self.add_error(name, problem)
        begins, ends = made.get("begins"), made.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("It ends before it begins."))
        opens, closes = made.get("opens"), made.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("Registration closes before it opens."))
        if made.get("audience") == Audience.CITY and not made.get("city"):
            self.add_error("city", _("Say which city it is for."))
        if made.get("audience") == Audience.CIRCLE and not made.get("circle"):
            self.add_error("circle", _("Say which circle it is for."))
        return made

    def facts(self) -> dict[str, Any]:
        """As `create_event` and `change_event` take them."""
        made = dict(self.cleaned_data)
        facts = {column: made.pop(name) for name, column in _MOMENTS.items()}
        audience = made["audience"]
        series = Series.objects.visible_to(self.viewer).filter(code=made.pop("series")).first()
        cities = City.objects.visible_to(self.viewer)
        facts["series"] = series
        facts["host_city"] = cities.filter(pk=made.pop("host_city")).first()
        city, circle = made.pop("city"), made.pop("circle")
        facts["city"] = cities.filter(pk=city).first() if audience == Audience.CITY else None
        facts["circle"] = (
            Circle.objects.visible_to(self.viewer).filter(pk=circle).first()
            if audience == Audience.CIRCLE
            else None
        )
        return facts | made

    @classmethod
    def initial_of(cls, event: Event) -> dict[str, Any]:
        zone = event.tz
        told = {
            name: getattr(event, name)
            for name in cls.base_fields
            if name not in {*_MOMENTS, "topics", "series", "host_city", "city", "circle"}
        }
        told |= {
            name: moment.astimezone(zone)
            for name, column in _MOMENTS.items()
            if (moment := getattr(event, column))
        }
        told["topics"] = [topic.pk for topic in event.topics.all()]
        told["series"] = event.series.code if event.series else ""
        told |= {"host_city": event.host_city_id, "city": event.city_id, "circle": event.circle_id}
        return told


class CancelForm(forms.Form):
    reason = LineField(
        label=_("Why it does not take place"),
        max_length=500,
        help_text=_("Everybody who registered is told, and their calendars too."),
    )


class SeriesForm(forms.Form):
    title = LineField(label=_("Title of a new series"), max_length=200)


class RepeatForm(forms.Form):
    weeks = forms.IntegerField(label=_("Every so many weeks"), min_value=1, max_value=53, initial=4)
    until = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("A series always ends: within two years, at most 52 events."),
    )
