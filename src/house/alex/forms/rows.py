"""Rows that can be added: sources, clauses, chapters, contacts. Empty ones are left out."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from house.alex.kinds import CLAUSE_TYPES


class SourceRow(forms.Form):
    label = forms.CharField(label=_("What it is"), required=False, max_length=500)
    url = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    licence = forms.CharField(label=_("Licence"), required=False, max_length=200)


class ClauseRow(forms.Form):
    type = forms.CharField(
        label=_("Kind of rule"),
        required=False,
        widget=forms.Select(choices=[("", "–"), *CLAUSE_TYPES]),
    )
    text = forms.CharField(label=_("What it says"), required=False, max_length=2000)
    value = forms.CharField(label=_("Figure"), required=False, max_length=60)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60)


class ChapterRow(forms.Form):
    start = forms.CharField(
        label=_("Begins at"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"placeholder": "1:02:03"}),
    )
    title = forms.CharField(label=_("Chapter"), required=False, max_length=300)


class ContactRow(forms.Form):
    """`people` are (code, name) of those whom the writer may put forward."""

    person = forms.CharField(label=_("Person"), required=False)
    about = forms.CharField(label=_("Ask about"), required=False, max_length=160)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].widget = forms.Select(choices=[("", "–"), *people])


_SORTS: dict[str, type[forms.Form]] = {
    "sources": SourceRow,
    "clauses": ClauseRow,
    "chapters": ChapterRow,
    "contacts": ContactRow,
}
_LABELS = {
    "sources": _("Sources"),
    "clauses": _("Clauses, one for each rule"),
    "chapters": _("Chapters"),
    "contacts": _("People whom readers may ask"),
}
MOST = 200


class _Row(forms.BaseFormSet):
    """Rows are judged with the whole text, so none of their fields calls itself optional."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            field.required = True


class Rows:
    """The rows of one sort, bound to what was posted or made of what is kept."""

    def __init__(
        self,
        sort: str,
        *,
        data: QueryDict | None = None,
        kept: list[dict[str, Any]] | None = None,
        spare: int = 2,
        **more: Any,
    ) -> None:
        made = forms.formset_factory(
            _SORTS[sort], formset=_Row, extra=spare, max_num=MOST, absolute_max=MOST
        )
        self.sort = sort
        self.label = _LABELS[sort]
        self.formset = made(
            data if data is not None and f"{sort}-TOTAL_FORMS" in data else None,
            initial=kept or [],
            prefix=sort,
            form_kwargs=more,
        )

    def values(self) -> list[dict[str, str]]:
        """Every row as it was typed. `tidy` drops the empty ones."""
        return [
            {name: form[name].value() or "" for name in form.fields} for form in self.formset.forms
        ]

    @property
    def was_sent(self) -> bool:
        return self.formset.is_bound
