"""What is told after a gathering, to those who had a place and those who follow its topics."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.gatherings.models.after import Minutes, Recording
from house.notices.happenings import Kind, Told, register


def register_kinds() -> None:
    register(
        Kind(
            "gatherings.recording",
            gettext_lazy("Recordings of events"),
            Recording,
            "gatherings.read",
            "gatherings",
            recordings,
        )
    )
    register(
        Kind(
            "gatherings.minutes",
            gettext_lazy("Minutes of events"),
            Minutes,
            "gatherings.read",
            "gatherings",
            minutes,
        )
    )


def recordings(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    found = Recording.objects.visible_to(viewer).shared().filter(pk__in=pks)
    return {
        each.pk: Told(
            each.title,
            each.get_absolute_url(),
            _("The recording of “%(event)s” can be watched and searched.")
            % {"event": each.event.title},
            language=each.language,
        )
        for each in found.select_related("event")
    }


def minutes(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    found = Minutes.objects.visible_to(viewer).filter(pk__in=pks, is_shared=True)
    return {
        each.pk: Told(
            _("Minutes: %(event)s") % {"event": each.event.title},
            f"{each.event.get_absolute_url()}minutes/",
            _("What was said and decided can be read."),
            language=each.language,
        )
        for each in found.select_related("event")
    }
