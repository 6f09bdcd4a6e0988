"""Who sees which event, and who may do what there."""

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from house.access.audience import Audience, readable
from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.gatherings.models import OUT, Event, Organiser, Session, State
from house.partners import rights


def runs(viewer: Viewer) -> bool:
    return viewer.can("gatherings.run")


def looked_after(viewer: Viewer) -> Q:
    """The events that she prepares: all for the office; else those she organises or her city hosts."""
    if runs(viewer):
        return EVERYTHING
    if viewer.person_id is None or not viewer.can("gatherings.host"):
        return NOTHING
    # every row: only whose they are, for a subquery
    hers = Organiser.objects.filter(person=viewer.person_id).order_by().values("event")
    mine = Q(pk__in=hers) | Q(author_id=viewer.person_id)
    if viewer.coordinates:
        mine |= Q(host_city_id__in=viewer.coordinates)
    return mine


def looks_after(viewer: Viewer, event: Event) -> bool:
    if runs(viewer):
        return True
    # every row: asks only whether this one is hers to look after
    return Event.objects.filter(looked_after(viewer), pk=event.pk).exists()


class EventPolicy(Policy):
    """Its audience sees what is out, as far as she may read programmes; a draft those who prepare it."""

    acts = frozenset({"edit", "publish", "cancel", "attend", "count"})

    def seen_by(self, viewer: Viewer) -> Q:
        if runs(viewer):
            return EVERYTHING
        seen = Q(state__in=OUT) & Q(audience=Audience.PUBLIC)
        if viewer.can("gatherings.read"):
            seen |= Q(state__in=OUT) & readable(viewer.tokens)
        return seen | looked_after(viewer)

    def may_edit(self, viewer: Viewer, event: Model) -> bool:
        assert isinstance(event, Event)  # noqa: S101 -- the registry's promise, told to mypy
        return looks_after(viewer, event)

    def may_publish(self, viewer: Viewer, event: Model) -> bool:
        """The office lets an event out; a city's organisers only their own city's."""
        assert isinstance(event, Event)  # noqa: S101 -- the registry's promise, told to mypy
        return runs(viewer) or (event.audience == Audience.CITY and looks_after(viewer, event))

    may_cancel = may_edit

    def may_count(self, viewer: Viewer, event: Model) -> bool:
        """See who comes, check them in."""
        return self.may_edit(viewer, event)

    def may_attend(self, viewer: Viewer, event: Model) -> bool:
        """Has the right, and is of its audience: whoever only prepares it is not invited by that."""
        assert isinstance(event, Event)  # noqa: S101 -- the registry's promise, told to mypy
        if viewer.person_id is None or event.state != State.PUBLISHED:
            return False
        if not viewer.can("gatherings.attend"):
            return False
        # every row: asks only whether this one is open to her
        return Event.objects.filter(readable(viewer.tokens), pk=event.pk).exists()

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        if act == "attend":
            decision = rights.decide(viewer, "gatherings.attend")
            return decision.reason, decision.remedy
        if act == "publish":
            return (
                _("The foundation's office announces events to the alliance."),
                _("Tell the office that it is ready."),
            )
        return (
            _("Only those who look after this event may do this."),
            _("Write to the office, or to the city that hosts it."),
        )


class SeriesPolicy(Policy):
    """A series is a name and a sentence; those who may read programmes see it, the public through events."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("gatherings.read") or runs(viewer):
            return EVERYTHING
        # every row: narrowed by the door itself in the same expression
        shown = Event.objects.visible_to(viewer).filter(series__isnull=False)
        return Q(pk__in=shown.order_by().values("series"))

    def may_edit(self, viewer: Viewer, series: Model) -> bool:
        return runs(viewer)


def _events_looked_after(viewer: Viewer) -> Q:
    if runs(viewer):
        return EVERYTHING
    # every row: narrowed to hers in the same expression
    return Q(event__in=Event.objects.filter(looked_after(viewer)))


class InsidePolicy(Policy):
    """Days, tracks, rooms, organisers, links to enter: those who look after the event."""

    def seen_by(self, viewer: Viewer) -> Q:
        return _events_looked_after(viewer)


class OrganiserPolicy(InsidePolicy):
    def seen_by(self, viewer: Viewer) -> Q:
        if runs(viewer):
            return EVERYTHING
        return _events_looked_after(viewer) | Q(person_id=viewer.person_id, person__isnull=False)


class SessionPolicy(Policy):
    """What stands in the last version is seen where its event is. Its words are the version's."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        if runs(viewer):
            return EVERYTHING
        shown = Q(is_public=True, event__in=Event.objects.visible_to(viewer))
        return shown | _events_looked_after(viewer)

    def may_edit(self, viewer: Viewer, session: Model) -> bool:
        assert isinstance(session, Session)  # noqa: S101 -- the registry's promise, told to mypy
        return looks_after(viewer, session.event)


class SpeakerPolicy(Policy):
    """Those who look after the event, and the person herself. Readers get names by `queries.speakers`."""

    acts = frozenset({"consent"})

    def seen_by(self, viewer: Viewer) -> Q:
        if runs(viewer):
            return EVERYTHING
        # every row: narrowed to hers in the same expression
        hers = Q(session__event__in=Event.objects.filter(looked_after(viewer)))
        return hers | Q(person_id=viewer.person_id, person__isnull=False)

    def may_consent(self, viewer: Viewer, speaker: Model) -> bool:
        return viewer.person_id is not None and speaker.person_id == viewer.person_id  # type: ignore[attr-defined]  # a Speaker


class RegistrationPolicy(Policy):
    """One's own; and those who look after the event."""

    acts = frozenset({"cancel", "accept"})

    def seen_by(self, viewer: Viewer) -> Q:
        if runs(viewer):
            return EVERYTHING
        return _events_looked_after(viewer) | Q(person_id=viewer.person_id)

    def may_cancel(self, viewer: Viewer, registration: Model) -> bool:
        return viewer.person_id is not None and registration.person_id == viewer.person_id  # type: ignore[attr-defined]  # a Registration

    may_accept = may_cancel

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        return _("Only the person herself may do this."), ""


class PlacePolicy(Policy):
    """The choice of a session is seen with the registration it belongs to."""

    def seen_by(self, viewer: Viewer) -> Q:
        if runs(viewer):
            return EVERYTHING
        # every row: narrowed to hers in the same expression
        events = Event.objects.filter(looked_after(viewer))
        return Q(registration__event__in=events) | Q(registration__person_id=viewer.person_id)
