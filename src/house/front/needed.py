"""What a form says where something is missing: in the house's words, said once for every room."""

from django import forms
from django.utils.translation import gettext_lazy as _

WORDS = {
    forms.Field: _("Please write something here."),
    forms.ChoiceField: _("Please choose one."),
    forms.MultipleChoiceField: _("Please choose at least one."),
    forms.BooleanField: _("Please tick this box to go on."),
    forms.FileField: _("Please choose a file."),
    forms.DateField: _("Please give a day."),
    forms.IntegerField: _("Please give a number."),
}


def speak() -> None:
    """A field takes its words from its classes when it is made; one with words of its own keeps them."""
    for field, words in WORDS.items():
        field.default_error_messages = {**field.default_error_messages, "required": words}
