import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from house.showcase.models import Quotation

pytestmark = pytest.mark.django_db
TYPED = {
    "side": "member", "text": "Canary words.", "language": "en", "name": "Canary Person", "role": "Adviser",
    "said_on": "2026-01-02", "source": "A talk", "position": "1",
}  # fmt: skip
CONSENT = {"agreed_on": "2026-01-03", "agreed_how": "By letter, on file."}


def act(client, what):
    return client.post(
        reverse("showcase:voice_act", args=[Quotation.objects.get().code]), {"act": what}
    )


def test_no_words_are_shown_without_consent_nor_after_it_is_taken_back(client_factory, curator):
    own, visitor = client_factory(curator), client_factory()
    assert own.post(reverse("showcase:voice_new"), TYPED).status_code == 302
    act(own, "show")
    assert not Quotation.objects.get().is_shown
    edit = reverse("showcase:voice_edit", args=[Quotation.objects.get().code])
    own.post(edit, TYPED | CONSENT)
    assert "Canary" not in visitor.get(reverse("showcase:voices")).content.decode()
    act(own, "show")
    assert "Canary words." in visitor.get(reverse("showcase:voices")).content.decode()
    own.post(edit, TYPED | CONSENT | {"text": "Canary other words."})
    assert "Canary" not in visitor.get(reverse("showcase:voices")).content.decode()
    act(own, "show")
    act(own, "withdraw")
    kept = Quotation.objects.get()
    assert "Canary" not in f"{kept.text}{kept.name}"
    assert kept.withdrawn_at
    act(own, "show")
    assert not Quotation.objects.get().is_shown


def test_without_its_record_a_shown_voice_is_taken_in_and_one_taken_back_stays_so(
    client_factory, curator
):
    own, visitor = client_factory(curator), client_factory()
    own.post(reverse("showcase:voice_new"), TYPED | CONSENT)
    act(own, "show")
    edit = reverse("showcase:voice_edit", args=[Quotation.objects.get().code])
    assert own.post(edit, TYPED).status_code == 302
    assert "Canary" not in visitor.get(reverse("showcase:voices")).content.decode()
    act(own, "withdraw")
    assert own.post(edit, TYPED | CONSENT).status_code == 403  # a form that was open meanwhile
    assert "Canary" not in Quotation.objects.get().text


def test_the_database_shows_no_words_without_consent():
    with pytest.raises(IntegrityError), transaction.atomic():
        Quotation.objects.create(
            text="Words",
            name="A",
            role="B",
            said_on=datetime.date(2026, 1, 2),
            source="C",
            is_shown=True,
        )


def test_members_do_not_keep_voices(client_factory, member):
    assert client_factory(member.person).get(reverse("showcase:voice_list")).status_code in {
        403,
        404,
    }
