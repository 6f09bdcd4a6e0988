"""Where something is missing, every form of the house says so in the same words."""

import pytest
from django import forms
from django.urls import reverse

from house.front.needed import WORDS

pytestmark = pytest.mark.django_db


class Everything(forms.Form):
    line = forms.CharField()
    address = forms.URLField(assume_scheme="https")
    one = forms.ChoiceField(choices=[("a", "A")])
    some = forms.MultipleChoiceField(choices=[("a", "A")])
    box = forms.BooleanField()
    file = forms.FileField()
    day = forms.DateField()
    count = forms.DecimalField()
    own = forms.CharField(error_messages={"required": "Say why."})


def test_each_sort_of_field_has_its_words_and_a_field_keeps_its_own():
    said = {name: errors[0] for name, errors in Everything({}).errors.items()}
    assert said == {
        "line": WORDS[forms.Field],
        "address": WORDS[forms.Field],
        "one": WORDS[forms.ChoiceField],
        "some": WORDS[forms.MultipleChoiceField],
        "box": WORDS[forms.BooleanField],
        "file": WORDS[forms.FileField],
        "day": WORDS[forms.DateField],
        "count": WORDS[forms.IntegerField],
        "own": "Say why.",
    }


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Please write something here."), ("de", "Bitte schreiben Sie hier etwas.")],
)
def test_signing_in_says_them_in_the_readers_language(client, language, said):
    page = client.post(
        reverse("account_request_login_code"), {"email": ""}, headers={"accept-language": language}
    )
    assert said in page.content.decode()
