"""Who may see and do what in sessions and visits. Each rule reads as one sentence of the room's README."""

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.meetings.models import Joiner, ProgrammeRow, Promise, Session, Visit


class AvailabilityPolicy(Policy):
    """Who may book sees who may be booked; an expert her own, open or not, and the office all."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("visits.plan"):
            return EVERYTHING
        seen = Q(pk__in=[])
        if viewer.can("meetings.book"):
            works = Q(person__is_expert=True) | Q(person__is_office=True)
            seen |= works & Q(is_open=True, person__is_active=True)
        if viewer.can("meetings.offer"):
            seen |= Q(person_id=viewer.person_id)
        return seen

    def may_edit(self, viewer: Viewer, availability: Model) -> bool:
        return viewer.can("meetings.offer") and availability.person_id == viewer.person_id  # type: ignore[attr-defined]


class HoursPolicy(Policy):
    """An expert's hours and what keeps her busy are her own; others are told the free slots alone."""

    def seen_by(self, viewer: Viewer) -> Q:
        if not viewer.can("meetings.offer"):
            return NOTHING
        return Q(availability__person_id=viewer.person_id)


class SessionPolicy(Policy):
    """Its two sides, who joins, who speaks for the city, and the office.

    The people of a city lose sight of it with their seat, an expert with her work for the foundation.
    """

    acts = frozenset(
        {
            "move", "cancel", "hand_over", "prepare", "propose", "mark", "note", "pass_on", "give_back",
        }
    )  # fmt: skip

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("visits.plan"):
            return EVERYTHING
        seen = Q(pk__in=[])
        if viewer.person_id is None:
            return seen
        if viewer.can("meetings.book"):
            joins = Joiner.objects.filter(person=viewer.person_id)  # every row: one's own
            mine = Q(booked_by_id=viewer.person_id) | Q(pk__in=joins.values("session"))
            seen |= Q(city_id__in=viewer.city_ids) & mine
            seen |= Q(city_id__in=viewer.coordinates)
        if viewer.can("meetings.offer"):
            seen |= Q(expert_id=viewer.person_id)
        return seen

    def may_move(self, viewer: Viewer, session: Model) -> bool:
        """The city's side chooses another time; the expert proposes one."""
        assert isinstance(session, Session)  # noqa: S101 -- the registry's promise, told to mypy
        return speaks_for_city(viewer, session)

    may_prepare = may_hand_over = may_move

    def may_cancel(self, viewer: Viewer, session: Model) -> bool:
        assert isinstance(session, Session)  # noqa: S101 -- as above
        return speaks_for_city(viewer, session) or self.may_propose(viewer, session)

    def may_propose(self, viewer: Viewer, session: Model) -> bool:
        assert isinstance(session, Session)  # noqa: S101 -- as above
        return is_expert_of(viewer, session) or viewer.can("visits.plan")

    may_pass_on = may_mark = may_propose

    def may_give_back(self, viewer: Viewer, session: Model) -> bool:
        return viewer.can("office.ledger")

    def may_note(self, viewer: Viewer, session: Model) -> bool:
        """Notes and promises are written by those who were there."""
        assert isinstance(session, Session)  # noqa: S101 -- as above
        return is_side_of(viewer, session)

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        if act in {"move", "hand_over", "prepare"}:
            return (
                _("Only who booked the session, and who speaks for the city, change it."),
                _("Ask the colleague who booked it."),
            )
        return _("This is for those who meet in the session."), ""


def speaks_for_city(viewer: Viewer, session: Session) -> bool:
    if not viewer.can("meetings.book") or session.city_id not in viewer.city_ids:
        return False
    return viewer.person_id == session.booked_by_id or session.city_id in viewer.coordinates


def is_expert_of(viewer: Viewer, session: Session) -> bool:
    return viewer.can("meetings.offer") and viewer.person_id == session.expert_id


def is_side_of(viewer: Viewer, session: Session) -> bool:
    """Does she sit in the session: as the expert, as who booked it, or as who joins?"""
    if is_expert_of(viewer, session):
        return True
    if not viewer.can("meetings.book") or session.city_id not in viewer.city_ids:
        return False
    joins = Joiner.objects.filter(session=session, person=viewer.person_id)  # every row: one's own
    return viewer.person_id == session.booked_by_id or joins.exists()


class OwnNotePolicy(Policy):
    """A private note is its writer's alone."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(person_id=viewer.person_id) if viewer.person_id is not None else NOTHING


class VisitPolicy(Policy):
    """The people of the city that asked, who plans visits, and experts who have a part in the day."""

    acts = frozenset({"plan", "talk", "answer", "take_back", "promise"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("visits.plan"):
            return EVERYTHING
        seen = Q(pk__in=[])
        if viewer.can("meetings.book"):
            seen |= Q(city_id__in=viewer.city_ids)
        if viewer.can("meetings.offer"):
            hers = ProgrammeRow.objects.filter(members=viewer.person_id)  # every row: one's own
            seen |= Q(lead_id=viewer.person_id) | Q(pk__in=hers.values("visit"))
        return seen

    def may_plan(self, viewer: Viewer, visit: Model) -> bool:
        return viewer.can("visits.plan")

    def may_answer(self, viewer: Viewer, visit: Model) -> bool:
        assert isinstance(visit, Visit)  # noqa: S101 -- the registry's promise, told to mypy
        asks = viewer.can("visits.request") and visit.city_id in viewer.city_ids
        return asks and (
            viewer.person_id == visit.asked_by_id or visit.city_id in viewer.coordinates
        )

    may_take_back = may_answer

    def may_talk(self, viewer: Viewer, visit: Model) -> bool:
        return self.may_plan(viewer, visit) or self.may_answer(viewer, visit)

    may_promise = may_talk

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        if act == "plan":
            return _("The foundation plans visits."), _("Write to it on the page of the visit.")
        return (
            _("Only who asked for the visit, and who speaks for the city, answer here."),
            _("Ask the colleague who asked for it."),
        )


class PlanPolicy(Policy):
    """A programme in the making is for who plans it: the city sees what is shared with it."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.can("visits.plan") else NOTHING


class PromisePolicy(Policy):
    """Seen where its session or visit is seen; ended by its owner, or by who looks after the whole."""

    acts = frozenset({"end"})

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(session__in=Session.objects.visible_to(viewer)) | Q(
            visit__in=Visit.objects.visible_to(viewer)
        )

    def may_end(self, viewer: Viewer, promise: Model) -> bool:
        assert isinstance(promise, Promise)  # noqa: S101 -- the registry's promise, told to mypy
        return promise.owner_id == viewer.person_id or viewer.can("visits.plan")


class RulePolicy(Policy):
    """Everybody may know what becomes of a unit; the office changes it."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING

    def may_edit(self, viewer: Viewer, rule: Model) -> bool:
        return viewer.can("office.ledger")
