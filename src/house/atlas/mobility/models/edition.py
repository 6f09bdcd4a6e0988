"""An edition: what was put in, by which method, and what came out. Nothing of it is ever changed."""

import json
import zlib
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from house.access.querysets import Visible, VisibleQuerySet


def packed(plain: Any) -> bytes:
    return zlib.compress(canonical(plain), level=9)


def unpacked(body: bytes) -> Any:
    return json.loads(zlib.decompress(bytes(body)))


def canonical(plain: Any) -> bytes:
    """The one way in which the same content is written: what digests are taken of."""
    text = json.dumps(
        plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode(errors="surrogatepass")  # a feed may write half a character


class SourceFile(models.Model):
    """A file as somebody published it, read into rows and kept small, with the digest of the original."""

    kind = models.CharField(max_length=10)  # systems, audit
    name = models.CharField(max_length=200)
    as_of = models.DateField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes of the original
    rows = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=400, blank=True)
    licence = models.CharField(max_length=100)
    odd: Any = models.JSONField(default=list)  # what could be read, but was odd
    body = models.BinaryField()  # the rows, packed
    imported_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "sha256", "as_of"], name="mobility_a_file_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.as_of}"


class EditionQuerySet(Visible, models.QuerySet["Edition"]):
    def for_lists(self) -> Self:
        """Without what only the computation reads."""
        return self.defer("bundle", "result").order_by("-as_of", "-revision")


class Edition(models.Model):
    code = models.SlugField(max_length=20, unique=True)  # "2026-07-21", "2026-07-21-2"
    as_of = models.DateField()  # the day of its list of systems
    revision = models.PositiveSmallIntegerField(default=1)
    method = models.CharField(max_length=8)  # method.VERSIONS
    parameters: Any = models.JSONField()
    # Each {"key", "title", "name", "on", "licence", "url", "sha256", "rows", "size"}.
    sources: Any = models.JSONField(default=list)
    bundle = models.BinaryField()
    bundle_digest = models.CharField(max_length=64)
    result = models.BinaryField()
    result_digest = models.CharField(max_length=64)
    counts: Any = models.JSONField(default=dict)  # systems, placed, cities, ranked, corrections
    before = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    is_demonstration = models.BooleanField(default=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["as_of", "revision"], name="mobility_edition_numbered")
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("mobility:edition", args=[self.code])
