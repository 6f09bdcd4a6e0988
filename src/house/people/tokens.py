"""Keys for programs: made once, kept as a digest, good until they expire or are revoked."""

import datetime
import hashlib
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.journal import record
from house.access.viewer import Viewer
from house.people.emails import changed_mail, send_aside
from house.people.models import ApiToken, Person

# every row in this file: who calls has no viewer yet

DAYS = 90
OFFERED_DAYS = (7, 30, 90, 365)


def issue_token(
    person: Person, *, label: str = "", scopes: Iterable[str] | None = None, days: int = DAYS
) -> str:
    """A new key for this person's programs. It is returned once and can't be shown again.

    `scopes` are names of capabilities; without them the key may whatever its person may when it calls.
    A scope that the person does not have gives nothing.
    """
    key = f"house_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(
        person=person,
        digest=digest_of(key),
        label=label,
        scopes=None if scopes is None else sorted(set(scopes)),
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )
    return key


@transaction.atomic
def make_token(*, by: Viewer, label: str, scopes: Iterable[str], days: int) -> str:
    """As `issue_token`, for the viewer herself: never for more than she may, and she is told by mail."""
    person = Person.objects.get(pk=by.person_id)
    key = issue_token(person, label=label, scopes=set(scopes) & by.capabilities, days=days)
    record(
        "token.made", person, by=by, facts={"label": label, "scopes": sorted(scopes), "days": days}
    )
    said = _("A key for programs was made in your name")
    transaction.on_commit(lambda: send_aside(changed_mail(person, said, detail=label)))
    return key


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Viewer) -> None:
    """From now on the key opens nothing. Revoking twice changes nothing."""
    allow(by, "revoke", token)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record("token.revoked", token.person, by=by, facts={"label": token.label})


def digest_of(key: str) -> str:
    # A random 256-bit key needs no slow hash: there is nothing to guess.
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def token_of(key: str) -> ApiToken | None:
    """The token of this key, with its active person: unless unknown, cut short, expired or revoked."""
    token = (
        ApiToken.objects.in_force().select_related("person").filter(digest=digest_of(key)).first()
    )
    if token is None or not token.person.is_active:
        return None
    now = timezone.now()
    # A minute's truth is enough: not a write for every call.
    if token.used_at is None or (now - token.used_at).total_seconds() > 60:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
    return token


def person_of(key: str) -> Person | None:
    """The active person whose key this is."""
    token = token_of(key)
    return token.person if token else None
