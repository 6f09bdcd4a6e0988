"""Leaving a list by its address alone (RFC 8058): what a token names, and what leaving does.

A token names a person and a list, and can only make less mail reach her. It does not run out: the
button in an old mail works too.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from house.notices import happenings
from house.notices.models import Choice, How, Pace, Rhythm
from house.notices.rhythms import rhythm_of
from house.people.models import Person

# every row in this file: who holds the token may change this person's rhythm and nothing else

_SALT = "notices.leaving"
DIGEST, EVERYTHING = "digest", "all"


@dataclass(frozen=True, slots=True)
class Leaving:
    """`what` is the name of a kind, `DIGEST` or `EVERYTHING`."""

    person: Person
    what: str

    @property
    def label(self) -> str:
        if self.what == DIGEST:
            return _("The digest")
        if happenings.is_known(self.what):
            return str(happenings.kind_of(self.what).label)
        return _("Everything that happens in the house")


def token_for(person: Person, what: str) -> str:
    return signing.dumps([person.code, what], salt=_SALT)


def url_for(person: Person, what: str) -> str:
    return settings.BASE_URL + reverse("notices:leave", args=[token_for(person, what)])


def headers_for(person: Person, what: str) -> dict[str, str]:
    return {
        "List-Unsubscribe": f"<{url_for(person, what)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def of_token(token: str) -> Leaving | None:
    try:
        code, what = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(code=code, erased_at__isnull=True).first()
    return Leaving(person, str(what)) if person else None


@transaction.atomic
def leave(leaving: Leaving) -> None:
    """By mail nothing more of this; in the house it is still told. Leaving twice changes nothing."""
    if happenings.is_known(leaving.what):
        Choice.objects.update_or_create(
            person=leaving.person, kind=leaving.what, defaults={"how": How.INBOX}
        )
        return
    rhythm = rhythm_of(leaving.person)
    if leaving.what == DIGEST and rhythm.pace == Pace.AT_ONCE:
        return
    Rhythm.objects.filter(pk=rhythm.pk).update(pace=Pace.NONE)
    if leaving.what == EVERYTHING:
        Choice.objects.filter(person=leaving.person, how__in=[How.AT_ONCE, How.DIGEST]).delete()
