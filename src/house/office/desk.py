"""The parts of the foundation's desk, in the order of its navigation.

A new part is one line in `PARTS`: its label, the URL name of its first page, and the capability that the
page declares. Pages under it are named after it (`office:ledger`, `office:ledger_city`), so that the part
stays marked on them; a part whose pages are named otherwise says so in `also`. A part whose page does not
exist leads nowhere and is left out.

Every page of the desk begins its main block with

    {% include "office/_desk.html" %}

without `only`, before the page's head: it asks no query and replaces the crumbs to the desk.
What waits at a part is told by `waiting.py`, not here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Part:
    label: str | Promise
    url_name: str
    capability: str
    also: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Empty until the part has a page."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""

    def holds(self, view_name: str) -> bool:
        return view_name == self.url_name or view_name.startswith((f"{self.url_name}_", *self.also))


PARTS = (
    Part(_("Today"), "office:today", "office.today"),
    Part(_("Reviews"), "alex:reviews", "alex.review"),
    Part(_("Agora"), "agora:moderation", "agora.moderate", ("agora:case", "agora:waiting")),
    Part(_("Applications"), "office:applications", "office.partnerships", ("office:application",)),
    Part(_("Partnerships"), "office:partnerships", "office.partnerships", ("office:partnership",)),
    Part(_("Ledger"), "office:ledger", "office.ledger"),
    Part(
        _("Sessions and visits"),
        "meetings:desk",
        "visits.plan",
        ("meetings:rules", "meetings:visit_list"),
    ),
    Part(_("Topics"), "gatherings:topic_market_desk", "gatherings.run"),
    Part(_("Hosting"), "gatherings:hosting_list", "gatherings.run", ("gatherings:hosting",)),
    Part(_("Magazine"), "magazine:plan", "magazine.edit"),
    Part(_("Radar"), "radar:desk", "radar.curate", ("radar:source",)),
    Part(
        _("Map"),
        "initiatives:desk",
        "atlas.curate",
        ("initiatives:suggestion", "initiatives:import"),
    ),
    Part(_("Rules"), "clauses:curate", "atlas.curate", ("clauses:find", "clauses:new")),
    Part(
        _("Mobility index"),
        "mobility:correction_list",
        "atlas.curate",
        ("mobility:correction", "mobility:readings"),
    ),
    Part(_("Voices"), "showcase:voice_list", "showcase.curate", ("showcase:voice",)),
    Part(_("People"), "office:people", "office.people", ("office:person",)),
    Part(_("Rights"), "office:rights", "office.rights", ("office:right",)),
    Part(_("Sealed authors"), "office:reveals", "office.reveal", ("office:reveal",)),
    Part(_("Journal"), "office:journal", "office.journal"),
    Part(_("Import"), "office:import", "office.import"),
    Part(_("Background work"), "office:work", "office.work"),
    Part(_("Mail"), "office:mail", "office.work"),
    Part(_("Health"), "office:health", "office.work"),
)


def parts_for(viewer: Viewer, view_name: str = "") -> Iterator[tuple[str, str, bool]]:
    """(address, label, is current) of every part that this viewer may enter."""
    for part in PARTS:
        if viewer.can(part.capability) and (address := part.url):
            yield address, str(part.label), part.holds(view_name)
