import datetime

import pytest
from django.utils import timezone

from house.notices import reply_to
from house.notices.models import ReplyAddress
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def intake(settings):
    settings.REPLY_ADDRESS = "reply@house.example"


def token(address):
    return reply_to.token_in(address)


def test_without_an_intake_there_is_no_address(settings):
    settings.REPLY_ADDRESS = ""
    assert reply_to.address_for(PersonFactory(), "agora.post", 1) == ""
    assert not ReplyAddress.objects.exists()


def test_the_same_person_and_thing_keep_their_address_and_the_records_hold_none_of_it():
    her, him = PersonFactory(), PersonFactory()
    first = reply_to.address_for(her, "agora.post", 1)
    assert first == reply_to.address_for(her, "agora.post", 1)
    others = {
        reply_to.address_for(him, "agora.post", 1),
        reply_to.address_for(her, "agora.post", 2),
        reply_to.address_for(her, "agora.answer", 1),
    }
    assert len({first, *others}) == 4
    assert first.startswith("reply+")
    assert len(first.partition("@")[0]) == 22
    assert token(first) not in str(list(ReplyAddress.objects.values()))
    row = reply_to.row_of(token(first.upper()))  # some mail systems write in capitals
    assert (row.person, row.kind, row.thing) == (her, "agora.post", 1)


def test_a_revoked_or_expired_address_opens_nothing_and_a_new_one_is_made():
    her = PersonFactory()
    first = reply_to.address_for(her, "agora.post", 1)
    assert reply_to.revoke(her) == 1
    assert reply_to.row_of(token(first)) is None
    second = reply_to.address_for(her, "agora.post", 1)
    ReplyAddress.objects.update(expires_at=timezone.now() - datetime.timedelta(days=1))
    third = reply_to.address_for(her, "agora.post", 1)
    assert len({first, second, third}) == 3
    assert reply_to.row_of(token(second)) is None


def test_a_new_secret_of_the_house_makes_new_addresses(settings):
    her = PersonFactory()
    first = reply_to.address_for(her, "agora.post", 1)
    settings.SECRET_KEY = "another"
    second = reply_to.address_for(her, "agora.post", 1)
    assert first != second
    assert reply_to.row_of(token(second)).person == her


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("reply+abc@house.example", "abc"),
        ("Reply+ABC@HOUSE.example", "abc"),
        ("reply@house.example", ""),
        ("reply+abc@evil.example", None),
        ("other+abc@house.example", None),
        ("", None),
    ],
)
def test_which_addresses_are_ours(address, found):
    assert token(address) == found
