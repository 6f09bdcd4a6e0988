"""Forms of one or two questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.groups.actions.ending import UNFINISHED
from house.groups.forms.group import area
from house.groups.models import Outcome, Result


class JoinForm(forms.Form):
    text = forms.CharField(
        label=_("What would you bring?"),
        required=False,
        max_length=2000,
        help_text=_("The people who lead the group read this, and answer you."),
        widget=area(4),
    )

    def __init__(self, *args: Any, cities: list[tuple[str, str]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        if len(cities) > 1:
            self.fields["city"] = forms.ChoiceField(
                label=_("For which of your cities?"), choices=cities
            )


class InviteForm(forms.Form):
    text = forms.CharField(
        label=_("A word to whom you invite"),
        required=False,
        max_length=2000,
        help_text=_("Why her? It stands in her invitation."),
        widget=area(3),
    )


class PageForm(forms.Form):
    html = forms.CharField(
        label=_("The page"),
        required=False,
        help_text=_("What you find out, agree on and make. Every version is kept."),
        widget=forms.Textarea(attrs={"rows": 24, "dir": "auto", "data-editor": ""}),
    )
    note = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PDF, office files, pictures or text, at most 50 MB. Names, places and programs that the "
            "file carries are taken out."
        ),
    )
    label = forms.CharField(label=_("What it is"), required=False, max_length=200)


class EndForm(forms.Form):
    result_kind = forms.ChoiceField(
        label=_("What have you made?"), choices=Result.choices, widget=forms.RadioSelect
    )
    result = forms.CharField(
        label=_("The result, in a few sentences"),
        max_length=4000,
        help_text=_("What it is, who can use it, where it stands. The page stays beside it."),
        widget=area(6),
    )
    outcome = forms.ChoiceField(
        label=_("How did it come out?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    learned = forms.CharField(
        label=_("What would you do differently?"),
        required=False,
        max_length=8000,
        help_text=_("The part that other cities read first."),
        widget=area(6),
    )


class CloseForm(forms.Form):
    learned = forms.CharField(
        label=_("What did you learn?"),
        max_length=8000,
        help_text=_(
            "What you tried, what stood in the way, what you would do first next time. Without this a group "
            "does not close: others will meet the same problem."
        ),
        widget=area(8),
        error_messages={"required": _("Say what you learned: others will meet the same problem.")},
    )
    outcome = forms.ChoiceField(
        label=_("How did it come out?"),
        choices=[(each.value, each.label) for each in UNFINISHED],
        widget=forms.RadioSelect,
    )
