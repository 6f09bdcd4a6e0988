from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible
from house.ground.codes import short_code
from house.partners.models.seat import Seat


class JoinRequestQuerySet(Visible, models.QuerySet["JoinRequest"]):
    def waiting(self) -> Self:
        return self.filter(answer="")


class JoinRequest(models.Model):
    """A colleague asks her city for a seat. Her address is proven before the row is made."""

    class Answer(models.TextChoices):
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    city = models.ForeignKey("vocabulary.City", models.CASCADE, related_name="+")
    # Nobody yet where she has never been here: approving makes her a person.
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="+")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("role"), max_length=120)
    words = models.TextField(_("why you would like to join"), max_length=600, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reply = models.CharField(_("a word to her"), max_length=300, blank=True)
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "email"],
                condition=Q(answer=""),
                name="partners_asks_a_city_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="partners_request_answer_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city_id}: {self.name}"
