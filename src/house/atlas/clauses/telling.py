"""That a rule changed, told to who watches it, its city or its topic; and what became of a correction."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.atlas.clauses.kinds import TOPICS
from house.atlas.clauses.models import Clause, Correction
from house.atlas.clauses.words import said
from house.notices import happenings
from house.notices.happenings import Kind, Reason, Told

CHANGED, DECIDED = "atlas.clause_changed", "atlas.correction_decided"


def tell_changed(clause: Clause, *, by: Viewer, number: int) -> None:
    """Once a version that is out."""
    happenings.tell(
        CHANGED,
        clause,
        key=f"{CHANGED}:{clause.pk}:{number}",
        by=by,
        topics=TOPICS[clause.field],
        city=clause.city_id,
        thread=clause.thread,
    )


def tell_decided(correction: Correction, *, by: Viewer) -> None:
    if correction.made_by_id is not None:
        happenings.tell(
            DECIDED,
            correction,
            key=f"{DECIDED}:{correction.pk}",
            by=by,
            to={correction.made_by_id: Reason.OWN},
        )


def told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    found = Clause.objects.visible_to(viewer).published().for_page().filter(pk__in=pks)
    return {
        clause.pk: Told(
            title=_("%(city)s, %(field)s: %(rule)s")
            % {
                "city": clause.city.label(),
                "field": clause.get_field_display(),
                "rule": clause.kind.label,
            },
            url=clause.get_absolute_url(),
            line=said(clause.current),
        )
        for clause in found
        if clause.current is not None
    }


def told_of_corrections(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    found = Correction.objects.visible_to(viewer).for_page().filter(pk__in=pks)
    return {
        each.pk: Told(
            title=_("Your correction: %(rule)s") % {"rule": each.kind.label},
            url=reverse("clauses:corrections"),
            line=f"{each.get_state_display()}. {each.reason}".strip(),
        )
        for each in found
    }


def register() -> None:
    happenings.register(
        Kind(
            CHANGED,
            gettext_lazy("Rule added or changed"),
            Clause,
            takes="alex.read",
            section="alex",
            told=told,
        )
    )
    happenings.register(
        Kind(
            DECIDED,
            gettext_lazy("Your correction was decided"),
            Correction,
            takes="atlas.correct",
            section="alex",
            told=told_of_corrections,
        )
    )
