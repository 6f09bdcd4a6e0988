"""What hangs on what was said: files, mentions, earlier wordings, what somebody is still typing."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from house.access.audience import Audience
from house.access.candour import Candour
from house.access.querysets import VisibleQuerySet
from house.agora.models.answer import Answer, Comment
from house.agora.models.post import Post
from house.ground.codes import short_code


def once_a_thing(name: str, *fields: str) -> list[models.UniqueConstraint]:
    """One row for the fields on each post, answer or comment; a comment's row names no answer."""
    of_post = Q(answer__isnull=True, comment__isnull=True)
    return [
        models.UniqueConstraint(fields=["post", *fields], condition=of_post, name=f"{name}_a_post"),
        models.UniqueConstraint(fields=["answer", *fields], name=f"{name}_an_answer"),
        models.UniqueConstraint(fields=["comment", *fields], name=f"{name}_a_comment"),
    ]


def stored_as(attachment: models.Model, name: str) -> str:
    """Never the name that it came with: that may tell the city."""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else "bin"
    return f"agora/{timezone.now():%Y}/{short_code(16)}.{ending[:5]}"


class Attachment(models.Model):
    """A file without its metadata, of a post or of an answer."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="+")
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    file = models.FileField(upload_to=stored_as)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField(default=0)
    is_hidden = models.BooleanField(default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "digest"],
                condition=Q(answer__isnull=True),
                name="agora_attachment_once_a_post",
            ),
            models.UniqueConstraint(
                fields=["answer", "digest"], name="agora_attachment_once_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def ending(self) -> str:
        return self.name.rsplit(".", 1)[-1].lower() if "." in self.name else "bin"

    def shown_name(self, whole: Post | Answer) -> str:
        """A neutral one where the author's city is hidden: file names tell projects, places and persons."""
        return f"attachment-{self.code}.{self.ending}" if whole.hides_city else self.name


class Mention(models.Model):
    """Somebody was named in a text. She is told; nobody else learns of it by this row."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = once_a_thing("agora_mentioned_once", "person")

    def __str__(self) -> str:
        return f"{self.post_id} {self.person_id}"


class Revision(models.Model):
    """An earlier wording, with how its author was named and who could read it when it stood."""

    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    candour = models.CharField(max_length=9, choices=Candour)
    audience = models.CharField(max_length=8, choices=Audience)
    city = models.ForeignKey("vocabulary.City", models.PROTECT, null=True, related_name="+")
    circle = models.ForeignKey("partners.Circle", models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    # Until when it stood: the day alone, where the city is hidden.
    ended_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            *once_a_thing("agora_revision_numbered_once", "number"),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="agora_revision_audience_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.number}"


class Unsent(models.Model):
    """What somebody is typing and has not sent: hers alone, kept as she types."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    place = models.CharField(max_length=60)  # "answer:CODE", "comment:CODE", "edit:CODE" …
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="agora_unsent_once")
        ]

    def __str__(self) -> str:
        return self.place
