import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.audience import Audience
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.groups.models import Group, Member, Page, State
from house.groups.steps import changed, city_for, enter, line, lock, thread_of, words
from house.notices import happenings
from house.partners import rights
from house.partners.models import Circle, Partnership
from house.people.models import Person
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import City, Topic

LONGEST_TERM = datetime.timedelta(days=3 * 366)
FEWEST_CITIES = 2


@dataclass(frozen=True, slots=True)
class About:
    """What a group says of itself."""

    name: str
    problem: str
    aim: str
    starts_on: datetime.date
    ends_on: datetime.date
    language: str = "en"
    audience: str = Audience.CIRCLE
    is_hidden: bool = False
    topics: tuple[Topic, ...] = ()


@transaction.atomic
def create_group(about: About, *, by: Viewer, city: str = "") -> Group:
    """A group that forms, led by who made it, with an empty page. The alliance is told unless it hides."""
    rights.require(by, "agora.write")
    told = _told(about)
    person = Person.objects.get(pk=by.person_id)
    circle = Circle.objects.create(name=told["name"])
    group = Group.objects.create(circle=circle, made_by=person, **told)
    group.topics.set(about.topics)
    Page.objects.create(group=group)
    enter(group, person, city_for(by, city), is_lead=True)
    journal.record("groups.create", group, by=by, facts={"hidden": group.is_hidden})
    if not group.is_hidden:
        happenings.tell(
            "groups.formed", group, key=f"groups.formed:{group.code}", by=by,
            topics=[topic.pk for topic in about.topics],
        )  # fmt: skip
    return group


@transaction.atomic
def edit_group(group: Group, about: About, *, by: Viewer) -> Group:
    """What the group says of itself from now on. Who loses sight of it loses it at once."""
    rights.require(by, "agora.write")
    allow(by, "lead", lock(group))
    told = _told(about)
    was = {name: getattr(group, name) for name in ("ends_on", "audience", "is_hidden")}
    for field, value in told.items():
        setattr(group, field, value)
    group.save(update_fields=list(told))
    group.topics.set(about.topics)
    Circle.objects.filter(pk=group.circle_id).update(name=told["name"])
    changed(group)
    facts = {name: str(value) for name, value in was.items() if value != getattr(group, name)}
    journal.record("groups.edit", group, by=by, facts=facts)
    return group


def _told(about: About) -> dict[str, Any]:
    if about.ends_on < about.starts_on:
        raise Refused(_("The term ends before it begins."))
    if about.ends_on - about.starts_on > LONGEST_TERM:
        raise Refused(
            _("A term lasts three years at most."),
            remedy=_("Choose a nearer end: it can be moved later."),
        )
    if about.is_hidden and about.audience != Audience.CIRCLE:
        raise Refused(
            _("A hidden group can't be read by the whole alliance."),
            remedy=_("Show that it exists, or let its circle alone read it."),
        )
    return {
        "name": line(about.name, _("Name"), 120),
        "problem": words(about.problem, _("Problem"), 4000, needed=True),
        "aim": words(about.aim, _("Aim"), 4000, needed=True),
        "starts_on": about.starts_on,
        "ends_on": about.ends_on,
        "language": about.language if about.language in LANGUAGES else "en",
        "audience": Audience.ALLIANCE if about.audience == "alliance" else Audience.CIRCLE,
        "is_hidden": about.is_hidden,
    }


@transaction.atomic
def start_group(group: Group, *, by: Viewer) -> Group:
    """From forming to running, once people of several cities are in it."""
    rights.require(by, "agora.write")
    allow(by, "lead", lock(group))
    if group.state == State.RUNNING:
        return group
    cities = Member.objects.filter(group=group, city__isnull=False).now().values("city").distinct()
    if cities.count() < FEWEST_CITIES:
        raise Refused(
            _("A working group begins with people of at least two cities."),
            remedy=_("Invite colleagues of another city first."),
        )
    group.state, group.started_at = State.RUNNING, timezone.now()
    group.save(update_fields=["state", "started_at"])
    changed(group)
    journal.record("groups.start", group, by=by)
    happenings.tell(
        "groups.started", group, key=f"groups.started:{group.code}", by=by, thread=thread_of(group)
    )
    return group


@transaction.atomic
def set_readers(group: Group, cities: Iterable[City], *, by: Viewer) -> list[str]:
    """The cities whose people read along without joining, also associate ones. Gives those that read now."""
    rights.require(by, "agora.write")
    allow(by, "lead", lock(group))
    running = Partnership.objects.running().values_list("city", flat=True)
    chosen = {city.pk for city in cities} & set(running)
    group.circle.cities.set(City.objects.filter(pk__in=chosen))
    changed(group)
    journal.record("groups.readers", group, by=by, facts={"cities": sorted(chosen)})
    return sorted(chosen)
