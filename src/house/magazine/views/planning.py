from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from house.access.routes import route
from house.ground.errors import Refused
from house.ground.text import number_in
from house.magazine.actions.planning import change_plan, make_issue
from house.magazine.models import Plan
from house.magazine.planning import LABELS, month_of, moved, proposal_for, rows_moved
from house.memory.tellers import SORTS


class IssueForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title of the issue"), max_length=120)


@require_safe
@route("magazine.edit")
def plan(request: HttpRequest) -> HttpResponse:
    """What the house proposes for the month, and what the editor made of it."""
    return _page(request, IssueForm(), request.GET.get("month", ""))


@require_POST
@route("magazine.edit")
def plan_act(request: HttpRequest) -> HttpResponse:
    month = month_of(request.POST.get("month", ""))
    kind, _colon, key = request.POST.get("name", "").rpartition(":")
    number = number_in(key)
    name = (kind, number) if kind and number is not None else None
    change_plan(month, request.POST.get("act", ""), name, by=request.viewer)
    return redirect(f"{reverse('magazine:plan')}?month={month:%Y-%m}#picked")


@require_POST
@route("magazine.edit")
def plan_issue(request: HttpRequest) -> HttpResponse:
    """Make an issue of what was picked. What was typed stays where it can't be made."""
    form = IssueForm(request.POST)
    if form.is_valid():
        try:
            made = make_issue(
                month_of(request.POST.get("month", "")),
                form.cleaned_data["title"],
                by=request.viewer,
            )
        except Refused as refused:
            form.add_error("title", f"{refused} {refused.remedy}".strip())
        else:
            messages.success(request, _("The issue is made: drafts that quote their sources."))
            return redirect(made)
    return _page(request, form, request.POST.get("month", ""), status=422)


def _page(request: HttpRequest, form: IssueForm, asked: str, *, status: int = 200) -> HttpResponse:
    month = month_of(asked)
    kept = (
        Plan.objects.visible_to(request.viewer).filter(month=month).select_related("issue").first()
    )
    context = {
        **_turning(month),
        **_acts(),
        "form": form,
        "proposal": proposal_for(month, request.viewer),
        "moved": moved(month, request.viewer),
        "made": kept.issue if kept else None,
        "may_undo": bool(kept and kept.before),
    }
    return render(request, "magazine/plan.html", context, status=status)


@require_safe
@route("magazine.read")
def moved_rows(request: HttpRequest, sort: str) -> HttpResponse:
    """The rows behind a count: exactly those, as this reader may see them."""
    if sort not in SORTS:
        raise Http404
    month = month_of(request.GET.get("month", ""))
    context = {
        **_turning(month),
        "sort": sort,
        "label": LABELS[sort],
        "rows": rows_moved(month, sort, request.viewer),
        "sorts": moved(month, request.viewer),
    }
    return render(request, "magazine/moved.html", context)


def _turning(month: date) -> dict[str, object]:
    """The month, and the ones before and after it as addresses name them."""
    before = (month - timedelta(days=1)).replace(day=1)
    after = (month + timedelta(days=31)).replace(day=1)
    return {
        "month": f"{month:%Y-%m}",
        "month_name": date_format(month, "F Y"),
        "before": f"{before:%Y-%m}",
        "after": f"{after:%Y-%m}",
    }


def _acts() -> dict[str, list[tuple[str, str]]]:
    return {
        "picked_acts": [
            ("up", _("Up")),
            ("down", _("Down")),
            ("back", _("Take out")),
        ],
        "proposed_acts": [("pick", _("Take it")), ("drop", _("Leave out"))],
        "dropped_acts": [("back", _("Propose again")), ("pick", _("Take it"))],
    }
