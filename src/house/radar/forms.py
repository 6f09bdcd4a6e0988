from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.ground.text import one_line
from house.partners.forms.welcome import topics_by_field
from house.radar.models import Story
from house.radar.reading import Outline, opml
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import City

ANY = ("", _("Told by its letters"))


class LineField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class PickForm(forms.Form):
    note = LineField(
        label=_("Why should a city read this?"),
        max_length=1200,
        help_text=_(
            "One paragraph in your own words. The sources' words stand below it, with their names."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of your note"), choices=list(LANGUAGES.items()))
    audience = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=[(each.value, each.label) for each in (Audience.ALLIANCE, Audience.PUBLIC)],
        widget=forms.RadioSelect,
        help_text=_(
            "The alliance, or everyone: visitors see it in the list, in the feed and in search."
        ),
    )
    cities = forms.MultipleChoiceField(
        label=_("Cities that it is about"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, story: Story, language: str = "en", **kwargs: Any) -> None:
        kwargs["initial"] = {
            "note": story.note,
            "language": story.note_language or language,
            "audience": story.audience,
            "topics": [topic.pk for topic in story.topics.all()],
            "cities": [city.pk for city in story.cities.all()],
        }
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = topics_by_field()  # type: ignore[attr-defined]
        # every row: cities are open to all
        cities = [(city.pk, city.label()) for city in City.objects.order_by("name")]
        self.fields["cities"].choices = cities  # type: ignore[attr-defined]


class SourceForm(forms.Form):
    url = LineField(
        label=_("Address of the feed"),
        max_length=500,
        help_text=_("RSS, Atom or JSON Feed, such as https://example.org/feed.xml."),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    name = LineField(
        label=_("Name"), max_length=200, help_text=_("As readers know it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[ANY, *LANGUAGES.items()]
    )
    city = forms.ChoiceField(
        label=_("City that it is about"),
        required=False,
        help_text=_(
            "For a city's own news: what names no other city is taken to be about this one."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # every row: cities are open to all
        cities = [(city.pk, city.label()) for city in City.objects.order_by("name")]
        self.fields["city"].choices = [("", _("None")), *cities]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        return {**self.cleaned_data, "city": self.cleaned_data["city"] or None}


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("OPML file"),
        help_text=_(
            "Most feed readers export one. Nothing is added before you have seen what is in it."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".opml,.xml,text/x-opml"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > opml.LARGEST:
            raise forms.ValidationError(_("This file is larger than two megabytes."))
        return file


def chosen(values: list[str]) -> list[Outline]:
    """What was ticked in the preview: each value is an address, a space and a name."""
    pairs = (one_line(value).partition(" ") for value in values[: opml.MOST])
    return [Outline(name or url, url) for url, _space, name in pairs]
