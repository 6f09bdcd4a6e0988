from django.db import models
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.ground.codes import short_code
from house.partners.models.partnership import Partnership


class Seat(models.Model):
    """A place at the table. The seat stays, people move: promises and credit belong to it."""

    class Kind(models.TextChoices):
        CONTACT = "contact", _("Contact")
        COORDINATOR = "coordinator", _("Coordinator")
        MEMBER = "member", _("Member")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.MEMBER)
    team = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=120)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person"], name="partners_one_seat_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.title
