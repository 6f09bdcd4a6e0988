from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.access.viewer import VISITOR
from house.ground.text import clean
from house.partners.models import CityProfile
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import Topic


def topics_by_field() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every topic under the broad one that it belongs to, for grouped choices; one query."""
    topics = list(Topic.objects.visible_to(VISITOR))
    parents = {topic.pk: topic.broader_id for topic in topics}
    groups: dict[str, list[tuple[str, str]]] = {}
    labels = {topic.pk: topic.label().capitalize() for topic in topics}
    for topic in topics:
        root = topic.pk
        while parents.get(root):
            root = parents[root]
        groups.setdefault(root, []).append((topic.pk, labels[topic.pk]))
    return [(labels[root], rows) for root, rows in groups.items()]


class CityProfileForm(forms.ModelForm):
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages that your people read and talk"),
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = CityProfile
        fields = ["topics", "interests", "challenges", "strengths", "languages", "audience"]
        labels = {
            "interests": _("In your own words"),
            "challenges": _("What do you struggle with now?"),
            "strengths": _("What are you good at, and could show others?"),
            "audience": _("Who may read this?"),
        }
        help_texts = {
            "interests": _("What you would like to hear of in the coming year."),
            "challenges": _(
                "Two or three are plenty. Cities with the same ones are brought together with you."
            ),
            "strengths": _("A scheme that works, a team that knows, a failure well understood."),
            "audience": _("Your own people and the foundation read it in any case."),
        }
        widgets = {
            "interests": forms.Textarea(attrs={"rows": 3}),
            "challenges": forms.Textarea(attrs={"rows": 5}),
            "strengths": forms.Textarea(attrs={"rows": 5}),
            "audience": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = topics_by_field()
        self.fields["interests"].required = False

    def clean_interests(self) -> str:
        return clean(self.cleaned_data["interests"]).strip()

    def clean_challenges(self) -> str:
        return clean(self.cleaned_data["challenges"]).strip()

    def clean_strengths(self) -> str:
        return clean(self.cleaned_data["strengths"]).strip()
