"""Who sees what stays of a gathering. What is inside the alliance stays there, also of public events."""

import datetime

from django.db.models import Count, Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.gatherings.access import looked_after, looks_after, runs
from house.gatherings.models import OUT, Event, Registration, RegistrationState
from house.gatherings.models.after import (
    AskedThere,
    FeedbackAnswer,
    Recording,
    Voice,
)

# Below this many answers the hosts could tell who said what.
FEW = 5
# So long the form is open. What it brought is read afterwards: whoever looked before and after one
# more answer would know what that one said.
OPEN_DAYS = 14


def _seen_events(viewer: Viewer) -> Q:
    """Of events that are out and that she may see, for who may read programmes."""
    if not (viewer.can("gatherings.read") or runs(viewer)):
        return NOTHING
    return Q(event__in=Event.objects.visible_to(viewer).filter(state__in=OUT).order_by())


def _own_events(viewer: Viewer) -> Q:
    # every row: narrowed to those she looks after in the same expression
    return Q(event__in=Event.objects.filter(looked_after(viewer)).order_by())


class MinutesPolicy(Policy):
    """Readers see what was shared; those who look after the event also what is being written."""

    def seen_by(self, viewer: Viewer) -> Q:
        if runs(viewer):
            return EVERYTHING
        return (Q(is_shared=True) & _seen_events(viewer)) | _own_events(viewer)


class MaterialPolicy(Policy):
    acts = frozenset({"remove"})

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if runs(viewer) else _seen_events(viewer) | _own_events(viewer)

    def may_remove(self, viewer: Viewer, material: Model) -> bool:
        return looks_after(viewer, material.event)  # type: ignore[attr-defined]  # a Material


class RecordingPolicy(Policy):
    """Shared ones are seen where the event is seen; who speaks in one sees it before she agrees."""

    acts = frozenset({"edit", "share", "offer"})

    def seen_by(self, viewer: Viewer) -> Q:
        if runs(viewer):
            return EVERYTHING
        seen = (Q(shared_at__isnull=False) & _seen_events(viewer)) | _own_events(viewer)
        if viewer.person_id is not None:
            # every row: only where she herself speaks
            hers = Voice.objects.filter(person=viewer.person_id).order_by().values("recording")
            seen |= Q(pk__in=hers)
        return seen

    def may_edit(self, viewer: Viewer, recording: Model) -> bool:
        assert isinstance(recording, Recording)  # noqa: S101 -- the registry's promise, told to mypy
        return looks_after(viewer, recording.event)

    may_share = may_edit
    may_offer = may_edit

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        return _("Only those who look after this event may do this."), ""


class VoicePolicy(Policy):
    """Those who look after the event, and whoever it is that speaks."""

    acts = frozenset({"answer", "record"})

    def seen_by(self, viewer: Viewer) -> Q:
        if runs(viewer):
            return EVERYTHING
        # every row: narrowed to those she looks after in the same expression
        own = Event.objects.filter(looked_after(viewer)).order_by()
        seen = Q(recording__event__in=own)
        return seen | Q(person_id=viewer.person_id, person__isnull=False)

    def may_answer(self, viewer: Viewer, voice: Model) -> bool:
        """Nobody agrees for a person of the house but herself."""
        assert isinstance(voice, Voice)  # noqa: S101 -- the registry's promise, told to mypy
        return viewer.person_id is not None and voice.person_id == viewer.person_id

    def may_record(self, viewer: Viewer, voice: Model) -> bool:
        """For somebody who has no account: what she signed or wrote is noted by who looks after it."""
        assert isinstance(voice, Voice)  # noqa: S101 -- the registry's promise, told to mypy
        return voice.person_id is None and looks_after(viewer, voice.recording.event)

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        return _("Whether somebody agrees is for her alone to say."), ""


class FeedbackAnswerPolicy(Policy):
    """Those who look after the event, once the form has closed and too many answered to tell who it was."""

    def seen_by(self, viewer: Viewer) -> Q:
        closed = timezone.now() - datetime.timedelta(days=OPEN_DAYS)
        # every row: counts them, to decide whether any may be seen
        many = (
            FeedbackAnswer.objects.filter(event__ends_at__lte=closed)
            .order_by()
            .values("event")
            .annotate(given=Count("pk"))
            .filter(given__gte=FEW)
            .values("event")
        )
        seen = Q(event__in=many)
        return seen if runs(viewer) else seen & _own_events(viewer)


class FeedbackGivenPolicy(Policy):
    """That she answered is known to herself. Those who look after the event get a number."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(person_id=viewer.person_id) if viewer.person_id is not None else NOTHING


class AskedPolicy(Policy):
    acts = frozenset({"support", "take", "moderate"})

    def seen_by(self, viewer: Viewer) -> Q:
        if runs(viewer):
            return EVERYTHING
        return (Q(is_hidden=False) & _seen_events(viewer)) | _own_events(viewer)

    def may_support(self, viewer: Viewer, question: Model) -> bool:
        """A city that was there wants the answer too; whose question it is needs no support by herself."""
        assert isinstance(question, AskedThere)  # noqa: S101 -- the registry's promise, told to mypy
        return bool(viewer.city_ids) and takes_part(viewer, question.event)

    def may_take(self, viewer: Viewer, question: Model) -> bool:
        """Take it to the Agora: who asked it, and who looks after the event."""
        assert isinstance(question, AskedThere)  # noqa: S101 -- the registry's promise, told to mypy
        asked = viewer.person_id is not None and question.asker_id == viewer.person_id
        return asked or looks_after(viewer, question.event)

    def may_moderate(self, viewer: Viewer, question: Model) -> bool:
        assert isinstance(question, AskedThere)  # noqa: S101 -- the registry's promise, told to mypy
        return looks_after(viewer, question.event)

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        if act == "support":
            return _("Those who have a place support questions, for their city."), ""
        return _("Only who asked it and those who look after the event may do this."), ""


def takes_part(viewer: Viewer, event: Event) -> bool:
    """Has a place in it."""
    if viewer.person_id is None:
        return False
    mine = Registration.objects.visible_to(viewer).filter(event=event, person=viewer.person_id)
    return mine.filter(state=RegistrationState.CONFIRMED).exists()


def attended(viewer: Viewer, event: Event) -> bool:
    """Was there: checked in, or had a place where nobody was checked in at all."""
    if viewer.person_id is None or not event.is_over:
        return False
    # every row: whether anybody was checked in, not who
    counted = Registration.objects.filter(event=event, came_at__isnull=False).exists()
    mine = Registration.objects.visible_to(viewer).filter(event=event, person=viewer.person_id)
    if counted:
        return mine.filter(came_at__isnull=False).exists()
    return mine.filter(state=RegistrationState.CONFIRMED).exists()
