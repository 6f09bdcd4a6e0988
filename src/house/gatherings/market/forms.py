from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from house.gatherings.market.actions import Decision, Wish
from house.gatherings.models import Event, Suggestion, Target
from house.partners.forms.welcome import topics_by_field
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import Topic


class TopicForm(forms.Form):
    title = forms.CharField(
        label=_("What should we talk about?"),
        max_length=160,
        help_text=_("One sentence, such as “How do you count bicycles that nobody docked?”"),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    text = forms.CharField(
        label=_("Why now?"),
        required=False,
        max_length=4000,
        help_text=_("What would your city do differently if it knew?"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    target = forms.ChoiceField(
        label=_("For what?"), choices=Target.choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Language of this text"), choices=list(LANGUAGES.items()))
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, cities: list[tuple[str, str]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = topics_by_field()  # type: ignore[attr-defined]
        if len(cities) > 1:
            self.fields["city"] = forms.ChoiceField(
                label=_("For which of your cities?"), choices=cities
            )

    def wish(self) -> Wish:
        told = {name: value for name, value in self.cleaned_data.items() if name != "city"}
        # every row: topics are open to all
        told["topics"] = tuple(Topic.objects.filter(pk__in=told["topics"]))
        return Wish(**told)

    @property
    def said(self) -> str:
        """What it says, for finding what is alike."""
        told = self.cleaned_data
        return f"{told.get('title', '')}. {told.get('text', '')}".strip(" .")


class DecisionForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[
            (each.value, each.label) for each in Suggestion.State if each != Suggestion.State.MERGED
        ],
        widget=forms.RadioSelect,
    )
    event = forms.ModelChoiceField(
        label=_("At which event?"),
        queryset=Event.objects.none(),  # every row: none
        to_field_name="slug",
        required=False,
        empty_label=_("None of these"),
    )
    url = forms.CharField(
        label=_("Or at this address"),
        required=False,
        max_length=300,
        help_text=_("An article, an entry, a page elsewhere."),
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    reason = forms.CharField(
        label=_("A word to the cities behind it"),
        required=False,
        max_length=2000,
        help_text=_("If you decline, say why and what would change it."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, events: QuerySet[Event], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = events  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        state = told.get("state")
        if state == Suggestion.State.DECLINED and not told.get("reason"):
            self.add_error("reason", _("Say why: the cities behind it will ask."))
        if state == Suggestion.State.PLANNED and not (told.get("event") or told.get("url")):
            self.add_error("event", _("Choose an event, or give an address."))
        return told

    def decision(self) -> Decision:
        return Decision(**self.cleaned_data)


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        label=_("Into which topic?"),
        queryset=Suggestion.objects.none(),  # every row: none
        to_field_name="code",
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, others: QuerySet[Suggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
