from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from house.groups.forms.group import area, day
from house.groups.models import Member, Task


class TaskForm(forms.Form):
    title = forms.CharField(
        label=_("What is to be done?"),
        max_length=200,
        help_text=_("Begin with a verb: “Ask three owners for their contracts”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    text = forms.CharField(
        label=_("What belongs to it"), required=False, max_length=4000, widget=area(4)
    )
    owner = forms.ChoiceField(label=_("Who does it?"), required=False)
    due_on = forms.DateField(label=_("Until when?"), required=False, widget=day())

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {member.code: member for member in members}
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", _("Nobody yet")),
            *((code, _told(member)) for code, member in self.members.items()),
        ]

    def told(self) -> dict[str, Any]:
        made = dict(self.cleaned_data)
        made["owner"] = self.members.get(made["owner"])
        return made


def _told(member: Member) -> str:
    return f"{member.person.name}, {member.city.label()}" if member.city else member.person.name


def kept(task: Task, members: Iterable[Member]) -> dict[str, Any]:
    owner = next((each.code for each in members if each.person_id == task.owner_id), "")
    return {"title": task.title, "text": task.text, "owner": owner, "due_on": task.due_on}
