"""The front of the room, and how a group begins."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from house.access.routes import route
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.htmx import render_part
from house.groups import actions, queries
from house.groups.forms import GroupForm
from house.groups.models import CLOSED_STATES, OPEN_STATES, Admission, Group, cities_of
from house.groups.models.group import GroupQuerySet
from house.groups.views.frame import own_cities, tie
from house.partners import rights
from house.vocabulary.models import Topic

STATES = {
    "open": (gettext_lazy("At work"), OPEN_STATES),
    "over": (gettext_lazy("What came of others"), CLOSED_STATES),
}


@require_safe
@route("agora.read")
def group_list(request: HttpRequest) -> HttpResponse:
    """Her own first, then all that the alliance may know of."""
    viewer: Viewer = request.viewer
    state = request.GET.get("state", "") if request.GET.get("state") in STATES else ""
    topic = Topic.objects.visible_to(viewer).filter(pk=request.GET.get("topic", "")).first()
    page = Paginator(_asked(viewer, state, topic).for_cards(), 20).get_page(request.GET.get("page"))
    groups = list(page.object_list)
    left = request.GET.get("left", "")[:12]  # which group she has just left
    cities = cities_of(groups)
    context = {
        "page": page,
        "rows": [(group, cities[group.pk]) for group in groups],
        "state": state,
        "topic": topic,
        "states": [(key, label, key == state) for key, (label, _states) in STATES.items()],
        "mine": queries.mine(viewer),
        "left": left if left.isalnum() else "",
        "invited": _invited(viewer),
        "may_write": rights.decide(viewer, "agora.write").allowed,
    }
    return render_part(request, "groups/group_list.html", context, part="results")


def _asked(viewer: Viewer, state: str, topic: Topic | None) -> GroupQuerySet:
    found: GroupQuerySet = Group.objects.visible_to(viewer)
    if state:
        found = found.filter(state__in=STATES[state][1])
    return found.filter(topics=topic) if topic else found


def _invited(viewer: Viewer) -> list[Admission]:
    rows = Admission.objects.visible_to(viewer).waiting()
    hers = rows.filter(person=viewer.person_id, sort=Admission.Sort.INVITED)
    return list(hers.select_related("group", "made_by"))


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write")
def group_new(request: HttpRequest) -> HttpResponse:
    viewer: Viewer = request.viewer
    today = timezone.localdate()
    initial = {"starts_on": today, "ends_on": today.replace(year=today.year + 1, day=1)}
    form = GroupForm(request.POST or None, initial=initial, cities=own_cities(viewer))
    if request.method == "POST" and form.is_valid():
        try:
            group = actions.create_group(
                form.about(), by=viewer, city=form.cleaned_data.get("city", "")
            )
        except Refused as refused:
            tie(form, refused)
        else:
            messages.success(request, _("The group is there. Invite colleagues of other cities."))
            return redirect("groups:people", group.code)
    context: dict[str, Any] = {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "groups/group_new.html", context, status=status)
