from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.partners.models import CityDomain, Invitation, JoinRequest, Seat


class PartnershipPolicy(Policy):
    """Who is a partner, and at which level, is public."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING


def manages(viewer: Viewer, city_id: str | None) -> bool:
    """May she look after this city's seats? Its coordinator, and the office for any city."""
    if viewer.can("office.partnerships"):
        return True
    return viewer.can("partnership.manage") and city_id in viewer.coordinates


def managed(viewer: Viewer, city: str) -> Q:
    """What belongs to cities that she looks after; `city` is the lookup that leads to the city."""
    if viewer.can("office.partnerships"):
        return EVERYTHING
    if not viewer.can("partnership.manage"):
        return NOTHING
    return Q(**{f"{city}__in": viewer.coordinates})


class SeatPolicy(Policy):
    """Who sits where is known in the city itself and at the foundation; others use the directory."""

    acts = frozenset({"manage", "brief"})

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.is_staff else Q(partnership__city__in=viewer.city_ids)

    def may_manage(self, viewer: Viewer, seat: Model) -> bool:
        assert isinstance(seat, Seat)  # noqa: S101 -- the registry's promise, told to mypy
        return manages(viewer, seat.partnership.city_id)

    def may_brief(self, viewer: Viewer, seat: Model) -> bool:
        """What a seat owns and owes is for who holds it and who hands it over."""
        assert isinstance(seat, Seat)  # noqa: S101 -- the registry's promise, told to mypy
        holds = seat.person_id is not None and seat.person_id == viewer.person_id
        belongs = seat.partnership.city_id in viewer.city_ids
        return (holds and belongs) or self.may_manage(viewer, seat)

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        return (
            _("Only this city's coordinator and the foundation look after its seats."),
            _("Ask who coordinates for your city."),
        )


class InvitationPolicy(Policy):
    """The city's coordinator and the office. Whom it invites reads it by the token of her mail."""

    acts = frozenset({"manage", "approve"})

    def seen_by(self, viewer: Viewer) -> Q:
        return managed(viewer, "seat__partnership__city")

    def may_manage(self, viewer: Viewer, invitation: Model) -> bool:
        assert isinstance(invitation, Invitation)  # noqa: S101 -- the registry's promise, told to mypy
        return manages(viewer, invitation.seat.partnership.city_id)

    def may_approve(self, viewer: Viewer, invitation: Model) -> bool:
        return viewer.can("office.partnerships")

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        return _("The foundation approves addresses outside the city's own domains."), ""


class DomainPolicy(Policy):
    """The city's coordinator and the office: a list of domains helps whoever writes false mail."""

    acts = frozenset({"manage", "verify"})

    def seen_by(self, viewer: Viewer) -> Q:
        return managed(viewer, "city")

    def may_manage(self, viewer: Viewer, domain: Model) -> bool:
        assert isinstance(domain, CityDomain)  # noqa: S101 -- the registry's promise, told to mypy
        return manages(viewer, domain.city_id)

    def may_verify(self, viewer: Viewer, domain: Model) -> bool:
        return viewer.can("office.partnerships")

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        return _("The foundation verifies the domains of a city."), _("It is told of each new one.")


class JoinRequestPolicy(Policy):
    """Who asked, the city's coordinator and the office."""

    acts = frozenset({"answer"})

    def seen_by(self, viewer: Viewer) -> Q:
        asked = managed(viewer, "city")
        if asked == EVERYTHING or viewer.person_id is None:
            return asked
        return asked | Q(person_id=viewer.person_id)

    def may_answer(self, viewer: Viewer, request: Model) -> bool:
        assert isinstance(request, JoinRequest)  # noqa: S101 -- the registry's promise, told to mypy
        return manages(viewer, request.city_id)

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        return _("The city's own coordinator answers who asks for a seat."), ""


class CirclePolicy(Policy):
    """A circle is known to those in it, and to the office."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.is_office else Q(pk__in=viewer.circle_ids)


class TablePolicy(Policy):
    """What each level may do is what cities compare before they join: public, once it is in force."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("office.rights"):
            return EVERYTHING
        return Q(effective_from__lte=timezone.now(), withdrawn_at__isnull=True)

    def may_edit(self, viewer: Viewer, table: Model) -> bool:
        return viewer.can("office.rights")


class ChangePolicy(Policy):
    """What happened to a partnership and what is planned: its own city and the office."""

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("office.partnerships"):
            return EVERYTHING
        return Q(partnership__city__in=viewer.city_ids)


class ExceptionPolicy(Policy):
    """Those it concerns, and the office."""

    acts = frozenset({"revoke"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("office.rights"):
            return EVERYTHING
        seen = Q(city__in=viewer.city_ids)
        return seen | Q(person_id=viewer.person_id) if viewer.person_id else seen

    def may_revoke(self, viewer: Viewer, exception: Model) -> bool:
        return viewer.can("office.rights")


class ApplicationPolicy(Policy):
    """The office, once the address is proven. The applicant herself comes in by a typed code."""

    acts = frozenset({"handle"})

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(proven_at__isnull=False) if viewer.can("office.partnerships") else NOTHING

    def may_handle(self, viewer: Viewer, application: Model) -> bool:
        return viewer.can("office.partnerships")


class CityProfilePolicy(Policy):
    """Whom the city chose, once it has said something; its own people and the office always."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("office.partnerships"):
            return EVERYTHING
        told = Q(saved_at__isnull=False)
        seen = told & Q(audience__in=[each for each in viewer.tokens if ":" not in each])
        if viewer.can("partnership.read"):
            seen |= Q(city__in=viewer.city_ids)
        return seen

    def may_edit(self, viewer: Viewer, profile: Model) -> bool:
        return manages(viewer, profile.pk)


class GuidePolicy(Policy):
    """A person's first steps are her own."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(person_id=viewer.person_id) if viewer.person_id else NOTHING


class AccountPolicy(Policy):
    """What a city was given and what became of it: the city itself, and who keeps the ledger."""

    acts = frozenset({"keep"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("office.ledger"):
            return EVERYTHING
        return Q(city__in=viewer.city_ids) if viewer.can("partnership.read") else NOTHING

    def may_keep(self, viewer: Viewer, account: Model) -> bool:
        return viewer.can("office.ledger")


class ThresholdPolicy(Policy):
    """The office's own numbers."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.is_staff else NOTHING

    def may_edit(self, viewer: Viewer, threshold: Model) -> bool:
        return viewer.can("office.ledger")
