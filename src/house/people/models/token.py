from django.db import models

from house.access.querysets import Visible


class ApiTokenQuerySet(Visible, models.QuerySet["ApiToken"]):
    pass


class ApiToken(models.Model):
    """A key for programs. Only its SHA-256 is kept; the key itself is shown once."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return self.label or f"token {self.pk}"
