from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.access.audience import Audience
from house.agora import limits
from house.agora.forms.naming import NamingForm
from house.agora.models import Kind
from house.vocabulary.languages import LANGUAGES


class PostForm(NamingForm):
    """A question, a struggle, a success or a call. What may be chosen is the viewer's own."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("In one line"),
        help_text=_("As you would ask a colleague across the table."),
        max_length=limits.TITLE,
        error_messages={"required": _("Say in one line what it is about.")},
    )
    body = forms.CharField(
        label=_("Tell more"),
        help_text=_(
            "What have you tried, what did it depend on, and what would help? An empty line begins a new "
            "paragraph; **bold**, lists and links work. Name people with @."
        ),
        max_length=limits.BODY,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        error_messages={"required": _("Write a sentence or two: others need something to go by.")},
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("As recognised")), *LANGUAGES.items()],
        required=False,
    )
    audience = forms.ChoiceField(label=_("Who may read it"), widget=forms.RadioSelect)
    circle = forms.ChoiceField(label=_("Which circle"), required=False)

    field_order = (
        "kind", "title", "body", "topics", "candour", "described_as", "audience", "circle", "language",
        "files", "despite",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        topics: list[tuple[str, str]],
        circles: list[tuple[str, str]],
        is_published: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        has_city = "described_as" in self.fields
        closed = set() if circles else {Audience.CIRCLE}
        closed |= set() if has_city else {Audience.CITY}
        closed |= {Audience.PRIVATE} if is_published else set()
        readers = [pair for pair in Audience.choices if pair[0] not in closed]
        self.fields["audience"].choices = readers  # type: ignore[attr-defined]
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]
        self.fields["circle"].choices = [("", "–"), *circles]  # type: ignore[attr-defined]
        if not circles:
            del self.fields["circle"]
        if is_published:
            del self.fields["kind"]

    def clean_topics(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["topics"]
        if len(chosen) > limits.TOPICS:
            raise forms.ValidationError(
                _("Choose at most %(most)s, those that somebody would look for.")
                % {"most": limits.TOPICS}
            )
        return chosen

    def settings(self) -> dict[str, Any]:
        """What the actions take beside title and text."""
        given = self.cleaned_data
        return {
            **self.naming(),
            "language": given["language"],
            "topics": given["topics"],
            "audience": given["audience"],
            "circle": given.get("circle", ""),
        }
