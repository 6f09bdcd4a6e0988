"""Who is in a group, who comes in and who goes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow
from house.access.routes import route
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import one_line
from house.groups import actions
from house.groups.forms import InviteForm, JoinForm
from house.groups.models import Admission, Group, Member
from house.groups.views.frame import (
    frame,
    group_or_404,
    inside_or_404,
    members_of,
    own_cities,
    tie,
)
from house.people.models import Person

MOST_FOUND = 12


@require_safe
@route("agora.read")
def people(request: HttpRequest, code: str) -> HttpResponse:
    group = inside_or_404(request, code)
    viewer: Viewer = request.viewer
    members = members_of(group, viewer)
    waiting = Admission.objects.visible_to(viewer).filter(group=group).waiting()
    former = Member.objects.visible_to(viewer).filter(group=group, left_at__isnull=False)
    context = {
        **frame(request, group, "people"),
        "members": members,
        "mine": next((each for each in members if each.person_id == viewer.person_id), None),
        "cities": len({each.city_id for each in members if each.city_id}),
        "readers": group.circle.cities.order_by("name"),
        "waiting": waiting.exclude(person=viewer.person_id).select_related("person", "city"),
        "former": former.for_list(),
    }
    return render(request, "groups/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write")
def group_join(request: HttpRequest, code: str) -> HttpResponse:
    group = group_or_404(request, code)
    viewer: Viewer = request.viewer
    allow(viewer, "join", group)
    posted = request.POST if request.method == "POST" else None
    form = JoinForm(posted, cities=own_cities(viewer))
    if form.is_bound and form.is_valid():
        try:
            admission = actions.ask_to_join(group, by=viewer, **form.cleaned_data)
        except Refused as refused:
            tie(form, refused)
        else:
            messages.success(
                request,
                _("You are in.") if admission.answer else _("Asked. Those who lead it answer you."),
            )
            return redirect(group)
    context = {**frame(request, group, "group"), "form": form}
    return render(request, "groups/group_join.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.read")
def group_leave(request: HttpRequest, code: str) -> HttpResponse:
    """Asks once; also who may no longer write may go. With `undo`, who has just left comes back."""
    if request.method == "POST" and "undo" in request.POST:
        return _come_back(request, code)
    group = inside_or_404(request, code)
    problem: Refused | None = None
    if request.method == "POST":
        try:
            actions.leave_group(group, by=request.viewer)
        except Refused as refused:
            problem = refused
        else:
            messages.success(request, _("You have left. What you wrote stays with the group."))
            return redirect(f"{reverse('groups:group_list')}?left={code}")
    context = {**frame(request, group, "people"), "problem": problem}
    return render(request, "groups/group_leave.html", context, status=422 if problem else 200)


def _come_back(request: HttpRequest, code: str) -> HttpResponse:
    """She may see of a hidden group no more than that she was in it, so her membership is the door."""
    mine = Member.objects.visible_to(request.viewer).filter(person=request.viewer.person_id)
    found = get_object_or_404(Group, pk__in=mine.filter(group__code=code).values("group"))
    actions.come_back(found, by=request.viewer)
    messages.success(request, _("You are in the group again."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.write")
def group_invite(request: HttpRequest, code: str) -> HttpResponse:
    """Finds colleagues by name or city; each is invited by a button of her own."""
    group = group_or_404(request, code)
    viewer: Viewer = request.viewer
    allow(viewer, "lead", group)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        person = _invited(request, group, form)
        if person is not None:
            messages.success(request, _("%(name)s is invited.") % {"name": person.name})
            return redirect("groups:people", code)
    asked = one_line(request.GET.get("q", ""))[:80]
    context = {
        **frame(request, group, "people"),
        "form": form,
        "q": asked,
        "found": _found(asked, group, viewer),
    }
    status = 422 if form.errors else 200
    return render(request, "groups/group_invite.html", context, status=status)


def _invited(request: HttpRequest, group: Group, form: InviteForm) -> Person | None:
    """Whom the pressed button names, or None with the refusal tied to the form."""
    persons = Person.objects.visible_to(request.viewer)
    person = persons.filter(code=request.POST.get("person", "")[:12]).first()
    if person is None:
        form.add_error(None, _("Choose a colleague from the list."))
        return None
    try:
        actions.invite_person(group, person, by=request.viewer, **form.cleaned_data)
    except Refused as refused:
        tie(form, refused)
        return None
    return person


def _found(asked: str, group: Group, viewer: Viewer) -> list[Person]:
    """Of the directory as she sees it, without those who are in the group already."""
    if not asked:
        return []
    persons = Person.objects.visible_to(viewer).exclude(pk=viewer.person_id).select_related("city")
    inside = Member.objects.visible_to(viewer).filter(group=group).now().values("person")
    by_name = persons.filter(name__icontains=asked)
    by_city = persons.filter(city__name__icontains=asked)
    return list((by_name | by_city).exclude(pk__in=inside).order_by("name", "pk")[:MOST_FOUND])


@require_POST
@route("agora.write")
def admission_act(request: HttpRequest, code: str, admission: str) -> HttpResponse:
    """Yes, no, or taken back."""
    group = group_or_404(request, code)
    viewer: Viewer = request.viewer
    found = get_object_or_404(
        Admission.objects.visible_to(viewer).filter(group=group), code=admission
    )
    act = request.POST.get("act")
    try:
        if act == "withdraw":
            actions.withdraw_admission(found, by=viewer)
        elif act in {"yes", "no"}:
            actions.answer_admission(found, yes=act == "yes", by=viewer)
            messages.success(request, _("Answered."))
    except Refused as refused:
        if refused.status == 403:
            raise
        messages.error(request, f"{refused.message} {refused.remedy}".strip())
    still = Group.objects.visible_to(viewer).filter(pk=group.pk).exists()
    return redirect(group) if still else redirect("groups:group_list")


_MEMBER_ACTS = {
    "lead": actions.make_lead,
    "down": actions.step_down,
    "remove": actions.remove_member,
}


@require_POST
@route("agora.write")
def member_act(request: HttpRequest, code: str, member: str) -> HttpResponse:
    group = inside_or_404(request, code)
    members = Member.objects.visible_to(request.viewer).filter(group=group)
    found = get_object_or_404(members, code=member)
    act = _MEMBER_ACTS.get(request.POST.get("act", ""))
    try:
        if act is not None:
            act(found, by=request.viewer)
            messages.success(request, _("Done."))
    except Refused as refused:
        if refused.status == 403:
            raise
        messages.error(request, f"{refused.message} {refused.remedy}".strip())
    return redirect("groups:people", code)
