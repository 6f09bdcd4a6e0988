"""What every page of a group shows around its own part, and the ways to it."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from house.access.doors import may
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.groups.access import read_by_circle
from house.groups.models import Group, GroupFile, Meeting, Member, Task
from house.vocabulary.models import City


def group_or_404(request: HttpRequest, code: str) -> Group:
    """Through the door of who may know of it."""
    groups: QuerySet[Group] = Group.objects.visible_to(request.viewer)
    return get_object_or_404(groups.select_related("circle"), code=code)


def inside_or_404(request: HttpRequest, code: str) -> Group:
    """Through the door of its circle: what names people looks absent to everybody else."""
    group = group_or_404(request, code)
    if not reads_inside(group, request.viewer):
        raise Http404
    return group


def reads_inside(group: Group, viewer: Viewer) -> bool:
    return read_by_circle(viewer).filter(pk=group.pk).exists()


def members_of(group: Group, viewer: Viewer) -> list[Member]:
    return list(Member.objects.visible_to(viewer).filter(group=group).now().for_list())


def frame(request: HttpRequest, group: Group, here: str) -> dict[str, Any]:
    viewer: Viewer = request.viewer
    is_inside = reads_inside(group, viewer)
    return {
        "group": group,
        "is_inside": is_inside,
        "may_work": may(viewer, "work", group),
        "may_lead": may(viewer, "lead", group),
        "tabs": _tabs(group, viewer, here) if is_inside else [],
    }


def _tabs(group: Group, viewer: Viewer, here: str) -> list[tuple[str, str, bool, int | None]]:
    """(address, label, is current, count) as the component takes them."""
    tasks = Task.objects.visible_to(viewer).filter(group=group).open().count()
    meetings = Meeting.objects.visible_to(viewer).filter(group=group).coming().count()
    files = GroupFile.objects.visible_to(viewer).filter(group=group).count()
    people = Member.objects.visible_to(viewer).filter(group=group).now().count()
    return [
        (reverse(f"groups:{name}", args=[group.code]), label, name == here, count)
        for name, label, count in (
            ("group", _("The group and its page"), None),
            ("task_list", _("Tasks"), tasks),
            ("meeting_list", _("Meetings"), meetings),
            ("file_list", _("Files"), files),
            ("people", _("People"), people),
        )
    ]


def own_cities(viewer: Viewer) -> list[tuple[str, str]]:
    cities = City.objects.visible_to(viewer).filter(pk__in=viewer.city_ids)
    return [(city.pk, city.label()) for city in cities]


def tie(form: Form, refused: Refused, field: str | None = None) -> None:
    """The refusal stands in the form, beside what was typed. What is forbidden is said by its own page."""
    if isinstance(refused, Forbidden):
        raise refused
    form.add_error(field, f"{refused.message} {refused.remedy}".strip())
