"""The table of rights, told to Wagtail: who holds `magazine.edit` may do at its desk what an editor does.

Nobody is in a group and nobody is a superuser. What is not named here is refused.
"""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Model, QuerySet
from wagtail.models import Collection
from wagtail.permission_policies import ModelPermissionPolicy

from house.partners.viewing import viewer_for
from house.people.models import Person

# every row in this file: the collections of Wagtail, of which there is one
_OURS = ("article", "issue")
ALLOWED = frozenset(
    {
        "wagtailadmin.access_admin",
        "magazine.add_picture",
        "magazine.change_picture",
        "magazine.choose_picture",
        "magazine.view_picture",
        *(
            f"magazine.{verb}_{noun}"
            for noun in _OURS
            for verb in ("add", "change", "delete", "publish", "lock", "unlock", "view")
        ),
    }
)


def edits(person: Any) -> bool:
    """Asked once a request: the person is loaded anew for each."""
    if not isinstance(person, Person):
        return False
    known: dict[str, Any] = vars(person)
    if "edits_magazine" not in known:
        known["edits_magazine"] = viewer_for(person).can("magazine.edit")
    return bool(known["edits_magazine"])


class Editors(BaseBackend):
    """Signs nobody in; answers `has_perm` for the desk."""

    def get_user(self, user_id: int) -> None:
        return None

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        return perm in ALLOWED and edits(user_obj)

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        return set(ALLOWED) if edits(user_obj) else set()


class PicturePolicy(ModelPermissionPolicy):
    """Wagtail asks by collection, which goes by groups; here there is one collection and the same right."""

    def _all_or_none(self, user: Any) -> QuerySet[Collection]:
        return Collection.objects.all() if edits(user) else Collection.objects.none()

    def collections_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Collection]:
        return self._all_or_none(user)

    def collections_user_has_any_permission_for(
        self, user: Any, actions: Any
    ) -> QuerySet[Collection]:
        return self._all_or_none(user)
