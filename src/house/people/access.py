from django.db.models import Model, Q

from house.access.policy import NOTHING, Policy
from house.access.viewer import Viewer
from house.people.models import ApiToken, ContactMessage, Person
from house.people.roll import belongs


class PersonPolicy(Policy):
    """A person sees herself, the office everybody, and whoever may use the directory those listed in it.

    Only who belongs to the alliance now can be seen by colleagues: a guest, somebody of a lapsed
    partnership, suspended or about to be erased is absent for all but the office. An unlisted person
    is seen by her own city and by those whom she wrote to.
    """

    acts = frozenset({"edit", "write", "erase"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("office.people"):
            return Q(pk__isnull=False)
        seen = Q(pk=viewer.person_id) if viewer.person_id else NOTHING
        if viewer.can("people.directory"):
            # every row: narrowed to who wrote to this viewer
            wrote = ContactMessage.objects.filter(receiver_id=viewer.person_id, is_muted=False)
            shown = Q(is_listed=True) | Q(pk__in=wrote.order_by().values("sender"))
            shown |= Q(city__in=viewer.city_ids)
            seen |= shown & belongs()
        return seen

    def may_edit(self, viewer: Viewer, person: Model) -> bool:
        assert isinstance(person, Person)  # noqa: S101 -- the registry's promise, told to mypy
        return person.pk == viewer.person_id

    def may_erase(self, viewer: Viewer, person: Model) -> bool:
        """She herself; the office for who asked by letter."""
        return self.may_edit(viewer, person) or viewer.can("office.people")

    def may_write(self, viewer: Viewer, person: Model) -> bool:
        """The house carries messages between colleagues; nobody writes to herself."""
        assert isinstance(person, Person)  # noqa: S101 -- the registry's promise, told to mypy
        if person.pk == viewer.person_id or person.is_former or not person.is_active:
            return False
        return viewer.person_id is not None and viewer.can("people.directory")


class ContactMessagePolicy(Policy):
    """Sender and receiver; what a muted sender wrote, only she herself."""

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.person_id is None:
            return NOTHING
        return Q(sender_id=viewer.person_id) | Q(receiver_id=viewer.person_id, is_muted=False)


class MutePolicy(Policy):
    """Only who muted knows."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(person_id=viewer.person_id) if viewer.person_id else NOTHING


class ApiTokenPolicy(Policy):
    acts = frozenset({"revoke"})

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(person_id=viewer.person_id) if viewer.person_id else NOTHING

    def may_revoke(self, viewer: Viewer, token: Model) -> bool:
        assert isinstance(token, ApiToken)  # noqa: S101 -- the registry's promise, told to mypy
        return token.person_id == viewer.person_id


class SignInPolicy(Policy):
    """When and how somebody came in is hers alone; the office has no page of it either."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(person_id=viewer.person_id) if viewer.person_id else NOTHING
