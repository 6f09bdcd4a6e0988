"""Where the words of an entry were said: entry → version (or draft) → span → the post that it comes from."""

from django.db import models
from django.db.models import Q

from house.access.querysets import VisibleQuerySet
from house.alex.models.entry import Entry
from house.alex.models.version import Version


class Said(models.Model):
    """One span of a text that grew out of talk. Whose words they are does not stand here.

    `source` and `thing` are the kind and key of the post, `url` its path: who shows it asks the post's
    own door.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, models.CASCADE, null=True, blank=True, related_name="+")
    field = models.CharField(max_length=40)
    text = models.TextField()
    source = models.CharField(max_length=40)
    thing = models.BigIntegerField()
    url = models.CharField(max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["entry", "position", "pk"]
        indexes = [models.Index(fields=["source", "thing"])]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="alex_said_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.field}"
