"""Layers come in: choose a file, look at what would come of it, change how it is read, import, take back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from house.access.routes import route
from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.forms import LayerForm, MappingForm
from house.atlas.initiatives.importing import reasons, running, telling
from house.atlas.initiatives.importing.placing import Options
from house.atlas.initiatives.importing.planning import Plan
from house.atlas.initiatives.importing.tables import FILE_BYTES, MEGABYTE
from house.atlas.initiatives.models import Layer, Run, RunState
from house.ground.errors import Refused

SAMPLE = 10
SHOWN = 60  # skipped rows on the page


@csrf_exempt  # the token is checked inside, after the size: checking reads the whole upload
@require_http_methods(["GET", "HEAD", "POST"])
@route("atlas.curate")
def import_page(request: HttpRequest) -> HttpResponse:
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if request.method == "POST" and length > FILE_BYTES + MEGABYTE:
        form = LayerForm(viewer=request.viewer)
        return _page(request, form, status=413, too_big=FILE_BYTES // MEGABYTE)
    return _received(request)


@csrf_protect
def _received(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, LayerForm(viewer=request.viewer))
    form = LayerForm(request.POST, request.FILES, viewer=request.viewer)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = running.begin(
                str(file.name), file.read(), form.layer_of(), Options(),
                person=request.user, by=request.viewer,
            )  # fmt: skip
            return redirect(run)
        except Refused as problem:
            form.add_error("file", f"{problem.message} {problem.remedy}".strip())
    return _page(request, form, status=422)


def _page(
    request: HttpRequest, form: LayerForm, *, status: int = 200, too_big: int = 0
) -> HttpResponse:
    runs = Run.objects.visible_to(request.viewer).select_related("layer", "started_by")
    context = {
        "form": form,
        "runs": runs[:20],
        "layers": Layer.objects.visible_to(request.viewer)[:100],
        "too_big": too_big,
    }
    return render(request, "initiatives/import.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@route("atlas.curate")
def import_run(request: HttpRequest, code: str) -> HttpResponse:
    run = get_object_or_404(
        Run.objects.visible_to(request.viewer).select_related("layer", "started_by"), code=code
    )
    if request.method == "POST":
        return _act(request, run)
    return _run_page(request, run)


def _act(request: HttpRequest, run: Run) -> HttpResponse:
    if "undo" in request.POST:
        running.undo(run, by=request.viewer)
        return redirect(run)
    plan = running.plan_of(run)
    form = MappingForm(request.POST, plan=plan)
    if not form.is_valid():
        return _run_page(request, run, form=form, plan=plan)
    try:
        running.look(run, form.options(), by=request.viewer)
        if "write" in request.POST:
            running.write(run, by=request.viewer)
    except Refused as problem:
        form.add_error(None, f"{problem.message} {problem.remedy}".strip())
        return _run_page(request, run, form=form, plan=plan)
    return redirect(run)


def _run_page(
    request: HttpRequest, run: Run, *, form: MappingForm | None = None, plan: Plan | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"run": run}
    status = 422 if form is not None and form.is_bound else 200
    if run.state != RunState.LOOKED_AT:
        context["skipped"] = [
            (each["row"], each["name"], reasons.of_row(each["reason"], each.get("facts")))
            for each in run.skipped[:SHOWN]
        ]
    elif plan is None and not running.has_file(run):
        context["lost"] = _("Its file is no longer here. Choose the file again.")
    else:
        plan = plan or running.plan_of(run)
        context |= _told(plan) | {"plan": plan, "form": form or MappingForm(plan=plan)}
    return render(request, "initiatives/import_run.html", context, status=status)


def _told(plan: Plan) -> dict[str, Any]:
    return {
        "counts": plan.counts(),
        "sample": [
            (one, ", ".join(taxonomy.label_of(kind) for kind in one.kinds))
            for one in plan.found[:SAMPLE]
        ],
        "changed": [(each.row, list(telling.differences(each))) for each in plan.changed[:SHOWN]],
        "gone": plan.gone[:SHOWN],
        "kinds": [(taxonomy.label_of(kind), count) for kind, count in plan.kinds],
        "reasons": [(reasons.of_row(code, _ANY), count) for code, count in plan.reasons],
        "skipped": [
            (skip.number, skip.name, reasons.of_row(skip.code, skip.facts))
            for skip in plan.skipped[:SHOWN]
        ],
    }


_ANY = {"other": "…", "metres": "…"}
