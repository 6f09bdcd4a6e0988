"""What hosting and what comes after a gathering give to a person's export, and what erasure does about it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.gatherings.models.after import (
    AskedSupport,
    AskedThere,
    FeedbackGiven,
    Material,
    Minutes,
    Recording,
    Voice,
    VoiceConsent,
)
from house.gatherings.models.hosting import HostingMessage, HostingOffer, HostingTask
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

_LISTS: tuple[tuple[str, Any, frozenset[str], Callable[[Person], QuerySet], tuple[str, ...]], ...] = (
    (
        "hosting-offers",
        _("Offers to host that you made or decided."),
        frozenset({"gatherings.HostingOffer.made_by", "gatherings.HostingOffer.decided_by"}),
        lambda p: HostingOffer.objects.filter(Q(made_by=p) | Q(decided_by=p)),
        ("code", "city__name", "kind", "title", "about", "starts_on", "ends_on", "place", "budget", "in_kind",
         "partners", "state", "reason", "made_at"),
    ),
    (
        "hosting-messages",
        _("What you wrote in talks about hosting."),
        frozenset({"gatherings.HostingMessage.author"}),
        lambda p: HostingMessage.objects.filter(author=p),
        ("offer__title", "text", "made_at"),
    ),
    (
        "hosting-tasks",
        _("Tasks for gatherings that are yours or that you ticked."),
        frozenset({"gatherings.HostingTask.owner", "gatherings.HostingTask.done_by"}),
        lambda p: HostingTask.objects.filter(Q(owner=p) | Q(done_by=p)),
        ("offer__title", "title", "note", "due_on", "done_at"),
    ),
    (
        "minutes",
        _("Versions of minutes that you saved."),
        frozenset({"gatherings.Minutes.made_by"}),
        lambda p: Minutes.objects.filter(made_by=p),
        ("event__title", "number", "html", "note", "made_at"),
    ),
    (
        "gathering-files",
        _("Slides and files of events that you handed in."),
        frozenset({"gatherings.Material.made_by"}),
        lambda p: Material.objects.filter(made_by=p),
        ("event__title", "name", "label", "licence", "made_at"),
    ),
    (
        "recordings-made",
        _("Recordings of events that you put in."),
        frozenset({"gatherings.Recording.made_by"}),
        lambda p: Recording.objects.filter(made_by=p),
        ("event__title", "title", "language", "made_at"),
    ),
    (
        "recordings-spoken",
        _("Recordings in which you speak, and whether you agreed; answers that you noted for others."),
        frozenset({"gatherings.Voice.person", "gatherings.Voice.answered_by"}),
        lambda p: Voice.objects.filter(Q(person=p) | Q(answered_by=p)),
        ("recording__title", "label", "name", "consent", "evidence", "asked_at", "answered_at"),
    ),
    (
        "feedback-given",
        _("To which events you gave feedback. What you said can't be told apart from what others said."),
        frozenset({"gatherings.FeedbackGiven.person"}),
        lambda p: FeedbackGiven.objects.filter(person=p),
        ("event__title",),
    ),
    (
        "asked-at-events",
        _("Questions that you asked at events, and those that you supported for your city."),
        frozenset({"gatherings.AskedThere.asker", "gatherings.AskedSupport.person"}),
        lambda p: AskedThere.objects.filter(
            Q(asker=p) | Q(pk__in=AskedSupport.objects.filter(person=p).values("question"))
        ),
        ("event__title", "text", "answered", "made_at"),
    ),
)  # fmt: skip


def register() -> None:
    for name, told, covers, found, fields in _LISTS:
        export.register(name, _rows(found, fields), told=told, covers=covers)
    erasure.register(
        "gatherings-after",
        _erase,
        covers=frozenset[str]().union(*(covers for _n, _t, covers, *_r in _LISTS)),
        goes=_(
            "Your part of recordings, with what you said in their transcripts, your tasks for "
            "gatherings, and your name beside questions that you asked there."
        ),
        stays=_(
            "Offers, messages and minutes that you wrote for your city, and feedback that nobody can tell is "
            "yours."
        ),
    )


def _rows(
    found: Callable[[Person], QuerySet], fields: tuple[str, ...]
) -> Callable[[Person], Section]:
    return lambda person: Section(rows_of(found(person).order_by("pk"), *fields))


def _erase(person: Person) -> None:
    for voice in Voice.objects.filter(person=person).select_related("recording"):
        _silence(voice)
    Voice.objects.filter(answered_by=person).update(answered_by=None)
    HostingTask.objects.filter(owner=person, done_at=None).update(owner=None)
    FeedbackGiven.objects.filter(person=person).delete()
    AskedThere.objects.filter(asker=person).update(asker=None)
    AskedSupport.objects.filter(person=person).update(person=None)


def _silence(voice: Voice) -> None:
    """Her words go from the transcript; a voice without a name stays, so that the sound stays closed."""
    recording = voice.recording
    recording.cues = [cue for cue in recording.cues if cue["speaker"] != voice.label]
    recording.chapters = [row for row in recording.chapters if row.get("speaker") != voice.label]
    recording.save(update_fields=["cues", "chapters"])
    voice.person, voice.name, voice.label = None, "", f"? {voice.code}"
    voice.consent, voice.answered_at = VoiceConsent.REFUSED, timezone.now()
    voice.evidence = ""
    voice.save()
