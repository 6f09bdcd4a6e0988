from django.db import models

from house.access.querysets import VisibleQuerySet
from house.ground.codes import short_code


class Circle(models.Model):
    """Named people or cities who read together."""

    code = models.CharField(max_length=12, primary_key=True, default=short_code, editable=False)
    name = models.CharField(max_length=120)
    persons = models.ManyToManyField("people.Person", related_name="+", blank=True)
    cities = models.ManyToManyField("vocabulary.City", related_name="+", blank=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
