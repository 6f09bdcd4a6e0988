from typing import Self

from django.db import models
from django.utils import timezone

from house.access.querysets import Visible


class ApiTokenQuerySet(Visible, models.QuerySet["ApiToken"]):
    def in_force(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class ApiToken(models.Model):
    """A key for programs. Only its SHA-256 is kept; the key itself is shown once.

    `scopes` are the capabilities it may use of those its person has when it calls; `None`: all of them.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80, blank=True)
    scopes = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return self.label or f"token {self.code}"

    @property
    def code(self) -> str:
        """Names it in addresses. A part of the digest gives nothing of the key away."""
        return self.digest[:12]
