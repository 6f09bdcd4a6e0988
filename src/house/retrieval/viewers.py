"""As whom an operator's command looks: the public, unless a person is named."""

from django.core.management.base import CommandError

from house.access.viewer import VISITOR, Viewer
from house.partners.viewing import viewer_for
from house.people.models import Person


def viewer_of(email: str | None) -> Viewer:
    if not email:
        return VISITOR
    # every row: the operator's own shell
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"No active person has the address {email}.")
    return viewer_for(person)
