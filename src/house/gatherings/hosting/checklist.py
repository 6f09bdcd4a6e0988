"""What has to be done for a gathering, by its kind: the tasks that an accepted offer begins with."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.gatherings.models.event import Mode
from house.gatherings.models.hosting import HostedKind, Side


@dataclass(frozen=True, slots=True)
class Step:
    """`days` before the first day (negative: after it)."""

    days: int
    side: str
    title: str | Promise
    on_site: bool = False
    online: bool = False


_ALWAYS = (
    Step(56, Side.OFFICE, _("Agree on the aim, the title and who it is for")),
    Step(49, Side.CITY, _("Name the people who prepare it in the city")),
    Step(42, Side.OFFICE, _("Choose hours that are fair to everybody expected")),
    Step(35, Side.CITY, _("Invite speakers, and ask whether they may be recorded")),
    Step(28, Side.OFFICE, _("Announce it and open registration")),
    Step(14, Side.CITY, _("Close the programme")),
    Step(7, Side.CITY, _("Test sound, pictures and captions"), online=True),
    Step(42, Side.CITY, _("Reserve the place, and check its entrances, lifts and toilets"), on_site=True),
    Step(21, Side.CITY, _("Arrange food and drink, with what people may not eat"), on_site=True),
    Step(14, Side.CITY, _("Tell guests how to arrive, and who waits for them"), on_site=True),
    Step(7, Side.OFFICE, _("Provide the link to enter, and somebody who lets people in"), online=True),
    Step(-3, Side.CITY, _("Hand in slides and minutes")),
    Step(-7, Side.OFFICE, _("Ask speakers for their consent and share the recording")),
    Step(-21, Side.OFFICE, _("Read the feedback together")),
)  # fmt: skip
_WORKSHOP = (
    Step(28, Side.CITY, _("Describe the problem that is worked on, with figures")),
    Step(14, Side.OFFICE, _("Form the tables, so that cities alike sit together")),
    Step(-14, Side.CITY, _("Write down what each table found")),
)
_SUMMIT = (
    Step(
        300, Side.OFFICE, _("Sign the agreement with the city: money, liability, data protection")
    ),
    Step(270, Side.CITY, _("Reserve the place and rooms for hotels"), on_site=True),
    Step(240, Side.OFFICE, _("Settle the main subjects with the topic market")),
    Step(210, Side.CITY, _("Name a steering group with a deputy for each part")),
    Step(180, Side.OFFICE, _("Publish a call for sessions")),
    Step(120, Side.OFFICE, _("Choose the sessions and invite their speakers")),
    Step(90, Side.CITY, _("Write the plan for safety and first aid"), on_site=True),
    Step(90, Side.CITY, _("Order interpreters and captions for the languages agreed on")),
    Step(60, Side.OFFICE, _("Publish the programme")),
    Step(30, Side.CITY, _("Walk through the place with somebody in a wheelchair"), on_site=True),
    Step(1, Side.CITY, _("Receive the mayor, and brief who speaks first")),
    Step(-30, Side.OFFICE, _("Report to the alliance: what was decided, what it cost, who came")),
)
_BY_KIND: dict[str, tuple[Step, ...]] = {
    HostedKind.SEMINAR: _ALWAYS,
    HostedKind.WORKSHOP: _ALWAYS + _WORKSHOP,
    HostedKind.SUMMIT: _ALWAYS + _SUMMIT,
}


def steps_for(kind: str, mode: str) -> list[Step]:
    """In the order of their days; without what only concerns the other way of coming."""
    on_site, online = mode != Mode.ONLINE, mode != Mode.ON_SITE
    fitting = [
        step
        for step in _BY_KIND[kind]
        if not (step.on_site and not on_site) and not (step.online and not online)
    ]
    return sorted(fitting, key=lambda step: -step.days)


def due(step: Step, first_day: datetime.date, today: datetime.date) -> datetime.date:
    """What should have been done already is due in a week: a list that begins overdue helps nobody."""
    day = first_day - datetime.timedelta(days=step.days)
    return max(day, today + datetime.timedelta(days=7)) if step.days > 0 else day
