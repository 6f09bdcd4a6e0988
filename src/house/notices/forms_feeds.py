from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.ground.text import one_line
from house.notices.models import CalendarFeed
from house.partners.models import Partnership
from house.vocabulary.models import City, Topic

# every row in this file: cities and topics are public, and so is which city belongs


class FeedForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("As your calendar program shows it, such as “Digital House”."),
    )
    sort = forms.ChoiceField(
        label=_("What it holds"),
        choices=CalendarFeed.Sort.choices,
        initial=CalendarFeed.Sort.MINE,
        widget=forms.RadioSelect,
    )
    city = forms.ModelChoiceField(
        label=_("City"), queryset=City.objects.none(), required=False, to_field_name="code",
        empty_label=_("None"), help_text=_("For everything of a city."),
    )  # fmt: skip
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.none(), required=False, to_field_name="slug",
        empty_label=_("None"), help_text=_("For everything on a topic."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = Partnership.objects.running().order_by().values("city")
        self.fields["city"].queryset = City.objects.filter(pk__in=running).order_by("name")
        self.fields["city"].label_from_instance = lambda city: city.label()
        self.fields["topic"].queryset = Topic.objects.all()
        self.fields["topic"].label_from_instance = lambda topic: topic.label()

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for sort in ("city", "topic"):
            if told.get("sort") == sort and not told.get(sort) and sort not in self.errors:
                self.add_error(sort, _("Please choose which one."))
        return told
