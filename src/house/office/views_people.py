from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.ground.errors import Refused
from house.office import roster
from house.office.actions import people as acting
from house.office.forms import ActForm, ColleagueForm, PeopleForm
from house.office.models import PeopleAct
from house.people.models import Person
from house.people.sudo import fresh_sign_in


@require_safe
@route("office.people")
def people(request: HttpRequest) -> HttpResponse:
    form = PeopleForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    state, work = request.GET.get("state", ""), request.GET.get("work", "")
    rows = roster.persons(request.viewer)
    counts = roster.counts(rows, wanted)
    found = roster.found(rows, wanted, state=state, work=work)
    context = {
        "form": form,
        "facets": _facets(request, counts, state, work),
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "states": roster.STATES,
        "acts": PeopleAct.Act.choices,
        "state": state,
        "work": work,
    }
    return render(request, "office/people.html", context)


def _facets(request: HttpRequest, counts: dict[str, int], state: str, work: str) -> list[Any]:
    typed = {name: request.GET[name] for name in ("q", "city") if request.GET.get(name)}
    here = reverse("office:people")

    def tab(label: Any, count: int, *, is_current: bool, **facet: str) -> Any:
        query = urlencode({**typed, **facet})
        return (f"{here}?{query}" if query else here, str(label), is_current, count)

    everybody = state not in roster.STATES and work not in roster.WORK
    tabs = [tab(_("Everybody"), counts["all"], is_current=everybody)]
    tabs += [
        tab(label, counts[name], is_current=name == state, state=name)
        for name, label in roster.STATES.items()
    ]
    tabs += [
        tab(label, counts[name], is_current=name == work, work=name)
        for name, label in roster.WORK.items()
    ]
    return [each for each in tabs if each[2] or each[3]]


@require_safe
@route("office.people")
def person(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(roster.persons(request.viewer).select_related("city"), code=code)
    context = {
        "person": found,
        "sheet": roster.sheet_of(found, request.viewer),
        "state": roster.STATES[found.state],
        "acts": [
            (act, PeopleAct.Act(act).label)
            for act in PeopleAct.Act.values
            if acting.plan(act, [found], by=request.viewer)[0].is_possible
        ],
        "is_self": found.pk == request.viewer.person_id,
    }
    return render(request, "office/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
@route("office.people")
def people_act(request: HttpRequest) -> HttpResponse:
    """See who would be changed and who can't be; then do it, with a reason."""
    asked = request.POST if request.method == "POST" else request.GET
    persons = roster.chosen(asked.getlist("person"), request.viewer)
    act = asked.get("act", "")
    if not persons or act not in PeopleAct.Act.values:
        messages.info(request, _("Choose at least one person, and what to do."))
        return redirect("office:people")
    form = ActForm(request.POST if request.method == "POST" else None, initial={"act": act})
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            done = acting.act_on_people(act, persons, by=request.viewer, reason=reason)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("office:people_done", done.code)
    lines = acting.plan(act, persons, by=request.viewer)
    context = {
        "form": form,
        "act": PeopleAct.Act(act),
        "possible": [line for line in lines if line.is_possible],
        "impossible": [line for line in lines if not line.is_possible],
        "is_undone_later": act in acting.CHANGES,
    }
    status = 422 if form.is_bound else 200
    return render(request, "office/people_act.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
@route("office.people")
def person_new(request: HttpRequest) -> HttpResponse:
    """A colleague of the foundation: nobody else comes into the house without a city's seat."""
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            added = acting.add_colleague(**form.cleaned_data, by=request.viewer)
        except Refused as refused:
            form.add_error("email", f"{refused.message} {refused.remedy}")
        else:
            messages.success(request, _("Added. A mail says how to sign in."))
            return redirect("office:person", added.code)
    status = 422 if form.is_bound else 200
    return render(request, "office/person_new.html", {"form": form}, status=status)


@require_safe
@route("office.people")
def people_acts(request: HttpRequest) -> HttpResponse:
    rows = PeopleAct.objects.visible_to(request.viewer).select_related("by", "undone_by")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "office/people_acts.html", {"page": page})


@require_safe
@route("office.people")
def people_done(request: HttpRequest, code: str) -> HttpResponse:
    """What was done, to whom, and the way back."""
    rows = PeopleAct.objects.visible_to(request.viewer).select_related("by", "undone_by")
    done = get_object_or_404(rows, code=code)
    may_undo = acting.may_be_undone(done)
    persons = Person.objects.visible_to(request.viewer).filter(pk__in=done.before)
    context = {
        "done": done,
        "persons": persons.order_by("name", "pk"),
        "may_undo": may_undo,
        "lines": acting.plan_undo(done, by=request.viewer) if may_undo else [],
    }
    return render(request, "office/people_done.html", context)


@require_POST
@fresh_sign_in
@route("office.people")
def people_undo(request: HttpRequest, code: str) -> HttpResponse:
    done = get_object_or_404(PeopleAct.objects.visible_to(request.viewer), code=code)
    acting.undo_people_act(done, by=request.viewer)
    messages.info(request, _("Undone: each has back what she had before."))
    return redirect("office:people_done", code)
