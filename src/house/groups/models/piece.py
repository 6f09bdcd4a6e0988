from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.ground.codes import short_code
from house.groups.models.group import Group


class GroupFile(models.Model):
    """A file that a group keeps beside its page."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    file = models.FileField(upload_to="groups/%Y/%m/")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    label = models.CharField(_("what it is"), max_length=200, blank=True)
    uploaded_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["group", "digest"], name="groups_file_once")]

    def __str__(self) -> str:
        return self.label or self.name
