from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.access.viewer import VISITOR
from house.groups.actions import About
from house.groups.models import Group
from house.partners.forms.welcome import topics_by_field
from house.partners.models import Partnership
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import City, Topic

WHO = (
    (Audience.CIRCLE, _("Its members, and the cities that they let read along")),
    (Audience.ALLIANCE, _("All partner cities: page and files; tasks and meetings stay inside")),
)


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class GroupForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("What people will call it, such as “Heat in rented homes”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    problem = forms.CharField(
        label=_("The problem"),
        max_length=4000,
        help_text=_("What goes wrong in your city, and probably in others?"),
        widget=area(5),
    )
    aim = forms.CharField(
        label=_("The aim"),
        max_length=4000,
        help_text=_(
            "What will there be at the end that isn't there now? A model text, a tool, a test?"
        ),
        widget=area(4),
    )
    starts_on = forms.DateField(label=_("From"), widget=day())
    ends_on = forms.DateField(
        label=_("Until"),
        help_text=_("A group with an end gets somewhere. You can move it later."),
        widget=day(),
    )
    language = forms.ChoiceField(label=_("Working language"), choices=list(LANGUAGES.items()))
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    audience = forms.ChoiceField(
        label=_("Who reads what you work on?"),
        choices=WHO,
        initial=Audience.CIRCLE,
        widget=forms.RadioSelect,
    )
    is_hidden = forms.BooleanField(
        label=_("Hide the group"),
        required=False,
        help_text=_(
            "Otherwise all partner cities see its name, problem, aim and cities, and can ask to join."
        ),
    )

    def __init__(self, *args: Any, cities: list[tuple[str, str]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = topics_by_field()  # type: ignore[attr-defined]
        if len(cities) > 1:
            self.fields["city"] = forms.ChoiceField(
                label=_("For which of your cities?"), choices=cities
            )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("is_hidden") and told.get("audience") == Audience.ALLIANCE:
            self.add_error(
                "audience", _("A hidden group can't be read by all: choose its members.")
            )
        starts, ends = told.get("starts_on"), told.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("This is before it begins."))
        return told

    def about(self) -> About:
        told = {name: value for name, value in self.cleaned_data.items() if name != "city"}
        # every row: topics are open to all
        told["topics"] = tuple(Topic.objects.filter(pk__in=told["topics"]))
        return About(**told)


def kept(group: Group) -> dict[str, Any]:
    """What stands in the form when somebody begins to edit."""
    names = ("name", "problem", "aim", "starts_on", "ends_on", "language", "audience", "is_hidden")
    return {name: getattr(group, name) for name in names} | {
        "topics": list(group.topics.values_list("pk", flat=True))
    }


class ReadersForm(forms.Form):
    cities = forms.MultipleChoiceField(
        label=_("Cities that read along"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All their people then read page, tasks, meetings and files. They don't join."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = Partnership.objects.visible_to(VISITOR).running().values("city")
        cities = City.objects.visible_to(VISITOR).filter(pk__in=running).order_by("name")
        self.fields["cities"].choices = [  # type: ignore[attr-defined]
            (city.pk, city.label()) for city in cities
        ]

    def chosen(self) -> list[City]:
        return list(City.objects.visible_to(VISITOR).filter(pk__in=self.cleaned_data["cities"]))
