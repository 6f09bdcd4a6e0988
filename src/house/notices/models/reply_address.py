from typing import Self

from django.db import models
from django.utils import timezone

from house.access.querysets import Visible
from house.ground.codes import short_code


class ReplyAddressQuerySet(Visible, models.QuerySet["ReplyAddress"]):
    def in_force(self) -> Self:
        return self.filter(expires_at__gt=timezone.now())


class ReplyAddress(models.Model):
    """To where one person may answer one thing by mail. The address itself isn't kept, only its digest."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    thing = models.BigIntegerField()
    # A new salt makes a new address, and the old one opens nothing.
    salt = models.CharField(max_length=20, default=short_code)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    objects = ReplyAddressQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "thing"], name="notices_one_reply_address_a_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"
