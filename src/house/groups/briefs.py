"""What working groups tell of a seat and of a city: tasks, meetings, terms, and when somebody wrote."""

import datetime
from collections.abc import Collection, Iterator

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.groups.models import OPEN_STATES, Group, Meeting, Member, PageVersion, Task
from house.partners import activity, briefs, planned
from house.partners.briefs import Line, Section
from house.partners.models import Partnership, Seat
from house.partners.planned import Planned


def tell(seat: Seat, viewer: Viewer) -> list[Section]:
    """Her groups go with her; a successor is told of those that she herself may know of."""
    if seat.person_id is None:
        return []
    city = seat.partnership.city_id
    # every row: keys alone, of groups that come through their door below
    hers = Member.objects.filter(person=seat.person_id, city=city).now().order_by().values("group")
    groups = list(Group.objects.visible_to(viewer).open().filter(pk__in=hers).order_by("ends_on"))
    tasks = Task.objects.visible_to(viewer).open().filter(group__in=groups, owner=seat.person_id)
    meetings = Meeting.objects.visible_to(viewer).filter(group__in=groups).coming()
    return [
        Section(
            "follows",
            _("working groups"),
            [Line(group.name, group.get_absolute_url(), group.ends_on) for group in groups],
        ),
        Section(
            "owes",
            _("tasks in working groups"),
            [
                Line(
                    task.title,
                    reverse("groups:task", args=[task.group.code, task.code]),
                    task.due_on,
                    task.group.name,
                )
                for task in tasks.select_related("group").order_by("due_on", "pk")
            ],
        ),
        Section(
            "coming",
            _("meetings of working groups"),
            [
                Line(meeting.title, meeting.get_absolute_url(), meeting.starts_at.date())
                for meeting in meetings.select_related("group")
            ],
        ),
    ]


def coming(partnership: Partnership, day: datetime.date) -> Iterator[Planned]:
    """Groups that its people work in, which takes the right to write. A hidden one is not named."""
    # every row: the end of a term, and a name that the alliance may know
    inside = Member.objects.filter(city=partnership.city_id).now().order_by().values("group")
    rows = Group.objects.filter(pk__in=inside, state__in=OPEN_STATES, ends_on__gte=day)
    for group in rows.order_by("ends_on", "pk"):
        text = _("a working group") if group.is_hidden else group.name
        href = "" if group.is_hidden else group.get_absolute_url()
        yield Planned(_("Works in %(group)s") % {"group": text}, group.ends_on, "agora.write", href)


def wrote(cities: Collection[str]) -> dict[str, datetime.datetime]:
    # every row: a moment for a whole city names nobody
    rows = PageVersion.objects.filter(city__in=cities).order_by().values("city")
    return dict(rows.annotate(last=Max("made_at")).values_list("city", "last"))


def register() -> None:
    briefs.register(tell)
    planned.register(coming)
    activity.register("group", gettext_lazy("Wrote in a working group"), wrote)
