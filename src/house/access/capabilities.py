"""What can be allowed, by name. Who holds it is data: `partners` keeps the table standing × capability."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """As what somebody is here: by her city's level, by her seat, or by her work for the foundation."""

    ASSOCIATE = "associate", _("Associate")
    PARTNER = "partner", _("Partner")
    PREMIUM = "premium", _("Premium")
    CONTACT = "contact", _("Contact of a city")
    COORDINATOR = "coordinator", _("Coordinator of a city")
    EXPERT = "expert", _("Expert")
    CURATOR = "curator", _("Curator")
    OFFICE = "office", _("Office")


@dataclass(frozen=True, slots=True)
class Capability:
    """`told` completes "You may …". Who lacks a hidden one is not told that there is such a page."""

    name: str
    told: str | Promise
    is_hidden: bool = False


CAPABILITIES: dict[str, Capability] = {
    capability.name: capability
    for capability in (
        Capability("alex.read", _("read ALEX and watch its recordings")),
        Capability("alex.write", _("add to ALEX and say what your city made of it")),
        Capability("alex.review", _("review and publish what was offered to ALEX")),
        Capability("alex.everywhere", _("write in ALEX for any city")),
        Capability(
            "alex.oversee",
            _("answer in ALEX for a city, and with a reason publish what you wrote yourself"),
        ),
        Capability("magazine.read", _("read the magazine")),
        Capability("agora.read", _("read the Agora")),
        Capability("agora.write", _("ask and answer in the Agora")),
        Capability("agora.moderate", _("look after what is reported in the Agora"), is_hidden=True),
        Capability("gatherings.read", _("read programmes of seminars and summits")),
        Capability("gatherings.attend", _("attend seminars, workshops and the summit")),
        Capability("gatherings.host", _("host seminars and summits")),
        Capability("gatherings.run", _("plan and run gatherings for the alliance"), is_hidden=True),
        Capability(
            "topics.suggest", _("suggest topics for seminars, summits, the magazine and ALEX")
        ),
        Capability("showcase.publish", _("show your projects to the world")),
        Capability("meetings.book", _("book one-on-one sessions with the foundation")),
        Capability("visits.request", _("ask for a full-day visit by the foundation")),
        Capability("showcase.curate", _("look after showcases and voices"), is_hidden=True),
        Capability("magazine.edit", _("make the magazine"), is_hidden=True),
        Capability("radar.read", _("follow what happens outside the alliance")),
        Capability("radar.curate", _("choose sources and pick for the radar"), is_hidden=True),
        Capability("atlas.correct", _("correct what the atlas says of your city")),
        Capability("atlas.curate", _("look after the atlas"), is_hidden=True),
        Capability("meetings.offer", _("offer one-on-one sessions as an expert"), is_hidden=True),
        Capability("visits.plan", _("plan visits to cities"), is_hidden=True),
        Capability("people.directory", _("find colleagues of other cities and write to them")),
        Capability("partnership.read", _("see what your city's partnership holds")),
        Capability("partnership.manage", _("invite colleagues and look after your city's seats")),
        Capability("office.today", _("see what waits at the foundation's desk"), is_hidden=True),
        Capability("office.import", _("import documents"), is_hidden=True),
        Capability("office.partnerships", _("open, change and end partnerships"), is_hidden=True),
        Capability("office.people", _("look after persons and their sign-in"), is_hidden=True),
        Capability("office.rights", _("change the table of rights"), is_hidden=True),
        Capability("office.ledger", _("grant and correct benefits"), is_hidden=True),
        Capability("office.journal", _("read the journal"), is_hidden=True),
        Capability("office.work", _("look after background work, mail and health"), is_hidden=True),
        Capability(
            "office.reveal", _("reveal a sealed author, with a second person"), is_hidden=True
        ),
    )
}
