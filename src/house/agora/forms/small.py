"""Forms of one or two questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.access.candour import Candour
from house.agora import limits
from house.agora.forms.naming import NamingForm
from house.agora.models import Report


class SaidForm(NamingForm):
    """An answer or a comment."""

    body = forms.CharField(
        label=_("Your answer"),
        help_text=_(
            "What did you do, and what came of it? **Bold**, lists and links work. Name people with @."
        ),
        max_length=limits.BODY,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Write a sentence or two.")},
    )
    field_order = ("body", "candour", "described_as", "files", "despite")

    def __init__(self, *args: Any, is_comment: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {"candour": Candour.PERSON, **kwargs["initial"]}
        super().__init__(*args, **kwargs)
        if is_comment:
            body = self.fields["body"]
            body.label, body.help_text = _("Your comment"), _("Ask back, add or correct.")
            body.max_length = limits.COMMENT  # type: ignore[attr-defined]
            body.widget.attrs["rows"] = 4
            del self.fields["files"]


class HelpedForm(forms.Form):
    body = forms.CharField(
        label=_("What changed in your city?"),
        help_text=_(
            "One or two sentences, with a number if you have one. It is shown under your city's name."
        ),
        max_length=limits.COMMENT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say what changed: this is what others learn from.")},
    )
    answer = forms.ChoiceField(label=_("Which answer helped"), required=False)
    is_named = forms.BooleanField(label=_("Name me beside my city"), required=False, initial=True)

    def __init__(self, *args: Any, answers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [("", _("The thread as a whole")), *answers]  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    why = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Report.Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes nearest.")},
    )
    text = forms.CharField(
        label=_("In your words"),
        help_text=_("Moderators read this; its author does not, and is not told who reported it."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The author reads this, and may appeal to another moderator."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Give a reason: the author reads it.")},
    )


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("Why should it be seen again?"),
        help_text=_("Another moderator reads this and has the last word."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Say why it should be seen again.")},
    )


class CloseForm(forms.Form):
    why = forms.CharField(
        label=_("Why do you close it?"),
        help_text=_("Readers see this. What was said stays."),
        required=False,
        max_length=300,
    )


class MergeForm(forms.Form):
    target = forms.CharField(
        label=_("Address of the thread that stays"),
        help_text=_("Paste its address. Both threads must have the same readers."),
        max_length=300,
        error_messages={"required": _("Paste the address of the thread that stays.")},
    )
    why = forms.CharField(label=_("Why?"), required=False, max_length=300)
