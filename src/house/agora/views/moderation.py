"""Reports, the moderators' queue, decisions and appeals."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from house.access.doors import may
from house.access.routes import SIGNED_IN, route
from house.agora import actions
from house.agora.forms import AppealForm, DecisionForm, ReportForm
from house.agora.models import Case, Report
from house.agora.queries import waiting_cases
from house.agora.views.rescue import led_to_sign_in
from house.agora.views.thread import part_or_404, post_or_404
from house.ground.errors import Forbidden, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.read", stranger=led_to_sign_in)
def report_new(request: HttpRequest, code: str) -> HttpResponse:
    """Tell the moderators of the post, or with `?answer=`, `?comment=`, `?helped=` of a part of it."""
    found = post_or_404(request, code)
    part = part_or_404(request, found)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.report(part, by=request.viewer, **form.cleaned_data)
        messages.success(
            request, _("Thank you. A moderator looks at it; nobody is told that it was you.")
        )
        return redirect(found)
    status = 422 if form.is_bound and form.errors else 200
    context = {"post": found, "part": part, "form": form}
    return render(request, "agora/report_new.html", context, status=status)


@require_safe
@route("agora.moderate")
def moderation(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the longest waiting first, and what was decided last."""
    decided = Case.objects.visible_to(request.viewer).exclude(decided_at=None)
    context = {
        "waiting": waiting_cases(request.viewer),
        "decided": decided.select_related("post", "decided_by", "settled_by").order_by(
            "-decided_at"
        )[:20],
    }
    return render(request, "agora/moderation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def case(request: HttpRequest, code: str) -> HttpResponse:
    """One case: moderators decide, its author reads the reason and may appeal."""
    cases = Case.objects.visible_to(request.viewer).select_related(
        "post", "answer", "comment", "helped", "decided_by", "settled_by"
    )
    found = get_object_or_404(cases, code=code)
    act = _act_of(found, request)
    form_class = AppealForm if act == "appeal" else DecisionForm
    form = form_class(request.POST or None) if act else None
    if request.method == "POST":
        if form is None:
            raise Forbidden(_("There is nothing for you to decide here."))
        if form.is_valid():
            try:
                return _decided(request, found, act, form.cleaned_data)
            except Forbidden:
                raise
            except Refused as refused:
                form.add_error(None, f"{refused.message} {refused.remedy}".strip())
    reports = Report.objects.visible_to(request.viewer).filter(case=found)
    context = {
        "case": found, "thing": found.thing, "form": form, "act": act,
        # Who reported is nobody's business: neither names nor cities are shown.
        "reports": reports if request.viewer.can("agora.moderate") else [],
        "is_author": found.thing.author_id == request.viewer.person_id,
    }  # fmt: skip
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, "agora/case.html", context, status=status)


def _act_of(found: Case, request: HttpRequest) -> str:
    """What this viewer may do about it now; empty for nothing."""
    wanted = {
        Case.State.WAITING: "decide",
        Case.State.HIDDEN: "appeal",
        Case.State.APPEALED: "settle",
    }.get(Case.State(found.state), "")
    return wanted if wanted and may(request.viewer, wanted, found) else ""


def _decided(request: HttpRequest, found: Case, act: str, given: dict[str, str]) -> HttpResponse:
    by = request.viewer
    if act == "appeal":
        actions.appeal(found, by=by, text=given["text"])
        messages.success(request, _("Another moderator looks at it and writes to you here."))
        return redirect("agora:case", found.code)
    hides = request.POST.get("do") == "hide"
    if act == "decide":
        actions.decide(found, by=by, hide=hides, reason=given["reason"])
    else:
        actions.settle(found, by=by, restore=not hides, reason=given["reason"])
    messages.success(request, _("Decided. The author is told why."))
    return redirect("agora:moderation")
