from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.ground.text import one_line
from house.notices import happenings
from house.notices.digests import SECTIONS
from house.notices.models import How, Pace, Rhythm
from house.notices.rhythms import is_quiet
from house.vocabulary.models import City, Topic

# every row in this file: topics and cities are no secret

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


def _hour(label: Any, help_text: Any = "", *, required: bool = True) -> forms.TypedChoiceField:
    choices = HOURS if required else [("", _("no quiet hours")), *HOURS]
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        coerce=int,
        empty_value=None,
        required=required,
    )


class RhythmForm(forms.ModelForm):
    hour = _hour(_("Hour of the digest"))
    quiet_from = _hour(
        _("Quiet from"), _("No notice comes by mail in these hours."), required=False
    )
    quiet_until = _hour(_("Quiet until"), required=False)

    class Meta:
        model = Rhythm
        fields = ("pace", "weekday", "hour", "quiet_from", "quiet_until", "away_from", "away_until")
        widgets = {
            "pace": forms.RadioSelect,
            "away_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "away_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "away_from": _("From this day on nothing about what happens comes by mail."),
            "away_until": _(
                "Then one digest holds it all. Empty: until you say that you are back."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pace"].choices = Pace.choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("quiet_from"), data.get("quiet_until")
        if (start is None) != (end is None):
            missing = "quiet_until" if end is None else "quiet_from"
            self.add_error(missing, _("Quiet hours have a beginning and an end."))
        elif start is not None and "hour" in data:
            tried = Rhythm(quiet_from=start, quiet_until=end)
            if data.get("pace") != Pace.NONE and is_quiet(tried, data["hour"]):
                self.add_error("hour", _("The digest would come within your quiet hours."))
        away, back = data.get("away_from"), data.get("away_until")
        if back and not away:
            self.add_error("away_from", _("From which day on are you away?"))
        elif back and away and back < away:
            self.add_error("away_until", _("You would be back before you leave."))
        return data


class KindsForm(forms.Form):
    """For each kind of happening one choice; empty is "as my rhythm says"."""

    def __init__(self, *args: Any, chosen: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in happenings.kinds():
            self.fields[kind.name] = forms.ChoiceField(
                label=kind.label,
                choices=[("", _("As my rhythm says")), *How.choices],
                required=False,
                initial=chosen.get(kind.name, ""),
            )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """By the sections of the digest, in its order."""
        found: dict[str, list[forms.BoundField]] = {name: [] for name in SECTIONS}
        for kind in happenings.kinds():
            found.setdefault(kind.section, []).append(self[kind.name])
        return [(str(SECTIONS.get(name, name)), fields) for name, fields in found.items() if fields]


class FollowForm(forms.Form):
    """Something more to follow: whatever of it is filled in."""

    topic = forms.ModelChoiceField(
        Topic.objects.none(), label=_("A topic"), required=False, empty_label=_("None")
    )
    city = forms.ModelChoiceField(
        City.objects.none(), label=_("A city"), required=False, empty_label=_("None")
    )
    kind = forms.ChoiceField(label=_("Everything of a kind"), required=False)
    search = forms.CharField(
        label=_("Words of a search"),
        help_text=_(
            "You are told of each new thing in which all of them stand, in any language’s forms."
        ),
        max_length=150,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.all()
        self.fields["city"].queryset = City.objects.order_by("name")
        for name in ("topic", "city"):
            self.fields[name].label_from_instance = lambda thing: thing.label()
        kinds = [(kind.name, kind.label) for kind in happenings.kinds()]
        self.fields["kind"].choices = [("", "—"), *kinds]

    def clean_search(self) -> str:
        words = one_line(self.cleaned_data["search"])
        if words and len(words) < 2:
            raise forms.ValidationError(_("Please write at least one whole word."))
        return words

    def targets(self) -> list[str]:
        data = self.cleaned_data
        found = {
            "topic": data["topic"].pk if data["topic"] else "",
            "city": data["city"].pk if data["city"] else "",
            "kind": data["kind"],
            "search": data["search"],
        }
        return [f"{sort}:{name}" for sort, name in found.items() if name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.values()):
            self.add_error("topic", _("Choose at least one thing to follow."))
        return data
