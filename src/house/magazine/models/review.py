"""The one step of the review: somebody else than who wrote it reads it before it goes out."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Task, TaskState

from house.access.querysets import VisibleQuerySet
from house.magazine import quotes
from house.magazine.models.article import Article


class SecondReader(Task):
    """Approved by any editor but the one who asked for it. No groups: the table of rights rules."""

    objects = VisibleQuerySet.as_manager()

    def _may(self, obj: Any, user: Any) -> bool:
        state = obj.current_workflow_state
        asked = state.requested_by_id if state else None
        return bool(user.has_perm("magazine.publish_article")) and asked != user.pk

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return bool(user.has_perm("magazine.change_article"))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return False

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self._may(obj, user)

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        return False

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Where a quote does not stand there is nothing to approve: the form says which."""
        if not self._may(obj, user):
            return []
        back = ("reject", _("Ask for changes"), True)
        if isinstance(obj, Article) and quotes.troubles(obj):
            return [back]
        waits = isinstance(obj, Article) and (obj.issue is None or not obj.issue.live)
        at_once = _("Approve for its issue") if waits else _("Approve and publish")
        return [back, ("approve", at_once, False), ("approve", _("Approve with a comment"), True)]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        if not user.has_perm("magazine.publish_article"):
            return TaskState.objects.none()
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return waiting.exclude(workflow_state__requested_by=user)

    @classmethod
    def get_description(cls) -> str:
        return _("Another editor reads it before it is published.")
