import hashlib
import secrets

from django.utils import timezone

from house.people.models import ApiToken, Person

# every row in this file: who calls has no viewer yet


def issue_token(person: Person, *, label: str = "") -> str:
    """A new key for this person's programs. It is returned once and can't be shown again."""
    key = f"house_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(person=person, digest=digest_of(key), label=label)
    return key


def digest_of(key: str) -> str:
    # A random 256-bit key needs no slow hash: there is nothing to guess.
    return hashlib.sha256(key.encode()).hexdigest()


def person_of(key: str) -> Person | None:
    """The active person whose key this is."""
    token = (
        ApiToken.objects.select_related("person")
        .filter(digest=digest_of(key), revoked_at=None)
        .first()
    )
    if token is None or not token.person.is_active:
        return None
    now = timezone.now()
    if (
        token.used_at is None or (now - token.used_at).total_seconds() > 60
    ):  # not a write for every call
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
    return token.person
