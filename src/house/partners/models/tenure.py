from django.db import models
from django.db.models import Q

from house.access.querysets import PartQuerySet
from house.partners.models.seat import Seat


class Tenure(models.Model):
    """Who sat in a seat, from when to when. Outlives both: a person erased leaves an unnamed term."""

    part_of = "seat"

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(ended_at__isnull=True),
                name="partners_one_sits_at_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("began_at")),
                name="partners_tenure_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.person_id}"
