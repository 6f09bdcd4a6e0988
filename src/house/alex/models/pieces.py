"""What hangs on an entry: files, transcripts, people."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from house.access.querysets import VisibleQuerySet
from house.alex.models.entry import Entry
from house.ground.codes import short_code


class Attachment(models.Model):
    """A file with its licence. Readers see it only while the current version lists it."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    file = models.FileField(upload_to="alex/%Y/%m/")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    label = models.CharField(_("label"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    is_current = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "digest"], name="alex_attachment_once")
        ]

    def __str__(self) -> str:
        return self.label or self.name


class Transcript(models.Model):
    """What was said, by whom, at which second: `cues` are [{"start", "end", "speaker", "text"}] in order.

    A corrected transcript is a new one; a version names the one it was published with.
    """

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    language = models.CharField(max_length=12)
    cues = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    is_current = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "digest"], name="alex_transcript_once"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(is_current=True), name="alex_transcript_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.language}"


class Contact(models.Model):
    """A person who may be asked about the entry. Shown only where its author lets the city be named."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    about = models.CharField(_("about"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "person"], name="alex_contact_once")
        ]

    def __str__(self) -> str:
        return str(self.person)
