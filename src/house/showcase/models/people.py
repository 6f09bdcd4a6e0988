"""Persons whom the public may see, each by her own word: the default is that it sees nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible, VisibleQuerySet
from house.ground.codes import short_code
from house.showcase.models.showcase import Showcase


class FaceQuerySet(Visible, models.QuerySet["Face"]):
    pass


class Face(models.Model):
    """What one person lets the public see of her on her city's page. No row: nothing."""

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="+")
    city = models.ForeignKey("vocabulary.City", models.PROTECT, related_name="+")
    words = models.CharField(_("one sentence about your work"), max_length=200, blank=True)
    agreed_at = models.DateTimeField()

    objects = FaceQuerySet.as_manager()

    class Meta:
        ordering = ["agreed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.city_id}"


class Contact(models.Model):
    """Whom readers of a showcase may write to. Shown once she has agreed herself, while she does."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    showcase = models.OneToOneField(Showcase, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    shows_address = models.BooleanField(_("her e-mail address is shown"), default=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.code
