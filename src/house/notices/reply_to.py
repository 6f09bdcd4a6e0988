"""The address to which one person answers one thing by mail: `reply+TOKEN@domain`.

The token is made anew from the row and the house's secret whenever it is needed, so the same thing keeps the
same address and the records hold only its digest. It names a person and a thing and proves neither: whoever
was forwarded a mail has it too. The intake asks for more (`intake.senders`).
"""

import base64
import datetime
import hashlib
import hmac

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from house.ground.codes import short_code
from house.notices.models import ReplyAddress
from house.people.models import Person

# every row in this file: an address is made for its person, and looked up before anybody is known

GOOD_FOR = datetime.timedelta(days=90)
_LETTERS = 16  # 80 bits, in letters that survive every mail system


def address_for(person: Person, kind: str, thing_pk: int) -> str:
    """Good for ninety days from now. Empty where the house takes no answers by mail."""
    if not settings.REPLY_ADDRESS:
        return ""
    row = ReplyAddress.objects.filter(person=person, kind=kind, thing=thing_pk).first()
    if row is None:
        row = _made(person, kind, thing_pk)
    else:
        _keep_good(row)
    local, _at, domain = settings.REPLY_ADDRESS.partition("@")
    return f"{local}+{_token(row)}@{domain}"


def _keep_good(row: ReplyAddress) -> None:
    """Not written each time; but where the house has a new secret, the old digest finds nothing."""
    now = timezone.now()
    if row.expires_at <= now:
        row.salt = short_code()
    digest = digest_of(_token(row))
    if digest != row.digest or row.expires_at < now + GOOD_FOR / 2:
        row.expires_at, row.digest = now + GOOD_FOR, digest
        row.save(update_fields=["salt", "digest", "expires_at"])


def row_of(token: str) -> ReplyAddress | None:
    """What this address was made for; also when its time is over, so that its sender can be told."""
    return (
        ReplyAddress.objects.select_related("person")
        .filter(digest=digest_of(token.lower()))
        .first()
    )


def revoke(person: Person) -> int:
    """None of the addresses that she was sent so far opens anything. How many there were."""
    return ReplyAddress.objects.filter(person=person).delete()[0]


def token_in(address: str) -> str | None:
    """The token of one of our reply addresses; empty for the bare address, None for another's."""
    ours, _at, our_domain = settings.REPLY_ADDRESS.lower().partition("@")
    local, _at, domain = address.strip().lower().rpartition("@")
    if not ours or domain != our_domain:
        return None
    name, _plus, token = local.partition("+")
    return token if name == ours else None


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _token(row: ReplyAddress) -> str:
    told = f"{row.salt}\n{row.person_id}\n{row.kind}\n{row.thing}".encode()
    mac = hmac.digest(settings.SECRET_KEY.encode(), b"reply address\n" + told, "sha256")
    return base64.b32encode(mac).decode()[:_LETTERS].lower()


def _made(person: Person, kind: str, thing: int) -> ReplyAddress:
    row = ReplyAddress(
        person=person, kind=kind, thing=thing, salt=short_code(),
        expires_at=timezone.now() + GOOD_FOR,
    )  # fmt: skip
    row.digest = digest_of(_token(row))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # another worker was first
        return ReplyAddress.objects.get(person=person, kind=kind, thing=thing)
    return row
