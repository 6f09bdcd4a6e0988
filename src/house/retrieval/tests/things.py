"""A room in small: one guarded model that retrieval can find, for its tests alone."""

from django.db import models, transaction
from django.db.models import Q

from house.access.audience import readable
from house.access.policy import Policy
from house.access.policy import register as register_policy
from house.access.querysets import VisibleQuerySet
from house.access.viewer import Viewer
from house.retrieval import outbox
from house.retrieval.documents import Document
from house.retrieval.passages import Section, cut
from house.retrieval.sources import Source, register


class Note(models.Model):
    title = models.CharField(max_length=200)
    text = models.TextField()
    language = models.CharField(max_length=8, default="en")
    audience = models.CharField(max_length=8, default="public")
    city_id = models.CharField(max_length=8, null=True)
    circle_id = models.CharField(max_length=8, null=True)
    author_id = models.BigIntegerField(null=True)
    facets = models.JSONField(default=dict)
    prior = models.FloatField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        app_label = "retrieval"
        db_table = "retrieval_test_note"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/notes/{self.pk}/"


class NotePolicy(Policy):
    def seen_by(self, viewer: Viewer) -> Q:
        return readable(viewer.tokens)


def document_of(note: Note) -> Document | None:
    if note.title == "withdrawn":
        return None
    if note.title == "unreadable":
        raise ValueError("this note cannot be read")
    return Document(
        kind="note",
        pk=note.pk,
        version=note.version,
        title=note.title,
        language=note.language,
        audience=token(note),
        passages=tuple(cut([Section(note.text, language=note.language)], prefix=f"note-{note.pk}")),
        facets={name: tuple(values) for name, values in note.facets.items()},
        prior=note.prior,
    )


def token(note: Note) -> str:
    named = {"city": note.city_id, "circle": note.circle_id, "private": note.author_id}
    name = "person" if note.audience == "private" else note.audience
    return f"{name}:{named[note.audience]}" if note.audience in named else note.audience


def open_room() -> None:
    register_policy(Note, NotePolicy())
    register(Source("note", Note, document_of))


@transaction.atomic
def write(title: str, text: str, **facts) -> Note:
    note = Note.objects.create(title=title, text=text, **facts)
    outbox.touch("note", note.pk)
    return note


@transaction.atomic
def rewrite(note: Note, **facts) -> None:
    for name, value in facts.items():
        setattr(note, name, value)
    note.version += 1
    note.save()
    outbox.touch("note", note.pk)


@transaction.atomic
def remove(note: Note) -> None:
    outbox.touch("note", note.pk)
    note.delete()
