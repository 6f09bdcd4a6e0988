"""What happened to corrections, in words for one receiver. Begins at her door."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.atlas.mobility.models import Correction, State
from house.ground.text import shorten
from house.notices.happenings import Kind, Told, register

OFFERED, ACCEPTED, REFUSED = (
    "mobility.correction_offered",
    "mobility.correction_accepted",
    "mobility.correction_refused",
)


def _seen(pks: Sequence[int], viewer: Viewer, state: str) -> list[Correction]:
    found = Correction.objects.visible_to(viewer).filter(pk__in=pks, state=state)
    return list(found.for_lists())


def _offered(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    return {
        each.pk: Told(
            _("%(city)s corrects the shared-mobility index: %(what)s")
            % {"city": each.place.name, "what": each.get_field_display()},
            each.get_absolute_url(),
            shorten(each.reason, 200),
        )
        for each in _seen(pks, viewer, State.WAITING)
    }


def _accepted(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    return {
        each.pk: Told(
            _("Accepted: %(what)s of %(city)s in the shared-mobility index")
            % {"city": each.place.name, "what": each.get_field_display()},
            each.get_absolute_url(),
            shorten(each.answer, 200)
            or _("Both values are shown; the next computation counts with yours."),
        )
        for each in _seen(pks, viewer, State.ACCEPTED)
    }


def _refused(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    return {
        each.pk: Told(
            _("Not accepted: %(what)s of %(city)s in the shared-mobility index")
            % {"city": each.place.name, "what": each.get_field_display()},
            each.get_absolute_url(),
            shorten(each.answer, 200),
        )
        for each in _seen(pks, viewer, State.REFUSED)
    }


def register_kinds() -> None:
    for name, label, takes, told in (
        (
            OFFERED,
            gettext_lazy("A city corrects the shared-mobility index"),
            "atlas.curate",
            _offered,
        ),
        (
            ACCEPTED,
            gettext_lazy("Your correction of the index is accepted"),
            "atlas.correct",
            _accepted,
        ),
        (
            REFUSED,
            gettext_lazy("Your correction of the index is not accepted"),
            "atlas.correct",
            _refused,
        ),
    ):
        register(Kind(name, label, Correction, takes, "topics", told))
