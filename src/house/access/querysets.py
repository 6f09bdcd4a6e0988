from typing import Any, Self

from django.db import models

from house.access.policy import policy_for
from house.access.viewer import Viewer


class Visible:
    """Mix into a queryset (ours or Wagtail's) to give its model a door."""

    def visible_to(self: Any, viewer: Viewer) -> Any:
        return self.filter(policy_for(self.model).seen_by(viewer))


class VisibleQuerySet(Visible, models.QuerySet[Any]):
    pass


class PartQuerySet(models.QuerySet[Any]):
    """A part (comment, attachment) is seen exactly where its whole is seen."""

    def visible_to(self, viewer: Viewer) -> Self:
        part_of = self.model.part_of
        whole: Any = self.model._meta.get_field(part_of).related_model
        return self.filter(**{f"{part_of}__in": whole.objects.visible_to(viewer)})
