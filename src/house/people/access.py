from django.db.models import Model, Q

from house.access.policy import NOTHING, Policy
from house.access.viewer import Viewer
from house.people.models import ApiToken, Person


class PersonPolicy(Policy):
    """Members and the foundation see each other; a person always sees herself; the public sees nobody."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.is_office:
            return Q(pk__isnull=False)
        seen = Q(pk=viewer.person_id) if viewer.person_id else NOTHING
        if viewer.is_member or viewer.is_staff:
            seen |= Q(is_active=True)
        return seen

    def may_edit(self, viewer: Viewer, person: Model) -> bool:
        assert isinstance(person, Person)  # noqa: S101 -- the registry's promise, told to mypy
        return person.pk == viewer.person_id


class ApiTokenPolicy(Policy):
    acts = frozenset({"revoke"})

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(person_id=viewer.person_id) if viewer.person_id else NOTHING

    def may_revoke(self, viewer: Viewer, token: Model) -> bool:
        assert isinstance(token, ApiToken)  # noqa: S101 -- the registry's promise, told to mypy
        return token.person_id == viewer.person_id
