from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible


class SignInQuerySet(Visible, models.QuerySet["SignIn"]):
    pass


class SignIn(models.Model):
    """That a person came in, how, and with which browser. No address and no place is kept."""

    class Way(models.TextChoices):
        CODE = "code", _("Typed code")
        PASSKEY = "passkey", _("Passkey")
        SECOND = "second", _("Typed code and a second factor")
        LINK = "link", _("Operator's link")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    way = models.CharField(max_length=8, choices=Way)
    # SHA-256 of the random name that the house gave this browser in a cookie.
    browser = models.CharField(max_length=64)
    device = models.CharField(max_length=80)  # in words, as the browser tells
    is_new = models.BooleanField(default=False)

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at"], name="people_signin_recent")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way__in=["code", "passkey", "second", "link"]),
                name="people_signin_way_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} · {self.device}"


class TallyQuerySet(Visible, models.QuerySet["Tally"]):
    pass


class Tally(models.Model):
    """How often something was tried within its time. `people.tally` counts here, for all processes."""

    key = models.CharField(max_length=64, unique=True)
    used = models.PositiveIntegerField(default=1)
    ends_at = models.DateTimeField(db_index=True)

    objects = TallyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.used}"
