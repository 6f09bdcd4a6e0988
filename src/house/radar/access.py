"""Who sees which story, and who looks after sources. Dropped and merged ones are the curators' own."""

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from house.access.audience import Audience
from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.radar.models import Standing, State


def curates(viewer: Viewer) -> bool:
    return viewer.can("radar.curate")


def reads(viewer: Viewer) -> bool:
    return viewer.can("radar.read") and "alliance" in viewer.tokens


class StoryPolicy(Policy):
    """Visitors see what was picked for everyone; members also what nobody has looked at yet."""

    acts = frozenset({"curate"})

    def seen_by(self, viewer: Viewer) -> Q:
        if curates(viewer):
            return EVERYTHING
        if reads(viewer):
            return Q(state__in=[State.NEW, State.PICKED])
        return Q(state=State.PICKED, audience=Audience.PUBLIC)

    def may_curate(self, viewer: Viewer, story: Model) -> bool:
        return curates(viewer)

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        return (
            _("The foundation's curators pick for the radar."),
            _("Suggest it as a topic, or tell the office of a source that is missing."),
        )


class SourcePolicy(Policy):
    """Members know where the radar looks; how a source fares is shown to curators only."""

    acts = frozenset({"keep"})

    def seen_by(self, viewer: Viewer) -> Q:
        if curates(viewer):
            return EVERYTHING
        return Q(standing=Standing.ACTIVE) if reads(viewer) else NOTHING

    def may_keep(self, viewer: Viewer, source: Model) -> bool:
        return curates(viewer)


class CuratorsPolicy(Policy):
    """What curators did, and how hosts are asked: theirs alone."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if curates(viewer) else NOTHING
