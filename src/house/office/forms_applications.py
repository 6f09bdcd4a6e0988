import datetime
import zoneinfo
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.ground.days import DayField
from house.ground.text import clean, one_line
from house.partners.models import CLOSED, PIPELINE, Application, Level, Stage
from house.partners.places import folded
from house.people.models import Person
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import City

OLD = 14  # days in one stage


def office_people(viewer: Viewer) -> QuerySet[Person]:
    return Person.objects.visible_to(viewer).filter(is_office=True, is_active=True)


class FilterForm(forms.Form):
    """What the board shows. Whatever is not understood filters nothing."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("Open")), ("closed", _("Declined and withdrawn")), ("all", _("All"))],
    )
    kind = forms.ChoiceField(
        label=_("Who applies"),
        required=False,
        choices=[("", _("Anybody")), *Application.Kind.choices],
    )
    care = forms.ChoiceField(
        label=_("Looked after by"),
        required=False,
        choices=[("", _("Anybody")), ("me", _("Me")), ("nobody", _("Nobody yet"))],
    )
    age = forms.ChoiceField(
        label=_("Age"),
        required=False,
        choices=[
            ("", _("Any")),
            ("old", _("Two weeks or more in one stage")),
            ("due", _("Next step due")),
        ],
    )

    def applied_to(self, rows: QuerySet[Application], viewer: Viewer) -> QuerySet[Application]:
        self.full_clean()
        wanted = self.cleaned_data
        match wanted.get("show"):
            case "closed":
                rows = rows.filter(stage__in=CLOSED)
            case "all":
                pass
            case _:
                rows = rows.filter(stage__in=PIPELINE)
        if kind := wanted.get("kind"):
            rows = rows.filter(kind=kind)
        if care := wanted.get("care"):
            rows = rows.filter(looked_after_by=viewer.person_id if care == "me" else None)
        match wanted.get("age"):
            case "old":
                rows = rows.filter(stage_at__lte=timezone.now() - datetime.timedelta(days=OLD))
            case "due":
                rows = rows.filter(next_on__lte=timezone.localdate())
        if words := one_line(wanted.get("q", "")):
            found = Q(name__icontains=words) | Q(email__icontains=words) | Q(role__icontains=words)
            found |= Q(city_name__icontains=words) | Q(country_name__icontains=words)
            found |= (
                Q(city__name__icontains=words) | Q(why__icontains=words) | Q(code=words.lower())
            )
            if name := folded(words):
                found |= Q(place__contains=name)
            rows = rows.filter(found)
        return rows


class MoveForm(forms.Form):
    stage = forms.ChoiceField(label=_("Move to"), choices=Stage.choices)
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


class CareForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Application
        fields = ["looked_after_by", "next_step", "next_on"]
        labels = {"looked_after_by": _("Looked after by")}
        widgets = {"next_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["looked_after_by"].queryset = office_people(viewer)
        self.fields["looked_after_by"].empty_label = _("Nobody yet")

    def clean_next_step(self) -> str:
        return one_line(self.cleaned_data["next_step"])


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_text(self) -> str:
        return clean(self.cleaned_data["text"])


class MailForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=150)
    body = forms.CharField(
        label=_("Mail"), max_length=6000, widget=forms.Textarea(attrs={"rows": 14})
    )

    def clean_subject(self) -> str:
        return one_line(self.cleaned_data["subject"])

    def clean_body(self) -> str:
        return clean(self.cleaned_data["body"])


class JoinForm(forms.Form):
    leader = forms.ModelChoiceField(
        label=_("Put together with"),
        queryset=Application.objects.none(),  # every row: filled in below, through the door
        to_field_name="code",
    )

    def __init__(self, *args: Any, application: Application, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = (
            Application.objects.visible_to(viewer)
            .leading()
            .filter(kind=Application.Kind.CITY, stage__in=PIPELINE)
            .exclude(pk=application.pk)
            .select_related("city")
            .order_by("city_name")
        )
        self.fields["leader"].label_from_instance = lambda each: f"{each.city_label} · {each.name}"


class CityForm(forms.Form):
    """Which city was meant: one that the house knows, or a new one with its facts."""

    city = forms.ModelChoiceField(
        label=_("A city that the house knows"),
        queryset=City.objects.none(),  # every row: filled in below, cities are public
        required=False,
    )
    name = forms.CharField(label=_("Or a new city: its name"), max_length=80, required=False)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country, two letters"),
        required=False,
        help_text=_("As in ISO 3166: NL, SE, ZA."),
    )
    country_name = forms.CharField(label=_("Country in words"), max_length=80, required=False)
    latitude = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(
        label=_("Longitude"), min_value=-180, max_value=180, required=False
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = City.objects.visible_to(viewer)
        zones = sorted(zoneinfo.available_timezones())
        self.fields["time_zone"].choices = [("", "—"), *((zone, zone) for zone in zones)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needed = ("name", "country", "country_name", "latitude", "longitude", "time_zone")
        if not data.get("city"):
            for name in needed:
                if data.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("Choose a city above, or fill this in."))
        return data

    def facts(self) -> dict[str, Any]:
        """What `add_city` asks."""
        return {name: value for name, value in self.cleaned_data.items() if name != "city"}


class OpenForm(forms.Form):
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave empty for a partnership without an end."),
    )
    invited = forms.ModelMultipleChoiceField(
        label=_("Invite to a seat"),
        queryset=Application.objects.none(),  # every row: filled in below, through the door
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The first of them becomes the contact of the city."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, application: Application, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = Q(pk=application.pk) | Q(joined_to=application)
        people = Application.objects.visible_to(viewer).filter(group).order_by("proven_at", "pk")
        self.fields["invited"].queryset = people
        self.fields["invited"].label_from_instance = lambda each: f"{each.name}, {each.role}"
        today = timezone.localdate()
        self.initial.setdefault("level", application.level or Level.PARTNER)
        self.initial.setdefault("starts_on", today)
        self.initial.setdefault("ends_on", _year_later(today))
        self.initial.setdefault("version", application.version)
        self.initial.setdefault("invited", [application.code])


def _year_later(day: datetime.date) -> datetime.date:
    """The last day of a year that begins on `day`."""
    safe = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return safe.replace(year=safe.year + 1) - datetime.timedelta(days=1)
