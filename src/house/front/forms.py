import datetime
from collections.abc import Mapping

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.agora.models import Kind as PostKind
from house.alex.kinds import KINDS
from house.alex.models import Outcome
from house.ground.text import clean
from house.retrieval.search import Filters
from house.vocabulary.languages import LANGUAGES

LONGEST = 10_000  # what a browser may send; search reads the beginning
MOST_CHOSEN = 20


class AnyOf(forms.MultipleChoiceField):
    """Several values of one name. Unknown ones find nothing; they are no error to a reader."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def validate(self, value: list[str]) -> None:
        if len(value) > MOST_CHOSEN or any(len(one) > 100 for one in value):
            raise forms.ValidationError(_("These are more filters than a question can use."))


class QuestionForm(forms.Form):
    q = forms.CharField(required=False, max_length=LONGEST, strip=True)

    def clean_q(self) -> str:
        return clean(self.cleaned_data["q"])


class SearchForm(QuestionForm):
    """What stands in the address of a search."""

    kind = AnyOf()
    topic = AnyOf()
    city = AnyOf()
    country = AnyOf()
    outcome = AnyOf()
    language = AnyOf()
    since = forms.IntegerField(required=False, min_value=1900, max_value=2100)
    until = forms.IntegerField(required=False, min_value=1900, max_value=2100)
    page = forms.IntegerField(required=False, min_value=1, max_value=100)

    @property
    def question(self) -> str:
        return str(self.cleaned_data.get("q", ""))

    @property
    def number(self) -> int:
        return self.cleaned_data.get("page") or 1

    def filters(self) -> Filters:
        """A value that could not be read filters nothing; its field says why."""
        asked = self.cleaned_data
        since, until = asked.get("since"), asked.get("until")
        return Filters(
            **{name: tuple(asked.get(name, ())) for name in FACET_LABELS},
            since=datetime.date(since, 1, 1) if since else None,
            until=datetime.date(until, 12, 31) if until else None,
        )


FACET_LABELS = {
    "kind": _("Kind"),
    "outcome": _("How it went"),
    "topic": _("Topic"),
    "city": _("City"),
    "country": _("Country"),
    "language": _("Language"),
}
KNOWN_LABELS: dict[str, Mapping[str, str | Promise]] = {
    "kind": {key: kind.label for key, kind in KINDS.items()}
    | dict(PostKind.choices)
    | {"event": _("Event")}
    | {"article": _("Article of the magazine")}
    | {"group": _("Working group"), "suggestion": _("Suggested topic"), "showcase": _("Showcase")}
    | {"story": _("Story from outside")}
    | {"initiative": _("Sharing initiative"), "clause": _("Rule")},
    "outcome": dict(Outcome.choices),
    "language": LANGUAGES,
}
