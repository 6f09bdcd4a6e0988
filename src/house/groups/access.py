"""Who knows of a group, who reads what it works on, who works in it.

Three rings: the alliance knows of a group that does not hide; its circle (members, and people of the cities
that read along) reads inside; members work. A member counts for her city: without a seat there she is none,
from the next question on.
"""

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from house.access.audience import Audience
from house.access.policy import NOTHING, Policy
from house.access.viewer import Viewer
from house.groups.models import Admission, Group, Meeting, Member
from house.partners.models import Circle

# every row in this file: keys alone, to say what a door lets through


def _reads(viewer: Viewer) -> bool:
    return viewer.can("agora.read") and viewer.reads_inside


def memberships(viewer: Viewer) -> QuerySet[Member]:
    """Hers that count now."""
    if viewer.person_id is None:
        return Member.objects.none()
    counts = Q(city__in=viewer.city_ids)
    if viewer.is_staff:
        counts |= Q(city__isnull=True)
    return Member.objects.filter(counts, person_id=viewer.person_id, left_at__isnull=True)


def in_circle(viewer: Viewer) -> Q:
    """Over `Group`: those in whose circle she is, as a member or by her city."""
    if not _reads(viewer) or viewer.person_id is None:
        return NOTHING
    along = Circle.cities.through.objects.filter(city__in=viewer.city_ids)
    return Q(pk__in=memberships(viewer).values("group")) | Q(circle__in=along.values("circle"))


def read_by_circle(viewer: Viewer) -> QuerySet[Group]:
    return Group.objects.filter(in_circle(viewer)).order_by()


def read_inside(viewer: Viewer) -> QuerySet[Group]:
    """Those whose page and files she reads."""
    seen = in_circle(viewer)
    if _reads(viewer) and "alliance" in viewer.tokens:
        seen |= Q(audience=Audience.ALLIANCE)
    return Group.objects.filter(seen).order_by()


def works_in(viewer: Viewer, group: Group) -> bool:
    return memberships(viewer).filter(group=group).exists()


def leads(viewer: Viewer, group: Group) -> bool:
    return memberships(viewer).filter(group=group, is_lead=True).exists()


class GroupPolicy(Policy):
    """Name, problem, aim and cities: the alliance, or for a hidden group its circle and whom it invited.

    The office and the curators know of every group, so that none is left alone; they don't read inside.
    """

    acts = frozenset({"work", "lead", "join", "close"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("agora.moderate"):
            return Q(pk__isnull=False)
        if not _reads(viewer):
            return NOTHING
        seen = in_circle(viewer)
        if "alliance" in viewer.tokens:
            seen |= Q(is_hidden=False)
        if viewer.person_id is not None:
            waiting = Admission.objects.filter(person_id=viewer.person_id, answer="")
            seen |= Q(pk__in=waiting.order_by().values("group"))
        return seen

    def may_work(self, viewer: Viewer, group: Model) -> bool:
        assert isinstance(group, Group)  # noqa: S101 -- the registry's promise, told to mypy
        return group.is_open and viewer.can("agora.write") and works_in(viewer, group)

    def may_lead(self, viewer: Viewer, group: Model) -> bool:
        assert isinstance(group, Group)  # noqa: S101 -- the registry's promise, told to mypy
        return group.is_open and viewer.can("agora.write") and leads(viewer, group)

    def may_join(self, viewer: Viewer, group: Model) -> bool:
        assert isinstance(group, Group)  # noqa: S101 -- the registry's promise, told to mypy
        belongs = bool(viewer.city_ids) or viewer.is_staff
        return (
            group.is_open and belongs and viewer.can("agora.write") and not works_in(viewer, group)
        )

    def may_close(self, viewer: Viewer, group: Model) -> bool:
        """Its leads; who looks after the rooms where nobody leads any more."""
        assert isinstance(group, Group)  # noqa: S101 -- the registry's promise, told to mypy
        if self.may_lead(viewer, group):
            return True
        # every row: whether there is any
        led = Member.objects.filter(group=group, is_lead=True, left_at__isnull=True).exists()
        return group.is_open and viewer.can("agora.moderate") and not led

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        assert isinstance(thing, Group)  # noqa: S101 -- the registry's promise, told to mypy
        if not thing.is_open:
            return _("This group has ended."), _("What came of it stands on its page.")
        if act == "join" and viewer.can("agora.write"):
            return _("You are in this group already."), ""
        if not viewer.can("agora.write"):
            return (
                _("Your city's partnership lets you read along, but not join."),
                _("Your coordinator can ask the foundation to change it."),
            )
        if act in {"lead", "close"}:
            return _("The people who lead the group do this."), _("Ask one of them.")
        return _("Members of the group do this."), _("Ask to join: those who lead it answer you.")


class InsidePolicy(Policy):
    """Page and files: those for whom the group's audience opens them."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(group__in=read_inside(viewer))


class CirclePolicy(Policy):
    """Who works in it, its tasks, meetings and former versions: the circle alone, for they name people."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(group__in=read_by_circle(viewer))


class MemberPolicy(CirclePolicy):
    """The circle, and one's own membership for ever."""

    def seen_by(self, viewer: Viewer) -> Q:
        seen = super().seen_by(viewer)
        return seen | Q(person_id=viewer.person_id) if viewer.person_id is not None else seen


class AnswerPolicy(Policy):
    """Who comes to a meeting is for those who see the meeting."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(meeting__in=Meeting.objects.visible_to(viewer))


class AdmissionPolicy(Policy):
    """Whom it concerns, and the people who lead the group."""

    acts = frozenset({"answer", "withdraw"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.person_id is None or not _reads(viewer):
            return NOTHING
        led = memberships(viewer).filter(is_lead=True)
        return Q(person_id=viewer.person_id) | Q(group__in=led.values("group"))

    def may_answer(self, viewer: Viewer, admission: Model) -> bool:
        """Whom they invited answers an invitation; who leads answers a request."""
        assert isinstance(admission, Admission)  # noqa: S101 -- the registry's promise, told to mypy
        if admission.sort == Admission.Sort.INVITED:
            return admission.person_id == viewer.person_id
        return leads(viewer, admission.group)

    def may_withdraw(self, viewer: Viewer, admission: Model) -> bool:
        assert isinstance(admission, Admission)  # noqa: S101 -- the registry's promise, told to mypy
        if admission.sort == Admission.Sort.ASKED:
            return admission.person_id == viewer.person_id
        return leads(viewer, admission.group)

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        return _("Somebody else answers this."), ""


class DraftPolicy(Policy):
    """What somebody is writing is hers until she saves it."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(person_id=viewer.person_id) if viewer.person_id is not None else NOTHING
