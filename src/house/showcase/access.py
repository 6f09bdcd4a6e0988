"""Who sees what of the public face. Drafts and earlier editions are their own city's."""

from django.db.models import F, Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.partners import rights
from house.people.models import Person
from house.people.roll import belongs
from house.showcase.models import Showcase, State

# What left its city's own hands: readers see or have seen it.
_OUT = (State.PUBLISHED, State.WITHDRAWN)


def curates(viewer: Viewer) -> bool:
    return viewer.can("showcase.curate")


def _ours(viewer: Viewer, column: str = "city_id") -> Q:
    """Of her own cities, while she is a member there."""
    if not viewer.is_member or not viewer.reads_inside:
        return NOTHING
    return Q(**{f"{column}__in": viewer.city_ids})


class ShowcasePolicy(Policy):
    """Everybody sees what is published; its city its drafts; curators also what was withdrawn."""

    acts = frozenset({"edit", "publish", "withdraw"})

    def seen_by(self, viewer: Viewer) -> Q:
        seen = Q(state=State.PUBLISHED) | _ours(viewer)
        return seen | Q(state__in=_OUT) if curates(viewer) else seen

    def may_edit(self, viewer: Viewer, showcase: Model) -> bool:
        assert isinstance(showcase, Showcase)  # noqa: S101 -- the registry's promise, told to mypy
        return viewer.can("showcase.publish") and showcase.city_id in viewer.city_ids

    may_publish = may_edit

    def may_withdraw(self, viewer: Viewer, showcase: Model) -> bool:
        return self.may_edit(viewer, showcase) or curates(viewer)

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        decision = rights.decide(viewer, "showcase.publish")
        if not decision.allowed:
            return decision.reason, decision.remedy
        return _("A showcase is its city's own."), _("Write to the city that shows it.")


class EditionPolicy(Policy):
    """Readers see what a published showcase says now; its city every edition of it."""

    def seen_by(self, viewer: Viewer) -> Q:
        # every row: narrowed by the door itself in the same expression
        shown = Showcase.objects.visible_to(viewer).filter(current__isnull=False)
        return Q(pk__in=shown.order_by().values("current")) | _ours(viewer, "showcase__city_id")


class PicturePolicy(Policy):
    """Seen where the edition that shows it is; those of a draft by its city."""

    def seen_by(self, viewer: Viewer) -> Q:
        shown = Q(is_current=True, showcase__in=Showcase.objects.visible_to(viewer))
        return shown | _ours(viewer, "showcase__city_id")


class FacePolicy(Policy):
    """Whoever agreed is seen by all while she belongs to the city of her face; else by herself alone."""

    def seen_by(self, viewer: Viewer) -> Q:
        # every row: of persons who agreed, those who still belong
        here = Person.objects.filter(belongs(), city_id__isnull=False)
        seen = Q(person__in=here) & Q(city_id=F("person__city_id"))
        return seen | Q(person_id=viewer.person_id) if viewer.person_id else seen


class ContactPolicy(Policy):
    """Readers once she agreed, while she belongs to that city; herself and her city before that."""

    acts = frozenset({"answer"})

    def seen_by(self, viewer: Viewer) -> Q:
        # every row: of persons who agreed, those who still belong
        here = Person.objects.filter(belongs())
        agreed = Q(agreed_at__lte=timezone.now(), person__in=here)
        agreed &= Q(person__city_id=F("showcase__city_id"))
        seen = agreed & Q(showcase__in=Showcase.objects.visible_to(viewer))
        seen |= _ours(viewer, "showcase__city_id")
        return seen | Q(person_id=viewer.person_id) if viewer.person_id else seen

    def may_answer(self, viewer: Viewer, contact: Model) -> bool:
        return viewer.person_id is not None and contact.person_id == viewer.person_id  # type: ignore[attr-defined]  # a Contact


class QuotationPolicy(Policy):
    """Everybody while consent stands; those who keep them always."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        if curates(viewer):
            return EVERYTHING
        return Q(is_shown=True, agreed_on__lte=timezone.now().date(), withdrawn_at__isnull=True)

    def may_edit(self, viewer: Viewer, quotation: Model) -> bool:
        """Whoever took her words back is not written in again: that would be another voice."""
        return curates(viewer) and quotation.withdrawn_at is None  # type: ignore[attr-defined]  # a Quotation
