"""Sign-in by an operator's link: for the first person of a new house, and when mail is down."""

from django.core import signing

from house.ground.codes import short_code
from house.people.models import Person

# every row in this file: who signs in has no viewer yet

SECONDS = 600
_SALT = "people.signin-link"


def link_token(person: Person) -> str:
    """Good for ten minutes, and void once the person has signed in."""
    # The random part tells two links of one second apart: each is good once.
    return signing.dumps([person.code, _stamp(person), short_code(6)], salt=_SALT)


def person_of_link(token: str) -> Person | None:
    try:
        code, stamp, _apart = signing.loads(token, salt=_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(code=code, is_active=True).first()
    return person if person and _stamp(person) == stamp else None


def _stamp(person: Person) -> str:
    return person.last_login.isoformat() if person.last_login else ""
